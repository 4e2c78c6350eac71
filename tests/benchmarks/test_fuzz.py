"""Whatever strangers wrote is read or refused: no crash, no hang. `benchmarks.fuzz` looks for more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.fuzz.changes import changed
from benchmarks.fuzz.feeding import try_one
from benchmarks.fuzz.targets import TARGETS, Target

FINDS = sorted(path for path in (Path(__file__).parent / "fuzz_finds").rglob("*") if path.is_file())
BY_NAME = {target.name: target for target in TARGETS}


@pytest.mark.parametrize("path", FINDS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_a_reader_breaks_it_no_more(path: Path) -> None:
    try_one(BY_NAME[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_sound_files_are_read_and_changed_ones_are_read_or_refused(target: Target) -> None:
    known, chance = target.seeds(), random.Random(20260314)
    for seed in known:
        target.read(seed)
    for _ in range(20):
        try_one(target, changed(chance.choice(known), known, chance))
