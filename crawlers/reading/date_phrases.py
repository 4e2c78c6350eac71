"""What the parts of words about a time say together: so long ago, that day of the week, a day of a month of a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any

from casefile.records import Precision
from crawlers.reading.date_order import DateOrder, Numbers, full_year
from crawlers.reading.date_tokens import Clock, Token, date_tokens

_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_629_746,
    "year": 31_556_952,
}
# "3 weeks ago" is as good as a month, and no better.
_EXACT_TO = {
    "second": Precision.MINUTE,
    "minute": Precision.MINUTE,
    "hour": Precision.DAY,
    "day": Precision.DAY,
    "week": Precision.MONTH,
    "month": Precision.MONTH,
    "year": Precision.YEAR,
}
_OLDEST_YEAR = 1990
_LAST = ("week", "month", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A time as words tell it. `seconds_back` and `days_back` count from now; `weekday` is the last such day.

    A date is either `numbers`, whose order must be found out, or `year`, `month` and `day`, as far as they are told.
    """

    seconds_back: float | None = None
    days_back: int | None = None
    weekday: int | None = None
    numbers: Numbers | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: Clock | None = None
    zone: tzinfo | None = None
    precision: Precision = Precision.DAY

    @property
    def is_relative(self) -> bool:
        """Whether it counts from the moment of reading."""
        return not self.numbers and self.month is None and self.year is None

    @property
    def has_no_year(self) -> bool:
        """Whether it is a day of some year."""
        return self.month is not None and self.year is None

    def at(self, now: datetime, order: DateOrder | None = None) -> datetime | None:
        """The moment in the zone of `now`; None if there is no such day or hour. `order` is that of its numbers."""
        try:
            if self.seconds_back is not None:
                return now - timedelta(seconds=self.seconds_back)
            day = self._day(now, order)
            if day is None or self.clock is None:
                return day
            hour, minute, second = self.clock.hour, self.clock.minute, self.clock.second or 0
            return day.replace(hour=_hour(hour, self.clock.half), minute=minute, second=second)
        except (ValueError, OverflowError):
            return None

    def _day(self, now: datetime, order: DateOrder | None) -> datetime | None:
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.days_back is not None:
            return today - timedelta(days=self.days_back)
        if self.numbers:
            date = self.numbers.ordered(order or DateOrder.DAY_MONTH)
            return today.replace(year=date[0], month=date[1], day=date[2]) if date else None
        if self.has_no_year:
            return self._last_such_day(today)
        if self.year is not None:
            return today.replace(year=_year_in_full(self.year, now), month=self.month or 1, day=self.day or 1)
        if self.weekday is not None:
            return today - timedelta(days=(today.weekday() - self.weekday) % 7)
        return today

    def _last_such_day(self, today: datetime) -> datetime | None:
        """The last day of that name that has begun somewhere; on the weekday that is named, if one is."""
        days = []
        for year in range(today.year + 1, today.year - 9, -1):
            try:
                day = today.replace(year=year, month=self.month or 1, day=self.day or 1)
            except ValueError:  # 29 February
                continue
            if day <= today + timedelta(days=1):
                days.append(day)
        named = [day for day in days if day.weekday() == self.weekday]
        return next(iter(named or days), None)


def _year_in_full(year: int, now: datetime) -> int:
    """A year as written: in full, of the Buddhist era, or two digits of either, so that it is the last possible one."""
    if year >= 100:
        return full_year(year)
    likely = [full for full in (2000 + year, 1900 + year, 1957 + year) if _OLDEST_YEAR <= full <= now.year + 1]
    return max(likely, default=2000 + year)


# The dates of tables, which may have a million of them, are read without looking at their parts.
_PLAIN = re.compile(
    r"(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{1,2})(?:[ T]([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?", re.ASCII
)


@lru_cache(maxsize=4096)
def read_phrase(words: str) -> Phrase | None:
    """What words about a time say; None if they name none."""
    if match := _PLAIN.fullmatch(words):
        return _plain_numbers(match)
    tokens = date_tokens(words)
    clock, zone = _clock(tokens), _zone(tokens)
    phrase = _date(tokens, clock)
    if phrase is None or phrase.has_no_year or phrase.precision is not Precision.DAY:
        phrase = _ago(tokens) or _named_day(tokens) or phrase or _bare(tokens, clock)
    if phrase is None:
        return None
    if clock is None or phrase.seconds_back is not None or phrase.precision is not Precision.DAY:
        return phrase
    precision = Precision.MINUTE if clock.second is None else Precision.SECOND
    phrase = replace(phrase, clock=clock, zone=zone, precision=precision)
    if phrase.numbers:
        english = any(token.shown in ("am", "pm") for token in tokens)
        told = replace(phrase.numbers, hour=clock.hour, minute=clock.minute, english_half=english)
        phrase = replace(phrase, numbers=told)
    return phrase


