"""Long work started from the page: the documented commands in processes of their own, which outlive a closed page."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from casefile.children import child_environment
from casefile.errors import CaseError, NotFound

_LINES = 400  # of a job's output that are kept
_MOST = 4  # jobs at once
_PATIENCE = 20.0  # seconds that a job has to stop cleanly


@dataclass(slots=True)
class Job:
    """One command that runs or ran. `code` is its exit code, None while it runs."""

    number: int
    words: str
    command: tuple[str, ...]
    begun_at: datetime
    process: subprocess.Popen[str]
    code: int | None = None
    stopped: bool = False
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES))

    @property
    def is_running(self) -> bool:
        """Whether it still runs."""
        return self.code is None


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

    def start(self, words: str, arguments: Sequence[str]) -> Job:
        """Start `jejak` with arguments; raises CaseError while the same runs already, or too many do."""
        command = ("jejak", *arguments)
        if any(job.command == command for job in self.running()):
            raise CaseError("This is being done already.", "Wait for it, or stop it first.")
        if len(self.running()) >= _MOST:
            raise CaseError(f"{_MOST} things are being done already.", "Wait until one of them is done.")
        process = subprocess.Popen(
            [sys.executable, "-m", "desk", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**child_environment(), "COLUMNS": "160", "NO_COLOR": "1"},
        )
        job = Job(next(self._numbers), words, command, datetime.now(UTC), process)
        self._jobs[job.number] = job
        threading.Thread(target=_follow, args=(job,), daemon=True).start()
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
            job.process.terminate()
        for job in self.running():
            try:
                job.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                job.process.kill()


def _follow(job: Job) -> None:
    assert job.process.stdout is not None
    for line in job.process.stdout:
        job.lines.append(line.rstrip("\n"))
    job.code = job.process.wait()
