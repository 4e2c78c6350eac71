"""Crawl sources side by side, one process each, so that a crash of one is nothing to the others."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from casefile.children import child_environment
from casefile.records import CrawlOutcome
from crawlers.events import CrawlEvent, CrawlResult, from_line

_LAST_WORDS = 2_000
_PATIENCE = 10.0


def crawl_sources(
    case_folder: Path, names: Sequence[str], *, parallel: int, on_event: Callable[[CrawlEvent], None]
) -> list[CrawlResult]:
    """Crawl sources of a case, `parallel` at a time; one result for each name, in their order.

    `on_event` is called from one thread at a time. An interrupt (Ctrl-C, SIGTERM) ends all crawls gently: what was
    read is kept, and their outcome is "stopped".
    """
    crew = Crew(case_folder, on_event)
    with crew.stopped_by_signals(), ThreadPoolExecutor(max(1, parallel), thread_name_prefix="crawl") as pool:
        return list(pool.map(crew.crawl, names))


class Crew:
    """The processes that crawl, one a source, and how they are told to stop."""

    def __init__(self, folder: Path, on_event: Callable[[CrawlEvent], None]) -> None:
        self._folder, self._on_event = folder, on_event
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._lock = threading.Lock()
        self._stopping = False

    def crawl(self, name: str) -> CrawlResult:
        """Crawl one source to its end, whatever that is."""
        with self._lock:
            if self._stopping:
                return CrawlResult(source=name, outcome=CrawlOutcome.STOPPED, detail="stopped before it began")
            process = self._start(name)
        last = CrawlEvent(source=name, kind="begun")
        said, complaints = process.stdout, process.stderr
        assert said is not None and complaints is not None  # both are pipes
        words: list[str] = []
        listener = threading.Thread(target=lambda: words.append(_end_of(complaints)), daemon=True)
        listener.start()
        for line in said:
            if (event := from_line(line)) is not None:
                last = event
                with self._lock:
                    self._on_event(event)
        code = process.wait()
        listener.join(_PATIENCE)  # a browser that outlives its crawl may hold the pipe open
        with self._lock:
            self._processes.pop(name, None)
        return self._result(name, last, code, "".join(words))

    @contextmanager
    def stopped_by_signals(self) -> Iterator[None]:
        """While this is open, Ctrl-C and SIGTERM stop the crawls instead of this process."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        former = {number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    def stop(self, name: str | None = None) -> None:
        """End the crawl of a source gently, or all of them, and let none begin: what was read is kept."""
        self._stopping = self._stopping or name is None
        for source, process in tuple(self._processes.items()):
            if name in (None, source) and process.poll() is None:
                process.terminate()

    def processes(self) -> dict[str, int]:
        """The processes that crawl now, by the names of their sources."""
        return {name: process.pid for name, process in tuple(self._processes.items())}

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stop()

    def _start(self, name: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "crawlers.one", str(self._folder), name, "--with-parent"],
            stdin=subprocess.PIPE,  # its end tells the child that we died
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=child_environment(),
            start_new_session=True,  # Ctrl-C reaches only us: we stop them gently, once
        )
        self._processes[name] = process
        return process

    def _result(self, name: str, last: CrawlEvent, code: int, words: str) -> CrawlResult:
        outcome, detail = last.outcome, last.message
        if outcome is None:  # it ended without a word of its own
            outcome, detail = _ended(name, code, words)
            with self._lock:
                self._on_event(CrawlEvent(source=name, kind="ended", outcome=outcome, message=detail))
        return CrawlResult(
            source=name,
            outcome=outcome,
            pages=last.pages,
            posts=last.posts,
            problems=last.problems,
            gone=last.gone,
            detail=detail,
            alarm=last.alarm,
        )


def _ended(name: str, code: int, words: str) -> tuple[CrawlOutcome, str]:
    """What became of a crawl that did not tell, by its exit code and its last words."""
    if code in (0, -signal.SIGTERM):
        return CrawlOutcome.STOPPED, "stopped before it read anything"
    said = words.strip().splitlines()
    return (
        CrawlOutcome.FAILED,
        f"the crawl broke off (exit code {code}): {said[-1] if said else f'see logs/{name}.log'}",
    )


def _end_of(stream: IO[str]) -> str:
    """The last of what a process says, however much that is."""
    said = ""
    while block := stream.read(_LAST_WORDS):
        said = (said + block)[-_LAST_WORDS:]
    return said
