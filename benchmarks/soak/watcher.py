"""`jejak watch` on a fast clock, as a process of its own: `python -m benchmarks.soak.watcher CASE`.

It writes a line of JSON for everything that it says, with the time of its clock.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from casefile.atomic import write_text
from desk.schedule.daemon import Daemon

_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_BEAT = 0.05  # seconds of real time that a wait takes
_FAST = 600.0  # seconds that then go by on the clock, when nothing runs


class FastClock:
    """Seconds go by as they do while a crawl or chore runs, and 10 minutes at each look while none does.

    What it shows is kept in a file, so that the next watcher goes on there; `jump` beside it, in seconds, sets the time
    of the day once, as a person would.
    """

    def __init__(self, file: Path) -> None:
        self._file, self._jump = file, file.with_name("jump")
        shown: tuple[float, float] = json.loads(file.read_text()) if file.is_file() else (0.0, 0.0)
        self._steady, self._off = shown
        self._me, self._last = psutil.Process(), time.monotonic()

    def now(self) -> datetime:
        """The time of the day."""
        return _BEGINNING + timedelta(seconds=self.steady() + self._off)

    def steady(self) -> float:
        """Seconds since the soak began, as far as a watcher lived."""
        return self._steady

    def wait(self, seconds: float) -> None:
        """Let time go by: little of ours, much of its own."""
        time.sleep(_BEAT)
        passed, self._last = time.monotonic() - self._last, time.monotonic()
        self._steady += passed if self._me.children() else _FAST
        if self._jump.is_file():
            self._off += float(self._jump.read_text())
            self._jump.unlink()
        write_text(self._file, json.dumps([self._steady, self._off]))


def main(case: Path) -> None:
    """Watch until SIGTERM."""
    clock = FastClock(case.with_name("clock.json"))

    def say(line: str) -> None:
        print(json.dumps({"at": clock.now().isoformat(), "steady": clock.steady(), "line": line}), flush=True)

    Daemon(case, say, clock).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
