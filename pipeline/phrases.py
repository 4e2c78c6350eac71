"""Finding thousands of phrases in one linear pass, each only where a whole word of its script ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, wraps
from typing import Any, Generic, NamedTuple, TypeVar

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
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        for phrase, meaning in phrases:
            key = plain_phrase(phrase)
            if key and meaning not in self._meanings.get(key, ()):
                self._meanings[key] = (*self._meanings.get(key, ()), meaning)
        self._search = _Search([self._meanings])
        self._number = 0  # among those that search together
        self._alone = True

    def find(self, plain: Plain) -> list[Found[Meaning]]:
        """The phrases in a text from left to right, none overlapping."""
        return self._search.found(plain)[self._number]


_makers: list[Callable[[], PhraseFinder[Any]]] = []


def together(make: Callable[[], PhraseFinder[Meaning]]) -> Callable[[], PhraseFinder[Meaning]]:
    """For a function that makes a finder: it is made once, and goes through a text as one with all others so made.

    A text is walked through once then, however many look for phrases in it.
    """
    made = cache(make)
    _makers.append(made)

    @wraps(make)
    def get() -> PhraseFinder[Meaning]:
        finder = made()
        if finder._alone:
            _unite([make_it() for make_it in _makers])
        return finder

    return get


def _unite(finders: Sequence[PhraseFinder[Any]]) -> None:
    search = _Search([finder._meanings for finder in finders])
    for number, finder in enumerate(finders):
        finder._search, finder._number, finder._alone = search, number, False


class _Search:
    """One automaton for the phrases of some finders; what it found in the last text is held until the next."""

    def __init__(self, meanings: Sequence[Mapping[str, tuple[Any, ...]]]) -> None:
        self._given = meanings
        self._last: tuple[Plain | None, list[list[Found[Any]]]] = (None, [])

    def found(self, plain: Plain) -> list[list[Found[Any]]]:
        """What each finder finds, from left to right, none overlapping."""
        if self._last[0] is not plain:
            self._last = plain, self._find(plain)
        return self._last[1]

    @cached_property
    def _built(self) -> tuple[AhoCorasick, list[list[tuple[int, tuple[Any, ...]]]]]:
        """The automaton, and for each phrase the finders that know it, with its meanings."""
        known: dict[str, list[tuple[int, tuple[Any, ...]]]] = {}
        for number, meanings in enumerate(self._given):
            for phrase, told in meanings.items():
                known.setdefault(phrase, []).append((number, told))
        return AhoCorasick(list(known)), list(known.values())

    def _find(self, plain: Plain) -> list[list[Found[Any]]]:
        automaton, known = self._built
        shape = plain.edged_shape
        whole = [
            (start, -end, index)
            for index, start, end in automaton.find_matches_as_indexes(plain.text, overlapping=True)
            # Nothing else on either side settles most; what else a script may end with is asked only then.
            if (shape[start] == " " or _opens(shape, start, plain))
            and (shape[end + 1] == " " or _closes(shape[end], shape[end + 1], shape[end + 2]))
        ]
        whole.sort()
        found: list[list[Found[Any]]] = [[] for _ in self._given]
        covered = [0] * len(found)
        for start, minus_end, index in whole:
            for number, meanings in known[index]:
                if start >= covered[number]:
                    covered[number] = -minus_end
                    found[number].append(Found(start, -minus_end, meanings))
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
