"""Lines of cron(8) as APScheduler understands them: its week begins on Monday, and a line means all that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

WEEK = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_SOME_DAY = datetime(2024, 1, 1, tzinfo=UTC)


def checked_lines(fields: Sequence[str]) -> tuple[str, ...]:
    """The line or lines that five fields mean; where they name days twice, either will do, as in cron(8).

    Raises ValueError for what cannot be understood, or never comes.
    """
    from apscheduler.triggers.cron import CronTrigger  # only who has such a source waits for it

    minute, hour, day, month, weekday = fields
    line = f"{minute} {hour} {day} {month}"
    either = not day.startswith("*") and not weekday.startswith("*")
    lines = (f"{line} *", f"{minute} {hour} * {month} {weekday}") if either else (f"{line} {weekday}",)
    for one in lines:
        try:
            trigger = CronTrigger.from_crontab(with_named_days(one), timezone=UTC)
        except (ValueError, IndexError) as error:
            raise ValueError(f"five fields of cron, minute hour day month weekday ({error})") from error
        if trigger.get_next_fire_time(None, _SOME_DAY) is None:
            raise ValueError("a day that exists")
    return lines


def with_named_days(line: str) -> str:
    """A line of cron for APScheduler, whose week begins on Monday where that of cron(8) begins on Sunday (0 and 7)."""
    *fields, weekday = line.split()
    return " ".join([*fields, ",".join(part for one in weekday.split(",") for part in _named_days(one))])


def _named_days(part: str) -> Iterator[str]:
    span, _, step = part.partition("/")
    first, _, last = span.partition("-")
    if part == "*":
        yield part
        return
    start = 0 if span == "*" else _day_number(first)
    end = 6 if span == "*" else _day_number(last) if last else 6 if step else start
    for number in range(start, (end if end >= start else end + 7) + 1, int(step or 1)):
        yield WEEK[number % 7][:3]


def _day_number(name: str) -> int:
    """0 is Sunday, and so is 7."""
    if name.isascii() and name.isdecimal() and int(name) <= 7:
        return int(name)
    return [day[:3] for day in WEEK].index(name.casefold())
