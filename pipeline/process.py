"""Reading a whole case: the posts that were not read yet, in batches that are saved as they are done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from casefile.case import Case
from casefile.corrections import Correction, by_post
from casefile.errors import JejakError
from casefile.progress import Progress, no_progress
from casefile.records import Post, Problem, Reading
from pipeline.reader import Text, Unreadable, load_reader
from pipeline.version import reading_version

_POSTS_A_BATCH = 256


def process_case(case: Case, *, workers: int = 1, progress: Progress = no_progress) -> int:
    """Read what was not read by this version yet, or was set right since; returns how many posts were read.

    Run it again: it does what is left.
    """
    corrections = by_post(case.corrections())
    case.store.expect_corrections({post: [one.sequence for one in told] for post, told in corrections.items()})
    this_version = reading_version()
    total = case.store.count_unread(this_version)
    return _read(case, case.store.unread_posts(this_version), corrections, workers, total, progress)


def read_again(case: Case, post_ids: Collection[str]) -> int:
    """Read these posts as they were set right now; returns how many were read."""
    posts = [case.store.post(post_id) for post_id in post_ids]
    return _read(case, posts, by_post(case.corrections()), 1, len(posts), no_progress)


def _read(
    case: Case,
    posts: Iterable[Post],
    corrections: Mapping[str, tuple[Correction, ...]],
    workers: int,
    total: int,
    progress: Progress,
) -> int:
    batch: list[Reading] = []
    done, version = 0, reading_version()
    for result in load_reader().read_many(_texts(posts, _regions(case), corrections), workers):
        if isinstance(result, Unreadable):
            case.store.add_problem(_problem(result))
            continue
        batch.append(result)
        if len(batch) >= _POSTS_A_BATCH:
            case.store.save_readings(batch, version)
            done += len(batch)
            batch.clear()
            progress(done, total)
    case.store.save_readings(batch, version)
    progress(done + len(batch), total)
    return done + len(batch)


def _texts(
    posts: Iterable[Post], regions: Mapping[str, str], corrections: Mapping[str, tuple[Correction, ...]]
) -> Iterator[Text]:
    """The posts as texts; the language that a page declares is left out, since it is the site's, not the writer's."""
    for post in posts:
        yield Text(
            post_id=post.id,
            text=post.text,
            region=post.region or regions.get(post.source) or regions.get(""),
            corrections=corrections.get(post.id, ()),
        )


def _regions(case: Case) -> dict[str, str]:
    """The country of numbers written without one, by source; under "" the case's own."""
    regions = {"": case.settings.region} if case.settings.region else {}
    try:
        sources = case.sources()
    except JejakError:  # wrong settings are told by the commands that need them; posts can be read all the same
        return {**regions}
    return {**regions, **{source.name: source.region or source.country for source in sources}}


def _problem(unreadable: Unreadable) -> Problem:
    return Problem(
        at=datetime.now(UTC),
        stage="read",
        item=unreadable.post_id,
        reason=unreadable.reason,
        remedy="The post stays in the case unread; report the reason to the makers of Jejak.",
        post_id=unreadable.post_id,
    )
