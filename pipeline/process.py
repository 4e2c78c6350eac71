"""Reading a whole case: the posts that were not read yet, in batches that are saved as they are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from casefile.case import Case
from casefile.errors import JejakError
from casefile.progress import Progress, no_progress
from casefile.records import Post, Problem, Reading
from pipeline.reader import Text, Unreadable, load_reader
from pipeline.version import reading_version

_POSTS_A_BATCH = 256


def process_case(case: Case, *, workers: int = 1, progress: Progress = no_progress) -> int:
    """Read what was not read by this version yet; returns how many posts were read. Run it again: it does what is left."""
    this_version = reading_version()
    regions = _regions(case)
    batch: list[Reading] = []
    done, total = 0, case.store.count_unread(this_version)
    posts = case.store.unread_posts(this_version)
    for result in load_reader().read_many(_texts(posts, regions), workers):
        if isinstance(result, Unreadable):
            case.store.add_problem(_problem(result))
            continue
        batch.append(result)
        if len(batch) >= _POSTS_A_BATCH:
            case.store.save_readings(batch, this_version)
            done += len(batch)
            batch.clear()
            progress(done, total)
    case.store.save_readings(batch, this_version)
    progress(done + len(batch), total)
    return done + len(batch)


def _texts(posts: Iterable[Post], regions: dict[str, str]) -> Iterator[Text]:
    """The posts as texts; the language that a page declares is left out, since it is the site's, not the writer's."""
    for post in posts:
        yield Text(
            post_id=post.id,
            text=post.text,
            region=post.region or regions.get(post.source) or regions.get(""),
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
