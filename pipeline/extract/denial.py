"""Whether the words around a sign deny it: `paspor tidak ditahan`, `कोई फीस नहीं`, `不收中介费`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

_REACH = 14  # characters between a negation and what it denies
_STOPS = frozenset(".!?。！？\n;；,，၊။។")
_BEHIND = frozenset(("hi", "bn", "ne"))  # languages that put the negation behind the verb
_PREFIX = "မ"  # Burmese denies by a prefix of the verb; the same letter begins many other words


class Negation(NamedTuple):
    """A word that denies, at its place in `Plain.text`."""

    start: int
    end: int
    lang: str


def is_denied(text: str, words: Sequence[tuple[int, int]], negations: Sequence[Negation]) -> bool:
    """Whether a negation stands close before, between or (in Hindi) behind the words of a sign; all in order of place."""
    start, end = words[0][0], words[-1][1]
    i = bisect_left(negations, (start - _REACH - 12,))
    while i < len(negations) and negations[i].start <= end + _REACH:
        if _denies(text, negations[i], words, start, end):
            return True
        i += 1
    return False


def _denies(text: str, negation: Negation, words: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    if any(first <= negation.start < last for first, last in words):
        return False  # it is part of the sign itself: `tidak boleh keluar`
    if text[negation.start : negation.end] == _PREFIX:
        return any(first == negation.end for first, _ in words)
    if negation.start >= end:
        return negation.lang in _BEHIND and _is_close(text, end, negation.start)
    return negation.end > start or _is_close(text, negation.end, start)


def _is_close(text: str, start: int, end: int) -> bool:
    return end - start <= _REACH and _STOPS.isdisjoint(text[start:end])
