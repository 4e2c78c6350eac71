"""The words of a text with their capitals, and runs of words that look like one name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

_WORD = re.compile(r"[^\W_]+(?:[&'’./-](?=[^\W_])[^\W_]+)*")
_INSIDE_A_NAME = frozenset(("", "&", "-", ".", "'", "’", "·"))
_LINKS = frozenset(
    (
        "of",
        "and",
        "&",
        "dan",
        "de",
        "del",
        "dela",
        "la",
        "bin",
        "binti",
        "bt",
        "al",
        "a/l",
        "a/p",
        "van",
        "và",
        "the",
        "for",
        "bureau",
        "on",
    )
)
_LONGEST_NAME = 9  # words


class Word(NamedTuple):
    """One word at its place in folded text; `capital` is told by its first letter."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool


class Words(Sequence[Word]):
    """The words of a folded text in order; each is made when it is looked at, since most never are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _WORD.finditer(text)]
        self.lowers = [text[start:end].lower() for start, end in self._spans]
        self._made: dict[int, Word] = {}

    def __len__(self) -> int:
        return len(self._spans)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...
    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        found = self._made.get(at)
        if found is None:
            found = self._made[at] = self._make(at)
        return found

    @property
    def starts(self) -> list[int]:
        """Where the words begin."""
        return [start for start, _ in self._spans]

    def places_of(self, known: Collection[str]) -> list[int]:
        """Where words stand that are among `known`, in lower case."""
        return [i for i, lower in enumerate(self.lowers) if lower in known]

    def _make(self, at: int) -> Word:
        start, end = self._spans[at]
        word = self._text[start:end]
        capital = word[0].isupper() or (word[0].isdigit() and _is_short_number(word))
        return Word(start, end, word, self.lowers[at], capital)


@lru_cache(maxsize=2)
def words_of(text: str) -> Words:
    """The words of folded text, in order."""
    return Words(text)


def _is_short_number(word: str) -> bool:
    """Numbers of two digits and codes like 7Eleven may be parts of names; longer numbers are not."""
    return len(word) <= 2 or (not word.isdigit() and word.isalnum())


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words may be parts of one name: on one line, with nothing but a sign between."""
    gap = text[left.end : right.start]
    if len(gap) > 4 or "\n" in gap:
        return False
    sign = gap.strip()
    return sign in _INSIDE_A_NAME and (sign != "." or gap == "." or len(left.text) <= 3)


def run_forward(text: str, words: Sequence[Word], first: int, stop: frozenset[str], limit: int = _LONGEST_NAME) -> int:
    """The index after the last word of the name that begins at `first`; `first` itself where none begins."""
    last = first
    for i in range(first, min(first + limit, len(words))):
        word = words[i]
        if i > first and not joined(text, words[i - 1], word):
            break
        if word.lower in stop:
            break
        if word.capital:
            last = i + 1
        elif word.lower not in _LINKS or i == first:
            break
    return last


def run_backward(
    text: str, words: Sequence[Word], end: int, stop: frozenset[str], limit: int = _LONGEST_NAME, glued: bool = True
) -> int:
    """The index of the first word of the name that ends before `end`; `end` itself where none ends there.

    `glued` asks that nothing but a space stands before `end`; what stands there is else the caller's business.
    """
    first = end
    for i in range(end - 1, max(-1, end - 1 - limit), -1):
        word = words[i]
        if i + 1 < len(words) and (glued or i + 1 < end) and not joined(text, word, words[i + 1]):
            break
        if word.lower in stop:
            break
        if word.capital:
            first = i
        elif word.lower not in _LINKS:
            break
    return first


def starts_with(words: Sequence[Word], at: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words from `at` on are these, in lower case."""
    return len(words) >= at + len(phrase) and all(words[at + i].lower == part for i, part in enumerate(phrase))
