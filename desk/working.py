"""Reading and connecting a case, with progress shown."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from casefile.case import Case
from desk import terminal


@dataclass(frozen=True, slots=True)
class Work:
    """What one `process` did. Seconds are wall time."""

    posts_read: int
    read_seconds: float
    actors: int
    links: int
    networks: int
    connect_seconds: float


_WORTH_A_PROCESS = 1_500  # posts; below, starting a process takes longer than reading them


def process(case: Case, workers: int | None) -> Work:
    """Read what is not read yet, then connect all of it; without `workers`, as many processes as are worth starting."""
    from graph.connect import connect_case
    from pipeline.process import process_case
    from pipeline.version import reading_version

    start = time.monotonic()
    if workers is None:
        workers = min(_cores(), 1 + case.store.count_unread(reading_version()) // _WORTH_A_PROCESS)
    with terminal.progress("Reading", "posts") as progress:
        read = process_case(case, workers=workers, progress=progress)
    middle = time.monotonic()
    with terminal.progress("Connecting", "posts") as progress:
        made = connect_case(case, progress)
    end = time.monotonic()
    case.audit("process", posts_read=read, networks=made.networks)
    return Work(read, middle - start, made.actors, made.links, made.networks, end - middle)


def show(work: Work, as_json: bool) -> None:
    """Tell what was done."""
    if as_json:
        names = ("posts_read", "read_seconds", "actors", "links", "networks", "connect_seconds")
        terminal.say_json({"process": {name: getattr(work, name) for name in names}})
        return
    terminal.say(f"Read {work.posts_read:,} posts in {work.read_seconds:.1f} s.")
    terminal.say(
        f"Connected: {work.actors:,} actors, {work.links:,} links, {work.networks:,} networks ({work.connect_seconds:.1f} s)."
    )


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
