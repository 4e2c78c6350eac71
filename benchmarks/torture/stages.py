"""The stages that are tortured: how each is begun, run to its end, and killed; and the files that are given."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.kill import make_case
from casefile.case import Case
from casefile.children import child_environment
from casefile.settings import ElasticSettings
from casefile.settings_files import write_case_settings
from desk.demo.web import DemoWeb

# Reading and connecting are one command, `process`; apart they are killed where a kill of the whole hardly meets them.
STAGES = ("crawl", "import", "process", "read", "graph", "index", "export")
_SMALL = ("id_demo_kerja", "th_demo_haiwai", "vn_demo_quick")
_FILES, _POSTS_A_FILE = 12, 60
_TOWNS = ("Medan", "Batam", "Manado", "Pontianak", "Surabaya")
_LONGEST = 900.0  # seconds for a stage that runs to its end


def start(
    case: Path, stage: str, given: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """A stage as an investigator runs it; both its outputs can be read as one."""
    apart = ["-m", "benchmarks.torture.told", stage, str(case)]
    command = ["-m", "desk", stage, str(case), *([str(given)] if given and stage == "import" else [])]
    return subprocess.Popen(
        [sys.executable, *(apart if stage in ("read", "graph") else command)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        start_new_session=True, env={**child_environment(), **(environment or {})},
    )  # fmt: skip


def run(case: Path, stage: str, given: Path | None = None, environment: Mapping[str, str] | None = None) -> str:
    """One stage to its end; returns what it said, its exit code first."""
    process = start(case, stage, given, environment)
    said, _ = process.communicate(timeout=_LONGEST)
    return f"{process.returncode}: {said}"


def run_whole(case: Path, given: Sequence[Path], stages: Sequence[str]) -> dict[str, float]:
    """Each stage to its end; returns the seconds of one run of each. Ends the program when one fails."""
    seconds: dict[str, float] = {}
    for stage in stages:
        for file in given if stage == "import" else given[:1]:
            begun = time.monotonic()
            said = run(case, stage, file)
            if not said.startswith("0:"):
                sys.exit(f"{stage} of {case.name} failed with {said}")
            seconds[stage] = time.monotonic() - begun
    return seconds


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """SIGKILL to a command and all that it started, after so many seconds; False when it had ended before."""
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)
        return False
    children: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    process.communicate()  # before psutil waits: whoever waits first is told how it ended
    psutil.wait_procs(children)
    return process.returncode == -signal.SIGKILL


def make(web: DemoWeb, folder: Path, server: str = "", *, small: bool = False) -> Path:
    """A case with the sources of the demo web, or the small ones of them; with an index where there is a server."""
    make_case(web, folder, without_browser=True)
    for path in (folder / "sources").glob("*.yml"):
        if small and path.stem not in _SMALL:
            path.unlink()
    if server:
        with Case.open(folder) as case:
            elastic = ElasticSettings(urls=(server,), prefix=f"torture-{folder.name}")
            write_case_settings(folder, case.settings.model_copy(update={"elastic": elastic}))
    return folder


def write_given(folder: Path) -> list[Path]:
    """Files of invented offers, several of each recruiter."""
    folder.mkdir()
    files = [folder / f"given{number:02}.jsonl" for number in range(_FILES)]
    for number, path in enumerate(files):
        lines = (_offer(number * _POSTS_A_FILE + line) for line in range(_POSTS_A_FILE))
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return files


def _offer(number: int) -> dict[str, str]:
    text = (
        f"Lowongan admin chat penempatan Poipet Kamboja, gaji {7 + number % 9} juta per bulan, tiket ditanggung. "
        f"Berangkat dari {_TOWNS[number % 5]}. WA 0812-0000-{9000 + number % 40} telegram @hr_contoh_{number % 25}"
    )
    return {"id": str(number), "author": f"HR {number % 30}", "text": text}
