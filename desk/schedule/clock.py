"""The time as the schedule sees it; tests hand in clocks of their own."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, and how to wait."""

    def now(self) -> datetime:
        """The time of the day, aware, in UTC; it may jump."""

    def steady(self) -> float:
        """Seconds that never jump back, from any beginning; they stand still while the machine sleeps, on Linux."""

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass."""


class MachineClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The time of the day, aware, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass."""
        time.sleep(seconds)


class Jumps:
    """Notices where the time of the day was set, or stood still while the machine slept."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = (clock.now(), clock.steady())

    def since_last(self, now: datetime) -> timedelta:
        """By how much the time jumped since this was asked last; small differences are none."""
        then, steady = self._last
        self._last = (now, self._clock.steady())
        jumped = (now - then).total_seconds() - (self._last[1] - steady)
        return timedelta(seconds=round(jumped)) if abs(jumped) > _SMALL else timedelta(0)


_SMALL = 60.0  # seconds