def _plain_numbers(match: re.Match[str]) -> Phrase:
    first, sign, second, third, hour, minute, seconds = match.groups()
    clock = Clock(int(hour), int(minute), int(seconds) if seconds else None) if hour else None
    padded = first[0] == "0" or second[0] == "0"
    told = Numbers(
        (int(first), int(second), int(third)), padded, sign, clock.hour if clock else None, clock.minute if clock else 0
    )
    precision = Precision.DAY if clock is None else Precision.SECOND if seconds else Precision.MINUTE
    return _in_numbers(told, first, clock, precision)


def _hour(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half == "pm" else 0)


def _clock(tokens: Sequence[Token]) -> Clock | None:
    """The time of day: what is written as one, else a number beside am or pm."""
    found: Clock | None = None
    for at, token in enumerate(tokens):
        clock = token.value if token.kind == "c" else None
        half = _half(tokens, at)
        if token.kind == "d" and half and token.value <= 12 and found is None:
            clock = Clock(token.value)
        if clock is None or (found and not found.dotted):
            continue
        if clock.hour > 23 or clock.minute > 59 or (clock.second or 0) > 59:
            continue
        found = replace(clock, half=clock.half or half)
    return found


def _half(tokens: Sequence[Token], at: int) -> str | None:
    for beside in (at + 1, at - 1):
        if 0 <= beside < len(tokens) and (half := tokens[beside].meanings.get("half")):
            return str(half)
    return None


def _zone(tokens: Sequence[Token]) -> timezone | None:
    for at, token in enumerate(tokens):
        minutes = token.value if token.kind == "o" else token.meanings.get("zone")
        before = tokens[at - 1] if at else None
        if minutes is not None and before and (before.kind == "c" or before.meanings.keys() & {"half", "zone"}):
            return timezone(timedelta(minutes=minutes))
    return None


def _ago(tokens: Sequence[Token]) -> Phrase | None:
    """So many units ago; without a word for ago only where nothing else is said ("2h", "5 phút")."""
    amounts: list[tuple[float, str]] = []
    for at, token in enumerate(tokens):
        unit = token.meanings.get("unit")
        count = _count(tokens[at - 1]) if at else None
        if unit and count is not None:
            amounts.append((count, unit))
        elif unit in _LAST and at + 1 < len(tokens) and "ago" in tokens[at + 1].meanings:
            amounts.append((1, unit))  # "minggu lalu", last week
        elif one := token.meanings.get("one"):
            amounts.append((1, one))
    if not amounts:
        return Phrase(seconds_back=0, precision=Precision.MINUTE) if _means(tokens, "now") else None
    told = _means(tokens, "ago") or _means(tokens, "ago_before")
    if not told and not all(_is_amount(token) for token in tokens):
        return None
    smallest = min((unit for _, unit in amounts), key=lambda unit: _SECONDS[unit])
    return Phrase(
        seconds_back=sum(count * _SECONDS[unit] for count, unit in amounts), precision=_precision(smallest, amounts)
    )


def _precision(smallest: str, amounts: Sequence[tuple[float, str]]) -> Precision:
    halved = any(count == 0.5 for count, _ in amounts)
    return Precision.MINUTE if halved and smallest == "hour" else _EXACT_TO[smallest]


def _is_amount(token: Token) -> bool:
    if token.kind == "d":
        return bool(token.value < 1000)
    return (
        token.kind == "w"
        and bool(token.meanings.keys() & {"unit", "one", "count", "noise"})
        and "month" not in token.meanings
    )


def _count(token: Token) -> float | None:
    value: Any = token.value if token.kind == "d" and token.value < 1000 else token.meanings.get("count")
    return None if value is None else float(value)


def _means(tokens: Sequence[Token], kind: str) -> bool:
    return any(kind in token.meanings for token in tokens)


def _named_day(tokens: Sequence[Token]) -> Phrase | None:
    """Today, yesterday; unless a date stands there, too (then the word belongs to something else)."""
    back = next((token.meanings["back"] for token in tokens if "back" in token.meanings), None)
    if back is None or any(token.kind in "DY" or "month" in token.meanings for token in tokens):
        return None
    return Phrase(days_back=back)


