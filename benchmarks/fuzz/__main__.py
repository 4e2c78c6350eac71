"""Feeds changed inputs to everything that reads, for so many minutes; keeps what crashed or hung; exit code 1 when anything did.

python -m benchmarks.fuzz [--minutes 10] [--only NAME] [--seed 1] [--finds FOLDER]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from benchmarks.fuzz.changes import changed
from benchmarks.fuzz.feeding import Fuzzing
from benchmarks.fuzz.targets import TARGETS, Target

_ROUND = 2.0  # seconds with one target, then comes the next


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
        if fuzzing.fed[target.name]:
            print(fuzzing.told(target.name))
    print(f"{fuzzing.fed.total():,} inputs (seed {chosen.seed}): {len(fuzzing.places)} places where something broke")
    sys.exit(bool(fuzzing.places))


def _round(fuzzing: Fuzzing, target: Target, chance: random.Random) -> None:
    known = target.seeds()
    ends = time.process_time() + _ROUND
    while time.process_time() < ends:
        fuzzing.feed(target, changed(chance.choice(known), known, chance))


if __name__ == "__main__":
    main()
