"""Soaks `jejak watch`: scheduled runs on the demo web with a fast clock and faults at random; exit code 1 when one was missed.

python -m benchmarks.soak [--runs 1000] [--seed 1] [--without-faults]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.kill import Found, found_posts, make_case
from benchmarks.soak.figures import Run, Weight, left_alive, missed, weigh
from casefile.case import Case
from casefile.children import child_environment
from casefile.settings_files import write_case_settings
from casefile.verify import verify_case
from desk.demo.web import DemoWeb
from desk.schedule.limits import family_of, kill

_ENDED = re.compile(r"(\w+) (finished|failed|stopped)\b")
_WEIGH_EVERY, _FAULT_EVERY = 50, 12  # runs
_SMALL, _COPIES = ("th_demo_haiwai", "id_demo_kerja", "vn_demo_quick"), 4
_PATIENCE = 600.0  # seconds without a run


class Soak:
    """One case under watch, and what befalls it."""

    def __init__(self, web: DemoWeb, folder: Path, seed: int) -> None:
        self.web, self.folder, self.chance = web, folder, random.Random(seed)
        self.case = make(web, folder / "case")
        self.sources = [path.stem for path in (self.case / "sources").glob("*.yml")]
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.runs, self.faults, self.weights = list[Run](), Counter[str](), list[Weight]()
        self.steady = 0.0
        self.undone: list[Callable[[], object]] = []
        self.watcher = self._watch()

    def run(self, runs: int, with_faults: bool) -> None:
        """Watch until so many crawls have ended."""
        faulty, weighed = _FAULT_EVERY, 0
        while len(self.runs) < runs:
            before = len(self.runs)
            self._wait(before)
            if with_faults and len(self.runs) >= faulty:
                faulty = len(self.runs) + _FAULT_EVERY
                self._do_a_fault()
            if len(self.runs) >= weighed:
                weighed += _WEIGH_EVERY
                self._weigh()
        self._undo()
        self._wait(len(self.runs))
        self._weigh()
        self.watcher.terminate()
        self.watcher.wait(_PATIENCE)

    def _wait(self, before: int) -> None:
        deadline = time.monotonic() + _PATIENCE
        while len(self.runs) <= before and self.watcher.poll() is None:
            if time.monotonic() > deadline:
                sys.exit("no crawl ended for ten minutes")
            time.sleep(0.05)

    def _weigh(self) -> None:
        with suppress(psutil.Error):
            self.weights.append(weigh(psutil.Process(self.watcher.pid), self.case, self.temporary, len(self.runs)))
            print(self.weights[-1], flush=True)

    def _watch(self) -> subprocess.Popen[str]:
        watcher = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.soak.watcher", str(self.case)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            env={**child_environment(), "TMPDIR": str(self.temporary), "JEJAK_ALERTS": os.devnull},
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(watcher,), daemon=True).start()
        return watcher

    def _listen(self, watcher: subprocess.Popen[str]) -> None:
        assert watcher.stdout is not None
        for line in watcher.stdout:
            with (self.folder / "said.txt").open("a") as said:
                said.write(line)
            if not line.startswith("{"):
                continue
            told = json.loads(line)
            self.steady = told["steady"]
            found = _ENDED.match(told["line"])
            if found and found[1] in self.sources:
                self.runs.append(Run(found[1], self.steady, found[2] != "finished"))

    # Faults ------------------------------------------------------------------------------------------------------------
    def _do_a_fault(self) -> None:
        self._undo()
        fault = self.chance.choice(
            (self._kill_a_child, self._kill_a_child, self._kill_watcher, self._stop_watcher, self._clock_back,
             self._clock_ahead, self._break_a_source, self._web_away, self._crawl_by_hand, self._lose_the_schedule)
        )  # fmt: skip
        self.faults[fault.__name__.strip("_").replace("_", " ")] += 1
        fault()

    def _undo(self) -> None:
        while self.undone:
            self.undone.pop()()

    def _kill_a_child(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if children := family_of(self.watcher.pid)[1:]:
                time.sleep(self.chance.uniform(0, 1.5))
                kill(self.chance.choice(children).pid)
                return
            time.sleep(0.02)

    def _kill_watcher(self) -> None:
        kill(self.watcher.pid)
        self.watcher.wait()
        self.watcher = self._watch()

    def _stop_watcher(self) -> None:
        self.watcher.terminate()
        self.watcher.wait(_PATIENCE)
        self.watcher = self._watch()

    def _clock_back(self) -> None:
        (self.folder / "jump").write_text(str(-self.chance.uniform(600, 86_400)))

    def _clock_ahead(self) -> None:
        (self.folder / "jump").write_text(str(self.chance.uniform(600, 86_400)))

    def _break_a_source(self) -> None:
        path = self.case / "sources" / f"{self.chance.choice(self.sources)}.yml"
        right = path.read_text(encoding="utf-8")
        path.write_text("title: [", encoding="utf-8")
        self.undone.append(lambda: path.write_text(right, encoding="utf-8"))

    def _web_away(self) -> None:
        self.web.__exit__(None, None, None)
        self.undone.append(self.web.__enter__)

    def _crawl_by_hand(self) -> None:
        command = [sys.executable, "-m", "desk", "crawl", str(self.case), self.chance.choice(self.sources)]
        subprocess.run(command, capture_output=True, env=child_environment(), timeout=_PATIENCE)

    def _lose_the_schedule(self) -> None:
        shutil.rmtree(self.case / ".schedule", ignore_errors=True)


def main() -> None:
    """Soak and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-faults", action="store_true")
    chosen = parser.parse_args()
    with DemoWeb() as web, tempfile.TemporaryDirectory(prefix="jejak-soak-") as place:
        folder = Path(place)
        right = _undisturbed(web, folder / "undisturbed")
        soak = Soak(web, folder, chosen.seed)
        soak.run(chosen.runs, not chosen.without_faults)
        wrong = [*missed(soak.runs, soak.sources, soak.steady), *left_alive(soak.case), *_unlike(right, soak.case)]
        wrong += [f"left in the folder of temporary files: {path.name}" for path in soak.temporary.iterdir()]
    print(f"faults: {', '.join(f'{n} × {what}' for what, n in soak.faults.most_common()) or 'none'}")
    outcomes = Counter(run.failed for run in soak.runs)
    print(
        f"{len(soak.runs)} runs in {soak.steady / 86_400:.1f} days of its clock: {outcomes[False]} finished, {outcomes[True]} failed; "
        f"{len(wrong)} things wrong"
    )
    print("\n".join(wrong[:50]))
    sys.exit(bool(wrong))


