"""One reversible folding of disguised text: plain characters out, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

_SPECIAL = "\U0010ffff"  # a noncharacter that stands for "not one plain character": looked up in the original
_SPECIALS = re.compile(_SPECIAL)
_LONGEST_EXPANSION = 4  # some ligatures unfold to 18 characters; those stay as they are
_KEPT = frozenset("ำຳ")  # NFKC takes Thai and Lao AM apart, which no writer of these languages does
_FILLERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
)  # drawn as nothing, yet no Cf
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ", strict=True))
_WHITE_ON_BLACK = (0x1F150, 0x1F170)  # where the negative circled and the negative squared A stand
_MARKS = (
    (0x300, 0x36F),
    (0x653, 0x655),
    (0x1161, 0x11FF),
    (0x3099, 0x309A),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts` and `ends` hold the original place of every character, and are empty where none moved."""

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets (code points) of the folded offsets `start` to `end`."""
        if not self.starts:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.ends[-1]
            return at, at
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """NFKC by character, every digit and dash in ASCII, invisible characters and piled-up marks gone, case kept."""
    plain = text if text.isascii() else _UNSAFE.sub(lambda match: _PLAIN[ord(match[0])], text)
    if "ဝ" in plain:
        plain = _BURMESE_ZEROS.sub(lambda match: "0" * len(match[0]), plain)
    if _SPECIAL not in plain:
        return Folded(plain, array("l"), array("l"))
    return _fold_specials(text, plain)


# Burmese writers type the letter WA for the digit zero, which looks the same.
_BURMESE_ZEROS = re.compile(r"(?<!ဝ)ဝ++(?=\d)|(?<=\d)ဝ++(?![ါ-ှ])")


def _fold_specials(text: str, plain: str) -> Folded:
    """Fold a text in which some characters vanish, unfold to several, or join the one before."""
    out: list[str] = []
    starts, ends = array("l"), array("l")
    done = 0
    for match in _SPECIALS.finditer(plain):
        at = match.start()
        out.extend(plain[done:at])
        starts.extend(range(done, at))
        ends.extend(range(done + 1, at + 1))
        done = at + 1
        if _belongs_to_the_one_before(ord(text[at])):
            if ends and ends[-1] == at:
                ends[-1] = at + 1
                out[-1] = _composed(out[-1], text[at])
            continue
        unfolded = _fold_character(text[at])
        out.extend(unfolded)
        starts.extend([at] * len(unfolded))
        ends.extend([at + 1] * len(unfolded))
    out.extend(plain[done:])
    starts.extend(range(done, len(plain)))
    ends.extend(range(done + 1, len(plain) + 1))
    if not starts:  # nothing visible: one closing place keeps `span` total
        starts, ends = array("l", [0]), array("l", [0])
    return Folded("".join(out), starts, ends)


@lru_cache(maxsize=4096)
def _composed(base: str, mark: str) -> str:
    """The letter and its accent as one character where Unicode has it; other marks are dropped."""
    both = unicodedata.normalize("NFC", base + mark)
    return both if len(both) == 1 else base


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


@lru_cache(maxsize=4096)
def _belongs_to_the_one_before(code: int) -> bool:
    return _within(code, _MARKS) or _within(code, _SELECTORS)


@lru_cache(maxsize=4096)
def _fold_character(char: str) -> str:
    """What one character is folded to, apart from its neighbours."""
    code, category = ord(char), unicodedata.category(char)
    if char in _KEPT:
        return char
    if category == "Cf" or char in _FILLERS or _belongs_to_the_one_before(code):
        return ""
    if category == "Pd" or char == "\u2212":
        return "-"
    if char in _SMALL_CAPITALS:
        return _SMALL_CAPITALS[char]
    for first in _WHITE_ON_BLACK:
        if first <= code < first + 26:
            return chr(ord("A") + code - first)
    digit = unicodedata.digit(char, None)
    if digit is None and unicodedata.numeric(char, None) == 0:
        digit = 0  # the circled zeros of the dingbats are numbers to Unicode, not digits
    if digit is not None:
        return str(digit)
    unfolded = unicodedata.normalize("NFKC", char)
    return unfolded if len(unfolded) <= _LONGEST_EXPANSION else char


class _PlainTable(dict[int, str]):
    """What every character folds to, if to one; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded if len(folded) == 1 and chr(code) != _SPECIAL else _SPECIAL
        return self[code]


_PLAIN = _PlainTable()
# Characters that fold to themselves, so that most texts need no look at single characters.
SAFE = (
    "\x00-\x7fÀ-ıơưƠƯẠ-ỹ"  # Latin, with Vietnamese
    "ก-าิ-๏ກ-າິ-໅"  # Thai, Lao
    "ऀ-ॗঀ-৛"  # Devanagari, Bengali
    "က-ဿក-ឳា-៓"  # Burmese, Khmer
    "、。《-】一-鿿가-힣"
    "\U0001f300-\U0001f5ff\U0001f600-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff☀-➿"
)
_UNSAFE = re.compile(f"[^{SAFE}]|[❶-➓]")
