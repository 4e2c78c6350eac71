"""Disks, clocks, memory, files and sources that fail: each is done to a case, told, and then the case goes on.

Nothing of it may need more than the same commands once more, or `jejak doctor --mend`.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.torture.stages import make, run, run_whole, start, write_given
from benchmarks.torture.told import Told
from casefile.children import child_environment
from desk.demo.web import DemoWeb

_STAGES = ("crawl", "import", "process", "export")


@dataclass(frozen=True)
class _Trial:
    """What every fault is tried with."""

    web: DemoWeb
    folder: Path
    given: Sequence[Path]
    right: Told

    def make(self, name: str, inside: Path | None = None) -> Path:
        return make(self.web, (inside or self.folder) / name, small=True)

    def whole(self, case: Path) -> list[str]:
        """Go on as if nothing had been; then tell what is not as it should be."""
        run_whole(case, self.given, _STAGES)
        return self.right.unlike(case)


def try_all(web: DemoWeb, folder: Path, only: str, side_by_side: int) -> list[str]:
    """Try every fault, or those of a name; prints a line for each, and returns in words what was lost."""
    folder.mkdir()
    given = write_given(folder / "given")[:3]
    undisturbed = make(web, folder / "undisturbed", small=True)
    run_whole(undisturbed, given, _STAGES)
    trial = _Trial(web, folder, given, Told.of(undisturbed))

    def try_one(fault: Callable[[_Trial], Iterator[str]]) -> list[str]:
        found = list(fault(trial))
        print(f"{_name(fault)}: {len(found)} losses", *found[:20], sep="\n  ", flush=True)
        return found

    with ThreadPoolExecutor(side_by_side) as pool:
        results = list(pool.map(try_one, [fault for fault in _FAULTS if only in _name(fault)]))
    return [line for found in results for line in found]


def _name(fault: Callable[[_Trial], Iterator[str]]) -> str:
    return fault.__name__.strip("_").replace("_", " ")


def _full_disk(trial: _Trial) -> Iterator[str]:
    """Every stage on a disk that grows until it suffices: 1 MB, and a half more each time."""
    with _small_disk(trial.folder / "disk", 1) as disk:
        case, size, full = trial.make("case", disk), 1.0, 0
        for stage in _STAGES:
            for file in trial.given if stage == "import" else trial.given[:1]:
                while not (said := run(case, stage, file)).startswith("0:") or "disk is full" in said:
                    yield from _unclear(stage, said, "disk is full")
                    full, size = full + 1, size * 1.5
                    _remount(disk, f"size={int(size * 1024)}k")
                    if size > 500:
                        yield f"full disk: {stage} never ended: {said}"
                        return
        print(f"  the disk was full {full} times")
        _remount(disk, "size=500m")
        yield from trial.whole(case)


def _read_only_disk(trial: _Trial) -> Iterator[str]:
    """Nothing can be written: every stage says so; what only reads goes on, without a word of harm."""
    with _small_disk(trial.folder / "shut", 200) as disk:
        case = trial.make("shut", disk)
        run_whole(case, trial.given[:1], ("crawl", "process"))
        before = _bytes_of(case)
        _remount(disk, "ro")
        for stage in _STAGES:
            said = run(case, stage, trial.given[1])
            if said.startswith("0:"):
                yield f"read-only disk: {stage} says that it was done: {said}"
            yield from _unclear(stage, said, "ead-only", "cannot be")
        if _bytes_of(case) != before:
            yield "read-only disk: something was written"
        _remount(disk, "rw")
        yield from trial.whole(case)


def _clock_set_back(trial: _Trial) -> Iterator[str]:
    """Killed in a crawl; then the clock is a year behind, for a crawl, a file and reading; then it is right again."""
    case = trial.make("clock")
    crawl = start(case, "crawl")
    _wait_for_posts(case)
    crawl.kill()
    crawl.communicate()
    behind = _clock(trial.folder / "clocks", days=-365)
    for stage in ("crawl", "import", "process", "export"):
        said = run(case, stage, trial.given[0], behind)
        if not said.startswith("0:"):
            yield f"clock set back: {stage} failed with {said}"
    # By the wrong clock posts are of the future, so their times are not believed: they are kept once more without, and
    # once more with them.
    yield from (line for line in trial.whole(case) if ": captured " not in line)


def _many_at_once(trial: _Trial) -> Iterator[str]:
    """Two crawls, two imports of one file, one of another, two readings and an export, all on one case, at one time."""
    case = trial.make("many")
    todo = [("crawl", 0), ("crawl", 0), ("import", 0), ("import", 0), ("import", 1), ("process", 0), ("process", 0)]
    running = [(stage, start(case, stage, trial.given[file])) for stage, file in [*todo, ("export", 0)]]
    for stage, process in running:
        said, _ = process.communicate(timeout=900)
        if process.returncode:
            yield from _unclear(stage, f"{process.returncode}: {said}", "already", "in use")
    yield from trial.whole(case)


def _half_written_warc(trial: _Trial) -> Iterator[str]:
    """What a power loss leaves behind a WARC file's counted end: noise, zeros, half a record."""
    case = trial.make("warc")
    run_whole(case, trial.given[:1], ("crawl", "process"))
    for number, path in enumerate(sorted((case / "evidence").glob("*.warc.gz"))):
        tail = (random.Random(number).randbytes(5_000), bytes(4_096), path.read_bytes()[:700])[number % 3]
        with path.open("ab") as file:
            file.write(tail)
    yield from trial.whole(case)


