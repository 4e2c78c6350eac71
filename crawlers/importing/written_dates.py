"""Dates as files write them: digits of any script, in an order that is told or inferred over the whole file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from casefile.records import Precision
from crawlers.importing.model import BIDI_MARKS, DateOrder
from crawlers.importing.words import words

DATE = r"(?P<a>\d{1,4})\s?[./\-年년]\s?(?P<b>\d{1,2})\s?[./\-月월]\s?(?P<c>\d{1,4})(?:\s?[日일.])?"
TIME = (
    r"(?:(?P<before>[^\W\d_][^\d:,\[\]]{0,11}?)\s?)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:\.\d{1,6})?(?:\s?(?P<after>[^\W\d_][^\d:,\[\]]{0,11}?))?"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?![.\d])")
_NUMBER = re.compile(r"\d{1,9}")
_NUMERIC = re.compile(rf"{DATE}(?:[\s,T]+{TIME})?\s*")


@dataclass(frozen=True, slots=True)
class Written:
    """A date of three numbers, whichever they are, and a time of day; `None` where none is written."""

    numbers: tuple[int, int, int]
    padded: bool
    hour: int | None = None
    minute: int = 0
    second: int | None = None
    english_half: bool = False

    @property
    def precision(self) -> Precision:
        """How exact the date is."""
        if self.hour is None:
            return Precision.DAY
        return Precision.MINUTE if self.second is None else Precision.SECOND

    def ordered(self, order: DateOrder) -> tuple[int, int, int] | None:
        """Year, month and day, if they can stand in this order."""
        a, b, c = self.numbers
        if order is DateOrder.YEAR_MONTH:
            year, month, day = a, b, c
        else:
            year, month, day = (c, b, a) if order is DateOrder.DAY_MONTH else (c, a, b)
        year = _full_year(year)
        return (year, month, day) if 1970 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31 else None

    def at(self, order: DateOrder, zone: tzinfo) -> datetime | None:
        """The moment in UTC (a day alone is 00:00 UTC); None if there is no such day or hour."""
        date = self.ordered(order)
        if date is None:
            return None
        try:
            if self.hour is None:
                return datetime(*date, tzinfo=UTC)
            return datetime(*date, self.hour, self.minute, self.second or 0, tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            return None


def plain_digits(text: str) -> str:
    """The text with the digits of every script as 0-9, plain spaces and no marks of direction (these are left out)."""
    if text.isascii():
        return text
    shown = (" " if c.isspace() else _DIGITS.get(c) or _digit(c) for c in text.translate(BIDI_MARKS))
    return "".join(shown)


_DIGITS = {"،": ",", "၊": ",", "，": ",", "：": ":", "／": "/"}


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def written(match: re.Match[str]) -> Written | None:
    """What a match of DATE and TIME says; None if its words are no half of a day or its hour does not exist."""
    group = match.groupdict()
    numbers = (int(group["a"]), int(group["b"]), int(group["c"]))
    padded = group["a"].startswith("0") or group["b"].startswith("0")
    if group.get("hour") is None:
        return Written(numbers, padded)
    hour, minute = int(group["hour"]), int(group["minute"])
    second = int(group["second"]) if group["second"] else None
    half = group["before"] or group["after"]
    if half:
        from crawlers.importing.words import plain

        later = words().clock.get(plain(half))
        if later is None or (hour > 12 and not later):
            return None
        hour = hour % 12 + later if hour <= 12 else hour
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    return Written(numbers, padded, hour, minute, second, half in ("AM", "PM"))


def numeric_date(text: str) -> Written | None:
    """A whole text that is a date of numbers (`3/4/2026 10:05 PM`, `2026年3月4日`), else None."""
    if len(text) > 60:
        return None
    match = _NUMERIC.fullmatch(plain_digits(text).strip())
    return written(match) if match else None


def names_a_year(words: str) -> bool:
    """Whether words name a day of a certain year: "12 Jul 2026", "12 Jul 26", but not "12 Jul, 22:35"."""
    numbers = _NUMBER.findall(_CLOCK.sub(" ", plain_digits(words)))
    return len(numbers) > 1 or any(len(number) == 4 for number in numbers)


def _full_year(year: int) -> int:
    """Two digits as a year of our time; the Buddhist era (Thailand, Laos, Cambodia) as the common one."""
    if 2400 <= year < 2700:
        return year - 543
    if year >= 100:
        return year
    if year < 50:
        return 2000 + year
    return 1957 + year if 1957 + year <= 2045 else 1900 + year


@dataclass(slots=True)
class OrderVote:
    """Which order the dates of a file are in. Constant memory, one pass."""

    _impossible: dict[DateOrder, int] = field(default_factory=lambda: dict.fromkeys(DateOrder, 0))
    _steps_back: dict[DateOrder, int] = field(default_factory=lambda: dict.fromkeys(DateOrder, 0))
    _last: dict[DateOrder, tuple[int, ...]] = field(default_factory=dict)
    _first_day: dict[DateOrder, int] = field(default_factory=dict)
    _last_day: dict[DateOrder, int] = field(default_factory=dict)
    _seen: int = 0
    _padded: bool = False
    _american: int = 0

    def see(self, date: Written) -> None:
        """Count one date, in the order of the file."""
        self._seen += 1
        self._padded = self._padded or date.padded
        self._american += date.english_half and date.numbers[2] < 100
        for order in DateOrder:
            ordered = date.ordered(order)
            if ordered is None:
                self._impossible[order] += 1
                continue
            moment = (*ordered, date.hour or 0, date.minute)
            self._steps_back[order] += moment < self._last.get(order, moment)
            self._last[order] = moment
            day = 372 * ordered[0] + 31 * ordered[1] + ordered[2]
            self._first_day[order] = min(day, self._first_day.get(order, day))
            self._last_day[order] = max(day, self._last_day.get(order, day))

    def order(self, region: str | None = None) -> tuple[DateOrder, str]:
        """The order, and why in words; the reason is empty where there was nothing to decide."""
        if not self._last:
            return DateOrder.DAY_MONTH, ""
        fewest = min(self._impossible.values())
        possible = [order for order in DateOrder if self._impossible[order] == fewest]
        if len(possible) == 1:
            return possible[0], "no other order is possible for all of them"
        steady = [order for order in possible if self._is_steady(order)]
        if len(steady) == 1:
            return steady[0], "only so do they follow one another in time"
        by_span = sorted((self._last_day[order] - self._first_day[order], order) for order in possible)
        if by_span[1][0] > 10 + 3 * by_span[0][0]:
            return by_span[0][1], "the file does not tell; so read, its dates lie closest together"
        usual = self._usual(region)
        chosen = usual if usual in possible else possible[0]
        return chosen, "the file does not tell; this is the usual order for such files"

    def _is_steady(self, order: DateOrder) -> bool:
        """Whether nearly all steps go forward, or nearly all back (a table may begin with the newest)."""
        back = self._steps_back[order]
        return min(back, self._seen - 1 - back) * 50 <= self._seen

    def _usual(self, region: str | None) -> DateOrder:
        # Phones set to American English write 7/4/26, 9:05 PM: no leading zero, two digits of the year, AM or PM.
        american = not self._padded and self._american * 2 > self._seen
        if region == "us" or (region is None and american):
            return DateOrder.MONTH_DAY
        return DateOrder.YEAR_MONTH if region in ("cn", "tw", "jp", "kr") else DateOrder.DAY_MONTH
