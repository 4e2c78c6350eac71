"""One kind of chore as the daemon sees it: wanted, running, done, or tried again later."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desk.schedule.chores import Chore, last_words, start_chore
from desk.schedule.clock import Clock
from desk.schedule.limits import kill
from desk.schedule.planning import wait_after

_WITHIN = 900.0  # seconds: it waits for crawls that are due, but not for ever
_LONGEST = timedelta(hours=12).total_seconds()


class FollowUp:
    """What is to be done after crawls, or once a day. `problem` says what went wrong last, in words."""

    def __init__(self, folder: Path, chore: Chore, clock: Clock, say: Callable[[str], None]) -> None:
        self.chore: Chore = chore
        self.problem = ""
        self._folder, self._clock, self._say = folder, clock, say
        self._wanted: float | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._begun = 0.0
        self._failures, self._not_before = 0, float("-inf")

    @property
    def is_open(self) -> bool:
        """Whether it runs, or is wanted now; what failed waits, and is not."""
        return self._process is not None or (self._wanted is not None and not self._failures)

    def want(self) -> None:
        """There is something to do."""
        if self._wanted is None:
            self._wanted = self._clock.steady()

    def look(self, crawls_first: bool) -> bool:
        """Begin what is wanted, see how far it is; True when it was just done."""
        if self._process is not None:
            return self._ended(self._process)
        steady = self._clock.steady()
        if self._wanted is None or steady < self._not_before:
            return False
        if crawls_first and steady - self._wanted < _WITHIN:
            return False
        self._wanted = None  # what comes in from now on wants it again
        self._begun = time.monotonic()
        try:
            self._process = start_chore(self._folder, self.chore, self._clock.now())
        except OSError as error:
            self._fail(str(error))
        return False

    def stop(self, patience: float) -> None:
        """End it gently; what it left is done the next time."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            kill(self._process.pid)
            self._process.wait()

    def _ended(self, process: subprocess.Popen[bytes]) -> bool:
        code = process.poll()
        if code is None:
            if time.monotonic() - self._begun > _LONGEST:
                kill(process.pid)
            return False
        self._process = None
        said = last_words(self._folder, self.chore)
        if code:
            self._fail(said)
            return False
        self._failures, self.problem, self._not_before = 0, "", float("-inf")
        self._say(f"{self.chore}: {said}")
        return True

    def _fail(self, why: str) -> None:
        self._failures += 1
        wait = wait_after(self._failures)
        self.want()
        self._not_before = self._clock.steady() + wait.total_seconds()
        self.problem = f"{self.chore}: {why} (logs/{self.chore}.log)"
        self._say(f"{self.problem}; tried again in {wait}")
