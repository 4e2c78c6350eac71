"""Plain text for looking things up: folded, lower case, split syllables joined, with the way back."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import lru_cache

from pipeline.folding import Folded, fold

# Burmese and Khmer writers put spaces between syllables, Chinese ones put them in to escape filters.
_UNSPACED = "\u1000-\u109f\u1780-\u17d3\u4e00-\u9fff"
_SPLIT = re.compile(f"[ \u00a0](?=[{_UNSPACED}])(?<=[{_UNSPACED}].)")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is for look-ups; `shape` tells what kind of letter stands at each place (see `letter_shape`).

    `edged_shape` has a space before and two behind: who looks at a letter's neighbours need not look for the ends.
    """

    original: str
    folded: Folded
    text: str
    shape: str
    edged_shape: str
    places: array[int] | None

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the folded text (case kept) of offsets in `text`."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of offsets in `text`; `start` must be before `end`."""
        return self.folded.span(*self.folded_span(start, end))

    def cased(self, start: int, end: int) -> str:
        """The folded words with their capitals."""
        first, last = self.folded_span(start, end)
        return self.folded.text[first:last]


def make_plain(text: str, folded: Folded | None = None) -> Plain:
    """Fold, lower and join a text in linear time."""
    folded = folded or fold(text)
    lower = _lower(folded.text)
    places = None
    if lower.isascii():
        shape = lower.translate(_SHAPES)
        return Plain(text, folded, lower, shape, f" {shape}  ", places)
    lower = _SURROGATES.sub("\ufffd", lower)
    if _SPLIT.search(lower):
        places = array("l")
        for start, end in _pieces(lower):
            places.extend(range(start, end))
        lower = _SPLIT.sub("", lower)
    shape = lower.translate(_SHAPES)
    return Plain(text, folded, lower, shape, f" {shape}  ", places)


def plain_phrase(phrase: str) -> str:
    """A phrase in the form in which `Plain.text` holds it."""
    if phrase.isascii():
        return phrase.lower().strip()
    lower = _lower(fold(phrase).text).strip()
    return _SPLIT.sub("", lower) if " " in lower else lower


def _pieces(text: str) -> list[tuple[int, int]]:
    """What stays of a text when the spaces between syllables are taken out."""
    cuts = [match.start() for match in _SPLIT.finditer(text)]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
_FOLLOWING_VOWELS = frozenset("ะาำๅະາຳ")
_KILLERS = frozenset("\u103a\u1039")  # Burmese: the letter before closes the syllable


@lru_cache(maxsize=65536)
def letter_shape(char: str) -> str:
    """s: letter or digit of a script with spaces; u: of one without; m, l, v, k: signs tied to a neighbour; else a space.

    m hangs on the letter before, l leads the letter after, v (Khmer coeng) ties both, k (Burmese asat) closes a
    syllable; h is Hangul, where endings follow a word without a space.
    """
    code = ord(char)
    if code < 0x80:
        return "s" if char.isalnum() else " "
    if 0x0E00 <= code < 0x0F00 or 0x1000 <= code < 0x10A0 or 0x1780 <= code < 0x1800:
        return _sign_shape(char)
    if _is_han(code):
        return "u"
    if 0xAC00 <= code < 0xD7B0:
        return "h"
    return "s" if char.isalnum() or 0x0900 <= code < 0x0E00 or 0x300 <= code < 0x370 else " "


def _sign_shape(char: str) -> str:
    if char in _LEADING_VOWELS:
        return "l"
    if char in _FOLLOWING_VOWELS:
        return "m"
    if char in _KILLERS:
        return "k"
    if char == "\u17d2":
        return "v"
    if char.isalnum():
        return "u"
    # ၌, ၍, ၎ and ၏ are words of Burmese written with one sign.
    return "m" if char not in "๏๚๛។៕៖ៗ៘៙៚ฯ฿၊။၌၍၎၏" else " "


def _is_han(code: int) -> bool:
    return (0x2E80 <= code < 0xA000 and not 0x3000 <= code < 0x3040) or 0x20000 <= code < 0x30000


class _ShapeTable(dict[int, str]):
    """For `str.translate`: filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = letter_shape(chr(code))
        return self[code]


_SHAPES = _ShapeTable()
