"""The moments at which a source is due: its timetable in its time zone, a little later by chance, never in quiet hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casefile.cron import with_named_days
from casefile.settings import ScheduleSettings, SourceSettings
from casefile.timetable import Timetable, read_span, read_timetable, read_zone

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

_LATEST = timedelta(days=366 * 5)
_MOST_JITTER = 4  # at most this part of an interval


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one source is due. `chance` gives numbers from 0 to 1."""

    timetable: Timetable
    zone: ZoneInfo
    quiet: tuple[time, time] | None
    jitter: timedelta
    chance: Callable[[], float]

    def next_after(self, moment: datetime) -> datetime:
        """The next time that the source is due, in UTC, when it was visited at `moment`."""
        due = self._awake(self._planned(moment))
        longest = min(self.jitter, self.timetable.interval / _MOST_JITTER) if self.timetable.interval else self.jitter
        return self._awake(due + longest * self.chance())

    def is_quiet(self, moment: datetime) -> bool:
        """Whether no crawl may begin at this moment."""
        if self.quiet is None:
            return False
        (start, end), local = self.quiet, moment.astimezone(self.zone).time()
        return start <= local < end if start < end else local >= start or local < end

    def _awake(self, moment: datetime) -> datetime:
        """The first moment from this one on that is not quiet."""
        if self.quiet is None or not self.is_quiet(moment):
            return moment
        end, local = self.quiet[1], moment.astimezone(self.zone)
        day = local.date() + timedelta(days=local.time() >= end)
        ends = datetime.combine(day, end, self.zone).astimezone(UTC)
        # Where the clock is set back in the quiet hours their end comes twice.
        return ends if ends > moment else datetime.combine(day, end.replace(fold=1), self.zone).astimezone(UTC)

    def _planned(self, moment: datetime) -> datetime:
        if self.timetable.interval is not None:
            return moment + self.timetable.interval
        found = [_next_of(line, self.zone, moment) for line in self.timetable.crons]
        return min(found)


def calendar_of(source: SourceSettings, case: ScheduleSettings, chance: Callable[[], float]) -> Calendar | None:
    """The calendar of a source; None when it is not scheduled."""
    if source.every is None or source.paused:
        return None
    own = source.schedule
    minutes = case.jitter_minutes if own.jitter_minutes is None else own.jitter_minutes
    return Calendar(
        timetable=read_timetable(source.every),
        zone=read_zone(own.timezone or case.timezone),
        quiet=read_span(own.quiet or case.quiet),
        jitter=timedelta(minutes=minutes),
        chance=chance,
    )


def daily(at: time, zone: ZoneInfo) -> Calendar:
    """Once a day at that time, to the minute."""
    return Calendar(Timetable(crons=(f"{at.minute} {at.hour} * * *",)), zone, None, timedelta(0), lambda: 0.0)


def _next_of(line: str, zone: ZoneInfo, moment: datetime) -> datetime:
    """The first time after `moment` that a line of cron names.

    As in cron(8), a line that names its hours comes once where the clock is set back and those hours come twice; where
    the clock is set forward over it, it comes as much later.
    """
    trigger, hours = _trigger(line, zone), line.split()[1]
    after, latest = moment.astimezone(zone), moment + _LATEST
    while True:
        found = trigger.get_next_fire_time(None, (after + timedelta(microseconds=1)).astimezone(zone))
        if found is None:
            return latest
        due: datetime = found.astimezone(UTC)
        if due > moment and (hours.startswith("*") or not found.fold):
            return due
        after = due


@cache
def _trigger(line: str, zone: ZoneInfo) -> CronTrigger:
    from apscheduler.triggers.cron import CronTrigger

    return CronTrigger.from_crontab(with_named_days(line), timezone=zone)
