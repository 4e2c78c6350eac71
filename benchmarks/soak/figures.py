"""What a watcher uses and what a case weighs, while it is soaked; and whether a source was missed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_HOUR = 3_600.0
_INTERVAL, _LATE = 6.0, 1.2  # hours: every 6 hours; jitter, and what it waits for others, on a clock that is fast
_LONGEST_WAIT = 24.0  # hours, when a source fails and fails


@dataclass(frozen=True)
class Run:
    """One scheduled crawl that ended, at a second of the steady clock."""

    source: str
    steady: float
    failed: bool


@dataclass(frozen=True)
class Weight:
    """What was used and kept when so many runs were done. MB are 10^6 bytes."""

    runs: int
    memory_mb: float
    handles: int
    threads: int
    temporary: int
    parts: int
    database_mb: float
    warc_mb: float
    warc_files: int
    journal_lines: int
    manifest_lines: int

    def __str__(self) -> str:
        return (
            f"{self.runs:5} runs: {self.memory_mb:6.1f} MB, {self.handles:3} handles, {self.threads:3} threads, "
            f"{self.temporary} temporary and {self.parts} half-written files; database {self.database_mb:.2f} MB, WARC "
            f"{self.warc_mb:.2f} MB in {self.warc_files} files, {self.manifest_lines} lines of manifest, {self.journal_lines} of journal"
        )


def weigh(watcher: psutil.Process, case: Path, temporary: Path, runs: int) -> Weight:
    """What the watcher uses now, and what the case weighs."""
    warcs = list((case / "evidence").glob("*.warc.gz"))
    with watcher.oneshot():
        memory, handles, threads = watcher.memory_info().rss, watcher.num_fds(), watcher.num_threads()
    return Weight(
        runs=runs,
        memory_mb=memory / 1e6,
        handles=handles,
        threads=threads,
        temporary=sum(1 for _ in temporary.iterdir()),
        parts=sum(1 for _ in case.rglob(".*.part")),
        database_mb=sum(path.stat().st_size for path in case.glob("case.db*")) / 1e6,
        warc_mb=sum(path.stat().st_size for path in warcs) / 1e6,
        warc_files=len(warcs),
        journal_lines=_lines(case / "journal.jsonl"),
        manifest_lines=_lines(case / "evidence" / "manifest.jsonl"),
    )


def missed(runs: Sequence[Run], sources: Sequence[str], until: float) -> Iterator[str]:
    """Where a source waited longer for its next run than it should, in words."""
    for source in sources:
        own = [run for run in runs if run.source == source]
        before = Run(source, 0.0, failed=False)
        for run in [*own, Run(source, until, failed=False)]:
            hours = (run.steady - before.steady) / _HOUR
            if hours > (_LONGEST_WAIT if before.failed else _INTERVAL) + _LATE:
                yield f"{source} was not crawled for {hours:.1f} hours, from hour {before.steady / _HOUR:.1f} on"
            before = run


def left_alive(case: Path) -> list[str]:
    """Processes of the case that are still there, and dead ones that nobody took notice of."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.pid != os.getpid() and str(case) in process.cmdline():
                found.append(f"{process.pid} {' '.join(process.cmdline())[:120]}")
    dead = (child for child in psutil.Process().children(recursive=True) if child.status() == psutil.STATUS_ZOMBIE)
    return [*found, *(f"{child.pid} is a zombie" for child in dead)]


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0
