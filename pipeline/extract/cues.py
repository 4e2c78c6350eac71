"""Cues: the words of a text that announce contacts and pay, found in one linear pass."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import itemgetter
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
    automaton, known = _automaton()
    haystack = small if small.isascii() else _SURROGATES.sub("\ufffd", small)
    length = len(small)
    whole = []
    for i, start, end in automaton.find_matches_as_indexes(haystack, overlapping=True):
        opens, closes, meanings = known[i]
        if opens and start and small[start - 1] in _LATIN:
            continue
        if not (closes and end < length and small[end] in _LATIN):
            whole.append((start, -end, i, meanings))
    whole += ((start, -end, -start, meanings) for start, end, meanings in hidden_words(small))
    whole.sort(key=_PLACE)
    found: list[Cue] = []
    covered = 0
    for start, minus_end, _, meanings in whole:
        if start >= covered:
            covered = -minus_end
            found.append(Cue(start, covered, meanings))
    return Cues(small, found)


_PLACE = itemgetter(0, 1, 2)


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[bool, bool, Meanings]]]:
    """The phrases; Latin words need an end on the sides told, scripts without spaces do not."""
    known = {phrase: meanings for phrase, meanings in phrases().items() if not _is_one_letter(phrase)}
    ends = [(is_latin(phrase[0]), is_latin(phrase[-1]), meanings) for phrase, meanings in known.items()]
    return AhoCorasick(list(known)), ends


def _is_one_letter(phrase: str) -> bool:
    """Single Latin letters mean something only behind a number (see `Cues.at`)."""
    return len(phrase) == 1 and is_latin(phrase)


def is_latin(char: str) -> bool:
    """Whether this is a Latin letter, with or without accents."""
    return char.isalpha() and (char < "\u0250" or "\u1e00" <= char < "\u1f00")


_LATIN = frozenset(filter(is_latin, map(chr, (*range(0x250), *range(0x1E00, 0x1F00)))))