def _damaged_database(trial: _Trial) -> Iterator[str]:
    """Noise over it, its beginning gone, its end gone, itself gone: it is made again from the evidence."""
    for number, harm in enumerate(_HARMS):
        case = trial.make(f"database{number}")
        run_whole(case, trial.given[:1], ("crawl", "process"))
        harm(case / "case.db")
        for path in case.glob("case.db-*"):
            path.unlink()
        said = run(case, "process")
        if not said.startswith("0:"):
            yield from _unclear("process", said, "damaged")
        mended = subprocess.run(
            [sys.executable, "-m", "desk", "doctor", str(case), "--mend"],
            capture_output=True, text=True, env=child_environment(),
        )  # fmt: skip
        if mended.returncode not in (0, 1) or "mistake" in mended.stderr:
            yield f"damaged database: the doctor failed: {mended.stdout} {mended.stderr}"
        yield from trial.whole(case)


def _no_memory(trial: _Trial) -> Iterator[str]:
    """Every stage with less and less of the machine's memory."""
    case, ended = trial.make("memory"), 0
    for megabytes in (150, 300, 500):
        for stage in _STAGES:
            said = _with_memory(case, stage, trial.given[0], megabytes)
            ended += not said.startswith("0:")
    print(f"  {ended} commands were ended for want of memory")
    yield from trial.whole(case)


def _hanging_source(trial: _Trial) -> Iterator[str]:
    """One site takes every connection and never answers: the others are kept, and it is told."""
    case = trial.make("hanging")
    with _silent_site() as port:
        text = (case / "sources" / "id_demo_kerja.yml").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith(("url:", "title:", "gentle:"))]
        more = [f'url: "http://127.0.0.1:{port}/"', "title: Hanging", "gentle: {timeout: 3, max_minutes: 1}"]
        (case / "sources" / "xx_hanging.yml").write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
        said = run(case, "crawl")
        if "xx_hanging" not in said or "failed" not in said:
            yield f"hanging source: it was not told: {said}"
    (case / "sources" / "xx_hanging.yml").unlink()
    yield from trial.whole(case)


_FAULTS: tuple[Callable[[_Trial], Iterator[str]], ...] = (
    _full_disk, _read_only_disk, _clock_set_back, _many_at_once, _half_written_warc, _damaged_database, _no_memory,
    _hanging_source,
)  # fmt: skip


def _unclear(stage: str, said: str, *words: str) -> Iterator[str]:
    """What a stage said must be a sentence that names the fault, not a mistake of ours."""
    if "Traceback" in said or "made a mistake" in said or not any(word in said for word in words):
        yield f"{stage}: nobody understands what it said: {said[-600:]}"


@contextmanager
def _small_disk(disk: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory of a size of its own; needs the right to mount."""
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def _remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


def _bytes_of(case: Path) -> dict[Path, int]:
    kept = [case / "case.db", case / "journal.jsonl", *(case / "evidence").rglob("*")]
    return {path: path.stat().st_size for path in kept if path.is_file()}


def _clock(folder: Path, days: int) -> dict[str, str]:
    """An environment in which Python's clock is so many days off."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_CLOCK.format(days=days), encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


_CLOCK = """
import datetime, time
_off, _time, _now = datetime.timedelta(days={days}), time.time, datetime.datetime.now
class _Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        told = _now(tz) + _off
        return cls(*told.timetuple()[:6], told.microsecond, told.tzinfo)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.UTC).replace(tzinfo=None)
datetime.datetime = _Datetime
time.time = lambda: _time() + _off.total_seconds()
"""


def _wait_for_posts(case: Path) -> None:
    """Until a crawl has kept something."""
    manifest = case / "evidence" / "manifest.jsonl"
    while not manifest.is_file() or b'"type":"page"' not in manifest.read_bytes().replace(b" ", b""):
        pass


def _noise(path: Path) -> None:
    data, chance = bytearray(path.read_bytes()), random.Random(1)
    for _ in range(len(data) // 100):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)


def _no_beginning(path: Path) -> None:
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])


def _no_end(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _gone(path: Path) -> None:
    path.unlink()


_HARMS = (_noise, _no_beginning, _no_end, _gone)


def _with_memory(case: Path, stage: str, given: Path, megabytes: int) -> str:
    """A stage of which no process may have more memory than so much."""
    limited = ["sh", "-c", 'ulimit -v "$1"; shift; exec "$@"', "sh", str(megabytes * 1000)]
    command = [sys.executable, "-m", "desk", stage, str(case), *([str(given)] if stage == "import" else [])]
    ended = subprocess.run([*limited, *command], capture_output=True, text=True, timeout=900, env=child_environment())
    return f"{ended.returncode}: {ended.stdout}{ended.stderr}"


@contextmanager
def _silent_site() -> Iterator[int]:
    """A port that takes connections and says nothing, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        open_here: list[socket.socket] = []

        def listen() -> None:
            try:
                while True:
                    open_here.append(server.accept()[0])
            except OSError:
                return  # the block ended

        threading.Thread(target=listen, daemon=True).start()
        try:
            yield server.getsockname()[1]
        finally:
            for connection in open_here:
                connection.close()
