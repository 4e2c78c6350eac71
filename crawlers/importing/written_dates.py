"""Dates as chats write them before each message: digits of any script, in the order of the phone that exported."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from casefile.records import Precision
from crawlers.importing.model import BIDI_MARKS
from crawlers.importing.words import plain, words
from crawlers.reading.date_order import DateOrder, Numbers

DATE = r"(?P<a>\d{1,4})\s?[./\-年년]\s?(?P<b>\d{1,2})\s?[./\-月월]\s?(?P<c>\d{1,4})(?:\s?[日일.])?"
TIME = (
    r"(?:(?P<before>[^\W\d_][^\d:,\[\]]{0,11}?)\s?)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:\.\d{1,6})?(?:\s?(?P<after>[^\W\d_][^\d:,\[\]]{0,11}?))?"
)


@dataclass(frozen=True, slots=True)
class Written(Numbers):
    """A date of three numbers, whichever they are, and a time of day to the second; `None` where none is written."""

    second: int | None = None

    @property
    def precision(self) -> Precision:
        """How exact the date is."""
        if self.hour is None:
            return Precision.DAY
        return Precision.MINUTE if self.second is None else Precision.SECOND

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
    numbers, sign = (int(group["a"]), int(group["b"]), int(group["c"])), match.string[match.end("a")]
    padded = group["a"].startswith("0") or group["b"].startswith("0")
    if group.get("hour") is None:
        return Written(numbers, padded, sign)
    hour, minute = int(group["hour"]), int(group["minute"])
    second = int(group["second"]) if group["second"] else None
    half = group["before"] or group["after"]
    if half:
        later = words().clock.get(plain(half))
        if later is None or (hour > 12 and not later):
            return None
        hour = hour % 12 + later if hour <= 12 else hour
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    return Written(numbers, padded, sign, hour, minute, half in ("AM", "PM"), second)