def _date(tokens: Sequence[Token], clock: Clock | None) -> Phrase | None:
    """A date in numbers or with the name of a month."""
    weekday = next((token.meanings["weekday"] for token in tokens if "weekday" in token.meanings), None)
    for token in tokens:
        if token.kind == "Y":
            year, month, day = token.value
            return Phrase(year=year, month=month, day=day, precision=Precision.DAY if day else Precision.MONTH)
        if token.kind == "D":
            return _in_numbers(token.value, token.shown)
    named = _named_month(tokens)
    if named is None:
        named = next((_pair(token.value) for token in tokens if token.kind == "P"), None)
    return replace(named, weekday=weekday) if named and named.precision is Precision.DAY else named


def _in_numbers(
    numbers: Numbers, first: str, clock: Clock | None = None, precision: Precision = Precision.DAY
) -> Phrase:
    if len(first) < 4:
        return Phrase(numbers=numbers, clock=clock, precision=precision)
    year, month, day = numbers.numbers
    if month > 12:  # nobody writes the day after the year, but then it is one
        month, day = day, month
    return Phrase(year=year, month=month, day=day, clock=clock, precision=precision)


# d a day, y a year, n a number that may be either, m the name of a month, c h o: time of day, half and zone.
_SHAPES = tuple(
    re.compile(shape)
    for shape in ("(?P<y>y)(?P<m>m)(?P<d>[dn])", "(?P<d>[dn])(?P<m>m)(?P<y>[yn])", "(?P<m>m)(?P<d>[dn])[cho]*(?P<y>[yn])",
                  "(?P<d>[dn])(?P<m>m)[cho]*(?P<y>y)", "(?P<m>m)(?P<y>y)", "(?P<y>y)(?P<m>m)", "(?P<d>[dn])(?P<m>m)", "(?P<m>m)(?P<d>[dn])")
)  # fmt: skip


def _named_month(tokens: Sequence[Token]) -> Phrase | None:
    kept = [(letter, token) for at, token in enumerate(tokens) if (letter := _letter(tokens, at))]
    line = "".join(letter for letter, _ in kept)
    match = next((match for shape in _SHAPES if (match := shape.search(line))), None)
    if match is None:
        return None
    said = {name: kept[match.start(name)][1] for name, place in match.groupdict().items() if place}
    year, day = said.get("y"), said.get("d")
    return Phrase(
        year=year.value if year else None,
        month=said["m"].meanings["month"],
        day=day.value if day else None,
        precision=Precision.DAY if day else Precision.MONTH,
    )


def _letter(tokens: Sequence[Token], at: int) -> str:
    token = tokens[at]
    if token.kind in "co":
        return token.kind
    if token.kind == "d":
        if _half(tokens, at) and token.value <= 12 and not any(t.kind == "c" for t in tokens):
            return "c"
        if 1000 <= token.value < 3000:
            return "y"
        width = len(token.shown.lstrip("'’"))
        if token.value > 31 or token.shown[0] in "'’":
            return "y" if width == 2 else ""
        return ("n" if width == 2 else "d") if token.value else ""
    if "month" in token.meanings:
        return "m"
    return "h" if "half" in token.meanings or "zone" in token.meanings else ""


def _pair(said: tuple[int, int, str]) -> Phrase | None:
    """Two numbers: Chinese pages write month and day so ("3-5"), the others day and month ("5/3")."""
    first, second, sign = said
    month, day = (first, second) if (sign in "月-" and first <= 12) or second > 12 else (second, first)
    return Phrase(month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _bare(tokens: Sequence[Token], clock: Clock | None) -> Phrase | None:
    """A day of the week, a time of day or a year that stand alone."""
    weekday = next((token.meanings["weekday"] for token in tokens if "weekday" in token.meanings), None)
    strange = any(token.kind == "x" for token in tokens)
    if weekday is not None and (clock or not strange):
        return Phrase(weekday=weekday)
    if clock and not clock.dotted and not strange:
        return Phrase(days_back=0)
    numbers = [token.value for token in tokens if token.kind == "d"]
    if len(numbers) == 1 and 1900 <= full_year(numbers[0]) <= 2100 and numbers[0] > 1000 and not strange:
        return Phrase(year=numbers[0], precision=Precision.YEAR)
    return None
