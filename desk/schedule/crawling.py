"""The crawls that run now: each a process of its own, watched, and ended when it takes too much."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.records import CrawlOutcome
from desk.schedule.limits import Limits, kill

if TYPE_CHECKING:  # Scrapy is loaded only when something is crawled
    from crawlers.events import CrawlEvent, CrawlResult

_LOOK_EVERY = 5.0  # seconds


@dataclass(slots=True)
class _Running:
    future: Future[CrawlResult]
    limits: Limits
    since: float
    capped: bool = False
    asked: bool = False
    killed: str = ""


class Crawls:
    """Starts crawls and gives back how they ended. Used from one thread only."""

    def __init__(self, folder: Path) -> None:
        from crawlers.run import Crew

        self._crew = Crew(folder, _listen)
        # As many threads as crawls can be allowed; an idle one costs nothing.
        self._pool = ThreadPoolExecutor(64, thread_name_prefix="crawl")
        self._running: dict[str, _Running] = {}
        self._looked = 0.0

    def __len__(self) -> int:
        return len(self._running)

    def __contains__(self, name: object) -> bool:
        return name in self._running

    def start(self, name: str, limits: Limits) -> None:
        """Begin the crawl of a source."""
        self._running[name] = _Running(self._pool.submit(self._crew.crawl, name), limits, time.monotonic())

    def ended(self) -> Iterator[CrawlResult]:
        """How those went that ended since this was asked last."""
        for name, running in list(self._running.items()):
            if running.future.done():
                del self._running[name]
                result = _result(name, running.future)
                yield replace(result, outcome=CrawlOutcome.FAILED, detail=running.killed) if running.killed else result

    def hold_to_limits(self) -> None:
        """End those that take too long or too much."""
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        for name, pid in self._crew.processes().items():
            if (running := self._running.get(name)) is None:
                continue
            if not running.capped:
                running.limits.cap(pid)
                running.capped = True
            seconds = now - running.since
            if (why := running.limits.why_killed(pid, seconds)) and not running.killed:
                running.killed = why
                kill(pid)
            elif running.limits.is_late(seconds) and not running.asked:
                running.asked = True
                self._crew.stop(name)

    def stop(self, patience: float) -> None:
        """Ask all to end, wait, and kill those that do not; what they kept is kept."""
        self._crew.stop()
        deadline = time.monotonic() + patience
        while any(not running.future.done() for running in self._running.values()):
            if time.monotonic() > deadline:
                for pid in self._crew.processes().values():
                    kill(pid)
            time.sleep(0.1)
        self._pool.shutdown()


def _result(name: str, future: Future[CrawlResult]) -> CrawlResult:
    from crawlers.events import CrawlResult

    try:
        return future.result()
    except OSError as error:  # the machine has no process, memory or file left to give
        return CrawlResult(source=name, outcome=CrawlOutcome.FAILED, detail=f"the crawl could not begin ({error})")


def _listen(event: CrawlEvent) -> None:
    """Nobody looks on while a scheduled crawl runs."""
