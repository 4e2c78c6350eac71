"""Long work started from the page: the documented commands in processes of their own, which outlive a closed page."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from casefile.children import child_environment
from casefile.errors import CaseError, NotFound
from desk.progress_lines import VARIABLE, Advance, from_line

_LINES = 400  # of a job's output that are kept
_MOST = 4  # jobs at once
_PATIENCE = 20.0  # seconds that a job has to stop cleanly
_THINGS = 200  # whose progress is kept of one job
Command = tuple[str, ...]


def _nothing() -> None:
    """Nothing is to be done."""


@dataclass(slots=True)
class Job:
    """Commands that run one after the other. `code` is the exit code, None while one runs; `told` how far things are."""

    number: int
    words: str
    about: str
    commands: tuple[Command, ...]
    begun_at: datetime
    process: subprocess.Popen[str]
    afterwards: Callable[[], None] = _nothing
    code: int | None = None
    stopped: bool = False
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES))
    told: dict[str, Advance] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """Whether it still runs."""
        return self.code is None

    def follow(self) -> None:
        """Gather what its commands say until the last has ended, or one has failed."""
        code = self._listen()
        for command in self.commands[1:]:
            if code or self.stopped:
                break
            self.process = _run(command)
            code = self._listen()
        try:
            self.afterwards()
        finally:
            self.code = code

    def _listen(self) -> int:
        assert self.process.stdout is not None
        if self.stopped:  # asked to stop just as it began
            self.process.terminate()
        for line in self.process.stdout:
            advance = from_line(line)
            if advance is None:
                self.lines.append(line.rstrip("\n"))
            elif advance.what in self.told or len(self.told) < _THINGS:
                self.told[advance.what] = advance
        return self.process.wait()


class Jobs:
    """The jobs of one running page, the latest last."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)

    def all(self) -> list[Job]:
        """Every job, the latest first."""
        return list(self._jobs.values())[::-1]

    def running(self) -> list[Job]:
        """Those that still run."""
        return [job for job in self.all() if job.is_running]

    def start(
        self, words: str, *commands: Sequence[str], about: str = "", afterwards: Callable[[], None] = _nothing
    ) -> Job:
        """Start `jejak` with the arguments of each command, one after the other, until one fails; `afterwards` always runs.

        Raises CaseError while the same runs already, or too many do.
        """
        arguments = tuple(map(tuple, commands))
        if any(job.commands == arguments for job in self.running()):
            raise CaseError("This is being done already.", "Wait for it, or stop it first.")
        if len(self.running()) >= _MOST:
            raise CaseError(f"{_MOST} things are being done already.", "Wait until one of them is done.")
        job = Job(next(self._numbers), words, about, arguments, datetime.now(UTC), _run(arguments[0]), afterwards)
        self._jobs[job.number] = job
        threading.Thread(target=job.follow, daemon=True).start()
        return job

    def stop(self, number: int) -> None:
        """Ask a job to end: what it kept stays kept. Raises NotFound for an unknown one."""
        if number not in self._jobs:
            raise NotFound("There is no such job.", "Look at the list of what is being done.")
        job = self._jobs[number]
        if job.is_running:
            job.stopped = True
            job.process.terminate()

    def stop_all(self) -> None:
        """Stop what still runs, and wait for it."""
        for job in self.running():
            job.stopped = True
            job.process.terminate()
        for job in self.running():
            try:
                job.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                job.process.kill()


def _run(command: Command) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desk", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**child_environment(), "COLUMNS": "160", "NO_COLOR": "1", VARIABLE: "lines"},
    )
