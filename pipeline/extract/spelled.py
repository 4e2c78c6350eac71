"""Amounts of money in words: `lima juta`, `hai mươi triệu`, `หมื่นห้า`, `पचास हजार`, `ဆယ်သိန်း`, `一万二`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.cues import Cue, Cues

_CHINESE = re.compile(
    "(?:([一二两兩三四五六七八九])[到至~-])?"
    "([一壹二贰貳两兩三叁四肆五伍六陆陸七柒八捌九玖十拾百千仟]{1,6}[百千仟万萬](?:[一二三四五六七八九][百千]?)?)"
)
CHINESE_DIGITS = {
    char: value
    for value, chars in enumerate(("", "一壹", "二贰貳两兩", "三叁", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for char in chars
}
_CHINESE_UNIT = re.compile("[百千仟万萬]")
_CHINESE_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000}
_CHINESE_MYRIADS = ("万", "萬")
_THOUSAND = 1000
_LEAST = 100  # a smaller unit alone (`ten`, `mươi`) is a number, no money


class Spelled(NamedTuple):
    """An amount in words at its place in folded text; `unit` is the last that was named."""

    start: int
    end: int
    value: float
    unit: float


def spelled_amounts(cues: Cues) -> Iterator[Spelled]:
    """Amounts written in words alone, without their currencies; order is not kept."""
    yield from _chinese(cues.text)
    if cues.of("multiplier"):
        for run in _runs(cues):
            yield from _amount(cues, run)


def _chinese(text: str) -> Iterator[Spelled]:
    if not text.isascii() and _CHINESE_UNIT.search(text):
        for match in _CHINESE.finditer(text):
            value, unit = _chinese_value(match[2])
            if match[1]:  # 三到五万
                yield Spelled(match.start(1), match.end(1), float(CHINESE_DIGITS[match[1]] * unit), unit)
            yield Spelled(match.start(2), match.end(2), value, unit)


def _chinese_value(numeral: str) -> tuple[float, int]:
    """The value and the last unit: `八千` is 8000, `一万五` is 15000, `两万三千` is 23000, `十二万` is 120000."""
    total, number, unit = 0, 0, 1
    for char in numeral:
        if char in _CHINESE_MYRIADS:
            unit, number, total = 10_000, 0, (total + number or 1) * 10_000
        elif char in _CHINESE_UNITS:
            unit = _CHINESE_UNITS[char]
            number, total = 0, total + (number or 1) * unit
        else:
            number = CHINESE_DIGITS[char]
    return float(total + number * unit / 10), unit


def _runs(cues: Cues) -> Iterator[list[Cue]]:
    """Number words that touch each other, at most a space or a hyphen between them."""
    run: list[Cue] = []
    for cue in cues.all:
        if not (cue.meanings.keys() & _NUMBER_WORDS):
            continue
        if run and cues.text[run[-1].end : cue.start] not in ("", " ", "-"):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


_NUMBER_WORDS = frozenset({"digit", "number", "multiplier", "half"})


def _amount(cues: Cues, run: list[Cue]) -> Iterator[Spelled]:
    """The amount that a run of number words says, if it names at least hundreds."""
    if run[0].value("multiplier") and _follows_digits(cues.text, run[0].start):
        return  # it belongs to the digits before it: `5 juta`
    if _is_chinese(cues.text[run[0].start]) and not _is_announced(cues, run):
        return
    reading = _Reading()
    for i, cue in enumerate(run):
        lone = not reading.begun and float(cue.value("multiplier") or 0) >= _LEAST and not _is_announced(cues, run[i:])
        if lone or not reading.take(cue):
            break
    reading.close(_has_tails(cues.text[run[0].start]))
    if reading.total >= _LEAST and reading.unit:
        yield Spelled(run[0].start, reading.end, reading.total, reading.unit)


class _Reading:
    """Number words added up from left to right: `number` is what waits for its unit."""

    def __init__(self) -> None:
        self.total = self.number = self.unit = 0.0
        self.end = self._number_end = 0

    @property
    def begun(self) -> bool:
        """Whether a number has been read."""
        return bool(self.total or self.number)

    def take(self, cue: Cue) -> bool:
        """Read one more word; False where it does not belong to the number before it."""
        multiplier = float(cue.value("multiplier") or 0)
        if multiplier >= _THOUSAND:
            return self._take_unit(multiplier, cue.end)
        if multiplier:  # ten and hundred are parts of a number: `dua puluh lima juta`
            self.number = (self.number or 1) * multiplier if self.number < 10 else self.number + multiplier
            self.unit = self.unit or multiplier
        elif cue.value("half") is not None and self.unit >= _THOUSAND:
            self.total, self.end = self.total + self.unit / 2, cue.end
            return False
        elif not self._take_number(float(cue.value("number") or cue.value("digit") or 0)):
            return False
        self._number_end = cue.end
        return True

    def _take_unit(self, unit: float, end: int) -> bool:
        if self.unit >= _THOUSAND and unit >= self.unit:
            return False
        self.total, self.number, self.unit, self.end = self.total + (self.number or 1) * unit, 0.0, unit, end
        return True

    def _take_number(self, value: float) -> bool:
        teen = value == 10 and 0 < self.number < 10  # dua belas
        if not value or (self.number % 10 >= 1 and not teen):
            return False
        self.number += value
        return True

    def close(self, has_tails: bool) -> None:
        """Add what is left: the tens of `five hundred fifty`, or the next lower unit of `หมื่นห้า` (15,000)."""
        if has_tails and 0 < self.number < 10 and self.unit >= _THOUSAND:
            self.total, self.end = self.total + self.number * self.unit / 10, self._number_end
        elif self.number >= _LEAST or (self.number and self.unit < _THOUSAND):
            self.total, self.end = self.total + self.number, self._number_end


def _has_tails(char: str) -> bool:
    """Thai and Lao leave out the last unit."""
    return "\u0e00" <= char <= "\u0eff"


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _follows_digits(text: str, start: int) -> bool:
    return text[max(0, start - 3) : start].rstrip(" ()")[-1:].isdecimal()


def _is_announced(cues: Cues, run: list[Cue]) -> bool:
    """Whether a unit without a number means one of it: `วันละพัน`, `月入过万`, `หมื่นห้า`."""
    char = cues.text[run[0].start]
    if _has_tails(char) and len(run) > 1 and run[1].start == run[0].end:
        return True
    before = next(cues.between(run[0].start - 12, run[0].start), None)
    if before is None or before.end != run[0].start or not (_has_tails(char) or _is_chinese(char)):
        return False
    return any(kind in before.meanings for kind in ("from", "period", "pay"))
