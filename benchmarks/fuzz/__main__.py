"""Feeds changed inputs to everything that reads, for so many minutes; keeps what crashed or hung; exit code 1 when anything did.

python -m benchmarks.fuzz [--minutes 10] [--only NAME] [--seed 1] [--finds FOLDER]
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from benchmarks.fuzz.changes import changed
from benchmarks.fuzz.targets import TARGETS, Target

_LONGEST = 10.0  # seconds of the processor for one input of 20 kB
_ROUND = 2.0  # seconds with one target, then comes the next


class TooLong(BaseException):
    """An input took longer than any may. Not an Exception, so that nobody on the way takes it for a broken file."""


@dataclass
class Fuzzing:
    """Counts what was fed, and keeps what it found: one input of each place where something broke."""

    finds: Path
    fed: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)

    def feed(self, target: Target, data: bytes) -> None:
        """One input."""
        self.fed[target.name] += 1
        start = time.process_time()
        try:
            try_one(target, data)
        except (Exception, TooLong) as error:  # noqa: BLE001  # what is looked for
            self._keep(target, data, error)
        self.slowest[target.name] = max(self.slowest.get(target.name, 0.0), time.process_time() - start)

    def _keep(self, target: Target, data: bytes, error: BaseException) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{target.name}: {type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
        if place in self.places:
            return
        self.places.add(place)
        folder = self.finds / target.name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(data).hexdigest()[:16]
        path.write_bytes(data)
        print(f"FOUND {place}: {str(error)[:200]} ({path})", flush=True)
        traceback.print_exception(error, limit=-6)


def try_one(target: Target, data: bytes) -> None:
    """Let a target read an input; raises what is a find, and nothing where it reads or refuses it."""
    former = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)
    try:
        target.read(data)
    except target.refusals:
        return
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TooLong(f"longer than {_LONGEST:.0f} s")


def main() -> None:
    """Feed and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--only", default="", help="the name of one target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    chosen = parser.parse_args()
    fuzzing, chance = Fuzzing(chosen.finds), random.Random(chosen.seed)
    targets = [target for target in TARGETS if chosen.only in ("", target.name)]
    for target in targets:  # what is sound must be read; and what is loaded once is loaded then
        for seed in target.seeds():
            target.read(seed)
    ends = time.monotonic() + 60 * chosen.minutes
    while time.monotonic() < ends:
        for target in targets:
            _round(fuzzing, target, chance)
    for target in targets:
        if fed := fuzzing.fed[target.name]:
            print(f"{target.name:10} {fed:9,} inputs, the slowest took {fuzzing.slowest[target.name]:.2f} s")
    print(f"{fuzzing.fed.total():,} inputs (seed {chosen.seed}): {len(fuzzing.places)} places where something broke")
    sys.exit(bool(fuzzing.places))


def _round(fuzzing: Fuzzing, target: Target, chance: random.Random) -> None:
    known = target.seeds()
    ends = time.process_time() + _ROUND
    while time.process_time() < ends:
        fuzzing.feed(target, changed(chance.choice(known), known, chance))


if __name__ == "__main__":
    main()
