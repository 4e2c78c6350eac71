"""Digits as words: `nol delapan`, `double eight`, `sixty six`, and words run into digits: `kosong12`, `0siyam28`."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.cues import Cue, Cues, is_latin
from pipeline.extract.pieces import Piece
from pipeline.extract.vocabulary import phrases

_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_GAP = 1  # characters between `sixty` and `six`
_SHORTEST_GLUED = 2  # letters of a word run into digits


def spelled(cues: Cues) -> list[Piece]:
    """The digits that stand as words of their own."""
    digits = cues.of("digit")
    pieces = [Piece(cue.meanings["digit"], cue.start, cue.end, disguised=True, is_word=True) for cue in digits]
    for cue in cues.of("period") if digits else ():
        both = _year_words().get(cue.words(cues.text))
        if both:
            pieces.append(Piece(both, cue.start, cue.end, disguised=True, is_word=True))
    for cue in cues.of("tens"):
        ends_there = _is_digit_behind(cues, cue)
        told = cue.meanings["tens"] + "0" * (not ends_there)
        pieces.append(Piece(told, cue.start, cue.end, disguised=True, is_word=True))
    return pieces


@cache
def _year_words() -> dict[str, str]:
    """Words of time that are digit words in a number: `တစ်နှစ်` and `một năm` are `one year`, or digits."""
    times = (phrase for phrase, meanings in phrases().items() if "period" in meanings)
    read = {phrase: [_words(word) for word in phrase.split()] for phrase in times}
    return {phrase: "".join(filter(None, digits)) for phrase, digits in read.items() if all(digits)}


def _is_digit_behind(cues: Cues, cue: Cue) -> bool:
    return any(
        following.value("digit") not in (None, "0") for following in cues.after(cue.end, cue.end + _LONGEST_GAP + 1)
    )


def repeats(cues: Cues) -> dict[int, tuple[int, int]]:
    """By the place where a repeated digit would stand: how often it counts, and where `double` begins."""
    return {
        cue.end + gap: (count, cue.start)
        for kind, count in (("twice", 2), ("thrice", 3))
        for cue in cues.of(kind)
        for gap in (0, 1)
    }


def unglued(word: str) -> str | None:
    """The digits of a word of digits and digit words without gaps (`nau8ek2teen`); None where it is anything else."""
    digits: list[str] = []
    done = 0
    for letters in _LETTERS.finditer(word):
        read = _words(letters[0].lower()) if all(map(is_latin, letters[0])) else None
        if read is None:
            return None
        digits += (word[done : letters.start()], read)
        done = letters.end()
    told = "".join((*digits, word[done:]))
    return told if told.isdecimal() else None


def spelled_between(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """The digit words that run into each other between two pieces of a number: `0813 limalima 11`."""
    words = [word for word in _LETTERS.finditer(text, start, end) if all(map(is_latin, word[0]))]
    read = [(_words(word[0].lower()), *word.span()) for word in words]
    return tuple(Piece(digits, begin, stop, disguised=True, is_word=True) for digits, begin, stop in read if digits)


def _words(letters: str) -> str | None:
    """The digits of digit words that run into each other, the longest first."""
    digits, at = "", 0
    while at < len(letters):
        match = _glued_words().match(letters, at)
        if not match:
            return None
        digits += phrases()[match[0]]["digit"]
        at = match.end()
    return digits


@cache
def _glued_words() -> re.Pattern[str]:
    words = (phrase for phrase, meanings in phrases().items() if "digit" in meanings and not _is_short_latin(phrase))
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _is_short_latin(word: str) -> bool:
    return len(word) < _SHORTEST_GLUED and is_latin(word)
