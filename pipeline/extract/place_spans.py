"""Where the name of a place begins and ends: the words for town, province and state belong to it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from pipeline.gazetteer import place_words
from pipeline.plain import Plain


def plain_offset(plain: Plain, at: int) -> int:
    """The offset in `Plain.text` of an offset in the original text."""
    folded = bisect_left(plain.folded.starts, at) if plain.folded.starts else at
    return folded if plain.places is None else bisect_left(plain.places, folded)


def widen(plain: Plain, start: int, end: int, *, town: bool) -> tuple[int, int]:
    """The span with the words around it that belong to the name, in offsets of `Plain.text`."""
    return _start_of_name(plain, start), _end_of_name(plain, end, town)


def _start_of_name(plain: Plain, start: int) -> int:
    words, longest = _before()
    before = plain.text[max(0, start - longest) : start]
    if not before.endswith(words):
        return start
    for word in words:
        at = start - len(word)
        if before.endswith(word) and _begins_here(plain, at) and not _is_glued_letters(word):
            return at
    return start


def _begins_here(plain: Plain, at: int) -> bool:
    """Whether no other word runs into this one; scripts without spaces do not tell."""
    return at == 0 or plain.shape[at] in "ul" or plain.shape[at - 1] != "s"


def _is_glued_letters(word: str) -> bool:
    """Latin words need a space or a dot before the name."""
    return word[-1].isalpha() and word[0] < "\u0e00"


def _end_of_name(plain: Plain, end: int, town: bool) -> int:
    for words in (_after(), *((_parts(),) if town else ())):
        if plain.text.startswith(words, end):
            for word in words:
                last = end + len(word)
                if plain.text.startswith(word, end) and (word[0] != " " or plain.shape[last : last + 1] != "s"):
                    return last
    return end


@cache
def _before() -> tuple[tuple[str, ...], int]:
    words = tuple(word + gap for word in _longest_first("belongs_before") for gap in ("", " "))
    return words, max(map(len, words))


@cache
def _after() -> tuple[str, ...]:
    return _longest_first("belongs_after")


@cache
def _parts() -> tuple[str, ...]:
    return tuple(f" {word}" for word in _longest_first("parts_of_town"))


def _longest_first(name: str) -> tuple[str, ...]:
    return tuple(sorted(map(str, place_words()[name]), key=len, reverse=True))
