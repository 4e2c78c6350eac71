"""What a crawl may use, and how it is ended when it takes more: with every process that it started."""

from __future__ import annotations

import resource
from contextlib import suppress
from dataclasses import dataclass

import psutil

_GRACE = 300.0  # seconds over the time that a crawl gives itself; then it is asked to end
_PATIENCE = 60.0  # seconds later it is killed
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Memory of all its processes together, and seconds until a crawl is asked to end; then it is killed."""

    memory_mb: int
    seconds: float
    browser: bool = False

    @classmethod
    def of(cls, memory_mb: int, minutes: float, *, browser: bool) -> Limits:
        """For a crawl that should last no longer than `minutes`."""
        return cls(memory_mb, minutes * 60 + _GRACE, browser)

    def cap(self, pid: int) -> None:
        """Let the system itself refuse more memory, where it can and no browser needs its own way with it."""
        if hasattr(resource, "prlimit") and not self.browser:
            with suppress(OSError):  # the process may have ended already
                limit = self.memory_mb * _MB
                resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))

    def is_late(self, seconds: float) -> bool:
        """Whether a crawl that lasts so long should be asked to end."""
        return seconds > self.seconds

    def why_killed(self, pid: int, seconds: float) -> str:
        """Why the crawl must be killed now, in words; empty when it need not."""
        if seconds > self.seconds + _PATIENCE:
            return f"it did not end after {self.seconds / 60:.0f} minutes and was killed; see gentle.max_minutes"
        used = memory_of(pid) / _MB
        if used > self.memory_mb:
            return f"it took {used:,.0f} MB of memory and was killed; schedule.memory_mb allows {self.memory_mb:,}"
        return ""


def memory_of(pid: int) -> int:
    """The bytes that a process and all that it started use; what they share is counted once, where that can be told."""
    return sum(map(_memory, family_of(pid)))


def kill(pid: int) -> None:
    """End a process and all that it started, at once."""
    for process in family_of(pid):
        with suppress(psutil.Error):
            process.kill()


def family_of(pid: int) -> list[psutil.Process]:
    """A process and all that it started, as far as they are there."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


def _memory(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        told = process.memory_full_info()
        return int(getattr(told, "pss", 0) or told.rss)
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0
