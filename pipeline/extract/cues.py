"""Cues: the words of a text that announce contacts and pay, found in one linear pass."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from pipeline.extract.hidden_words import hidden_words
from pipeline.extract.vocabulary import Meanings, lowered, phrases

_SURROGATES = re.compile("[\ud800-\udfff]")


class Cue(NamedTuple):
    """One phrase of the vocabulary at its place in folded text, with all that it can mean."""

    start: int
    end: int
    meanings: Meanings

    def words(self, text: str) -> str:
        """The phrase as it stands in the text, in lower case."""
        return text[self.start : self.end].lower()

    def value(self, kind: str) -> str | None:
        """What the cue says about `kind`; None where it says nothing."""
        return self.meanings.get(kind)


class Cues:
    """All cues of one text, in order; longer phrases hide the shorter ones inside them."""

    def __init__(self, text: str, found: list[Cue]) -> None:
        self.text = text
        self.all = found
        self.starts = [cue.start for cue in found]
        self._at = dict(zip(self.starts, found, strict=True))
        self._of: dict[str, list[Cue]] = {}
        for cue in found:
            for kind in cue.meanings:
                if kind in self._of:
                    self._of[kind].append(cue)
                else:
                    self._of[kind] = [cue]

    def of(self, kind: str) -> list[Cue]:
        """The cues that say something about `kind`, first to last."""
        return self._of.get(kind, [])

    def at(self, start: int) -> Cue | None:
        """The cue that begins exactly here, single letters included."""
        cue = self._at.get(start)
        if cue is None and start < len(self.text) and is_latin(self.text[start]):
            known = phrases().get(self.text[start])
            if known and not is_latin(self.text[start + 1 : start + 2] or " "):
                return Cue(start, start + 1, known)
        return cue

    def between(self, start: int, end: int) -> Iterator[Cue]:
        """The cues that lie wholly between two places, nearest to `end` first."""
        for i in range(bisect_right(self.starts, end) - 1, bisect_left(self.starts, start) - 1, -1):
            if self.all[i].end <= end:
                yield self.all[i]

    def after(self, start: int, end: int) -> Iterator[Cue]:
        """The cues that begin between two places, first to last."""
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            yield self.all[i]


@lru_cache(maxsize=4)
def find_cues(text: str) -> Cues:
    """The cues in folded text."""
    small = lowered(text)
    table = _table(small.isascii())
    hidden = list(hidden_words(small))
    places = [(start, -end, -at - 1) for at, (start, end, _) in enumerate(hidden)]
    places += _whole(small, table)
    places.sort()
    found: list[Cue] = []
    covered = 0
    for start, minus_end, i in places:
        if start >= covered:
            covered = -minus_end
            found.append(Cue(start, covered, table.meanings[i] if i >= 0 else hidden[-i - 1][2]))
    return Cues(small, found)


class _Table(NamedTuple):
    """An automaton of phrases, what each means, and on which sides a Latin letter must not follow: 1 before, 2 behind."""

    automaton: AhoCorasick
    meanings: list[Meanings]
    sides: bytes


def _whole(small: str, table: _Table) -> list[tuple[int, int, int]]:
    """Start, minus end and number of each phrase that is not a part of a longer Latin word."""
    haystack = small if small.isascii() else _SURROGATES.sub("\ufffd", small)
    padded = f"{small} "  # so that a letter is found before and behind every phrase
    places = []
    for i, start, end in table.automaton.find_matches_as_indexes(haystack, overlapping=True):
        sides = table.sides[i]
        if sides & 1 and padded[start - 1] in _LATIN:
            continue
        if not (sides & 2 and padded[end] in _LATIN):
            places.append((start, -end, i))
    return places


@cache
def _table(ascii_only: bool) -> _Table:
    """The phrases; Latin words need an end, scripts without spaces do not. A text in ASCII needs no others."""
    known = {
        phrase: meanings
        for phrase, meanings in phrases().items()
        if not _is_one_letter(phrase) and (phrase.isascii() or not ascii_only)
    }
    sides = bytes(is_latin(phrase[0]) + 2 * is_latin(phrase[-1]) for phrase in known)
    return _Table(AhoCorasick(list(known)), list(known.values()), sides)


def _is_one_letter(phrase: str) -> bool:
    """Single Latin letters mean something only behind a number (see `Cues.at`)."""
    return len(phrase) == 1 and is_latin(phrase)


def is_latin(char: str) -> bool:
    """Whether this is a Latin letter, with or without accents."""
    return char.isalpha() and (char < "\u0250" or "\u1e00" <= char < "\u1f00")


_LATIN = frozenset(filter(is_latin, map(chr, (*range(0x250), *range(0x1E00, 0x1F00)))))