def make(web: DemoWeb, folder: Path) -> Path:
    """A case with twelve scheduled sources: the small sites of the demo web, each several times under other names."""
    make_case(web, folder, without_browser=True)
    for path in (folder / "sources").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        path.unlink()
        for number in range(_COPIES if path.stem in _SMALL else 0):
            path.with_stem(f"{path.stem}{number}").write_text(f"{text}\nevery: every 6 hours\n", encoding="utf-8")
    with Case.open(folder) as case:
        schedule = case.settings.schedule.model_copy(update={"parallel": 4})
        write_case_settings(folder, case.settings.model_copy(update={"schedule": schedule}))
    return folder


def _undisturbed(web: DemoWeb, folder: Path) -> Found:
    make(web, folder)
    subprocess.run([sys.executable, "-m", "desk", "crawl", str(folder)], capture_output=True, env=child_environment())
    return found_posts(folder)


def _unlike(right: Found, folder: Path) -> list[str]:
    kept = found_posts(folder)
    wrong = [f"posts lost: {len(right.keys() - kept.keys())}, too many: {len(kept.keys() - right.keys())}"]
    wrong = wrong if right.keys() != kept.keys() else []
    with Case.open(folder) as case:
        return wrong + [str(finding) for finding in verify_case(case)]


if __name__ == "__main__":
    main()
