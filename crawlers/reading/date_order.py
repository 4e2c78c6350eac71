"""Which of three numbers is the day: the order of the dates of one file or one page, found out over all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

_EAST_ASIA = ("zh", "ja", "ko")


class DateOrder(StrEnum):
    """How dates of digits are written."""

    DAY_MONTH = "day/month"
    MONTH_DAY = "month/day"
    YEAR_MONTH = "year/month/day"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A date of three numbers as it is written, with its time of day where one stands beside it."""

    numbers: tuple[int, int, int]
    padded: bool = False
    sign: str = "/"
    hour: int | None = None
    minute: int = 0
    english_half: bool = False

    def ordered(self, order: DateOrder) -> tuple[int, int, int] | None:
        """Year, month and day, if they can stand in this order."""
        a, b, c = self.numbers
        if order is DateOrder.YEAR_MONTH:
            year, month, day = a, b, c
        else:
            year, month, day = (c, b, a) if order is DateOrder.DAY_MONTH else (c, a, b)
        year = full_year(year)
        return (year, month, day) if 1970 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31 else None

    @property
    def looks_american(self) -> bool:
        """Phones set to American English write 7/4/26, 9:05 PM; forums made there write 07-04-2026, 09:05 PM."""
        slashes = self.sign == "/" and self.numbers[2] < 100 and not self.padded
        return self.english_half and (slashes or (self.sign == "-" and self.numbers[2] > 100))


def full_year(year: int) -> int:
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
    _american: int = 0

    def see(self, date: Numbers) -> None:
        """Count one date, in the order of the file."""
        self._seen += 1
        self._american += date.looks_american
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

    def order(self, region: str | None = None, language: str | None = None) -> tuple[DateOrder, str]:
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
        usual = self._usual(region, language)
        chosen = usual if usual in possible else possible[0]
        return chosen, "the file does not tell; this is the usual order for such files"

    def _is_steady(self, order: DateOrder) -> bool:
        """Whether nearly all steps go forward, or nearly all back (a table may begin with the newest)."""
        back = self._steps_back[order]
        return min(back, self._seen - 1 - back) * 50 <= self._seen

    def _usual(self, region: str | None, language: str | None) -> DateOrder:
        if region == "us" or (region is None and self._american * 2 > self._seen):
            return DateOrder.MONTH_DAY
        in_east_asia = region in ("cn", "tw", "jp", "kr") or (region is None and language in _EAST_ASIA)
        return DateOrder.YEAR_MONTH if in_east_asia else DateOrder.DAY_MONTH
