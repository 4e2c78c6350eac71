"""Setting a reading right: what a person says of a post is written down, and the post is read and connected again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casefile.case import Case
from casefile.corrections import Change, Correction, Words
from casefile.errors import CorrectionError, NotFound
from casefile.records import Label, Post, PostKind, Role
from desk.judging import connect_if_quick

_MOST_PLACES = 50


class Corrected(NamedTuple):
    """Corrections that were written down; `connected` when the networks follow already."""

    corrections: list[Correction]
    connected: bool


def correct_kind(case: Case, post: Post, kind: PostKind, because: str) -> Corrected:
    """Say what kind of post it is."""
    return _keep(case, post, [Change(kind=kind)], because)


def correct_words(
    case: Case, post: Post, spans: Sequence[tuple[int, int]], label: Label, meant: str, role: Role | None, because: str
) -> Corrected:
    """Say what the words at these places name; with nothing `meant`, that nothing of that label stands there."""
    value = _value(case, post, label, meant) if meant.strip() else ""
    if role and not value:
        raise CorrectionError("Which place has that role?", "Name it, for example: Poipet")
    words = [Words.of(post.text, *span) for span in spans]
    return _keep(case, post, [Change(words=one, label=label, value=value, role=role) for one in words], because)


def places_of(post: Post, words: str) -> list[tuple[int, int]]:
    """Where words stand in a post's text; raises CorrectionError where they do not."""
    found = list(_places(post.text, words)) if words else []
    if not found:
        raise CorrectionError(
            f"“{words[:80]}” does not stand in this post.", "Take the words as they are written there."
        )
    if len(found) > _MOST_PLACES:
        raise CorrectionError(f"“{words[:80]}” stands there more than {_MOST_PLACES} times.", "Take more words.")
    return found


def take_back(case: Case, sequence: int, because: str) -> Corrected:
    """Take a correction back: the machine's reading stands again, or an earlier correction."""
    taken = case.take_back(sequence, because)
    return _follow(case, taken.post_id, [taken])


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words))


def _value(case: Case, post: Post, label: Label, meant: str) -> str:
    from pipeline.meant import value_meant  # only here: what reads posts takes seconds to load

    return value_meant(label, meant, post.region or _region(case, post.source))


def _region(case: Case, source: str) -> str | None:
    """The country of numbers written without one, as `jejak process` takes it for a source."""
    try:
        settings = case.source(source)
    except NotFound:
        return case.settings.region
    return settings.region or settings.country


def _keep(case: Case, post: Post, changes: Sequence[Change], because: str) -> Corrected:
    return _follow(case, post.id, [case.correct(post.id, change, because) for change in changes])


def _follow(case: Case, post_id: str, corrections: list[Correction]) -> Corrected:
    from pipeline.process import read_again

    read_again(case, [post_id])
    return Corrected(corrections, connect_if_quick(case))
