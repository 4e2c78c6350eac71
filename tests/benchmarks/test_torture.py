"""A case whose stages are killed at random moments comes to what an undisturbed one comes to; `make torture` does much more of it."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.torture.kills import Torture
from benchmarks.torture.stages import run_whole, write_given
from benchmarks.torture.told import Told
from casefile.case import Case
from casefile.settings import CaseSettings

STAGES = ("import", "read", "graph", "export")


def a_case(folder: Path, settings: CaseSettings) -> Path:
    Case.create(folder, settings).close()
    return folder


def test_stages_that_are_killed_come_in_the_end_to_what_undisturbed_ones_come_to(
    tmp_path: Path, settings: CaseSettings
) -> None:
    given = write_given(tmp_path / "given")[:1]
    right = a_case(tmp_path / "right", settings)
    lasted = run_whole(right, given, STAGES)
    should = Told.of(right)
    assert should.posts and all(should.derived.values())
    victim = Torture(a_case(tmp_path / "killed", settings), given, STAGES, lasted, random.Random(20260314))
    victim.run(4)
    assert victim.killed.total() == 4
    assert should.unlike(victim.case) == []
