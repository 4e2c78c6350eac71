"""Finding thousands of phrases in one linear pass, each only where a whole word of its script ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from pipeline.plain import Plain, plain_phrase

Meaning = TypeVar("Meaning")


class Found(NamedTuple, Generic[Meaning]):
    """One phrase at its place in `Plain.text`, with all that it can mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


class PhraseFinder(Generic[Meaning]):
    """Looks for phrases of every script; the longest wins where several begin or overlap."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        known: dict[str, list[Meaning]] = {}
        for phrase, meaning in phrases:
            key = plain_phrase(phrase)
            if key and meaning not in known.setdefault(key, []):
                known[key].append(meaning)
        self._meanings = [tuple(meanings) for meanings in known.values()]
        self._automaton = AhoCorasick(list(known))

    def find(self, plain: Plain) -> list[Found[Meaning]]:
        """The phrases in a text from left to right, none overlapping."""
        shape = plain.edged_shape
        whole = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(plain.text, overlapping=True)
            # Nothing else on either side settles most; what else a script may end with is asked only then.
            if (shape[start] == " " or _opens(shape, start, plain))
            and (shape[end + 1] == " " or _closes(shape[end], shape[end + 1], shape[end + 2]))
        ]
        whole.sort()
        found: list[Found[Meaning]] = []
        covered = 0
        for start, minus_end, index in whole:
            if start >= covered:
                covered = -minus_end
                found.append(Found(start, covered, self._meanings[index]))
        return found


def _opens(shape: str, start: int, plain: Plain) -> bool:
    """Whether no letter before belongs to the same word, as far as the script tells; a space stands before `shape`."""
    before, first = shape[start], shape[start + 1]
    if before == first == "s":
        return _is_camel(plain, start)
    if first in "sh":
        return before != first
    return before not in "lv" and first not in "mvk"


def _closes(last: str, after: str, then: str) -> bool:
    """Whether no letter behind belongs to the same word."""
    if last == "s":
        return after != "s"
    if last == "h":
        return True
    return after not in "mvk" and not (after == "u" and then == "k")


def _is_camel(plain: Plain, start: int) -> bool:
    """Whether a capital follows a small letter, which begins a word: "workMalaysia"."""
    if plain.places is None:
        cased = plain.folded.text
        return cased[start].isupper() and cased[start - 1].islower()
    pair = plain.cased(start - 1, start + 1)
    return pair[:1].islower() and pair[-1:].isupper()
