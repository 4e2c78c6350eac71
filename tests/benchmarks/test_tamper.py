"""Whatever somebody does to a sealed case who knows its format is found, and the file is named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.tamper import make_case, try_once


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tamper") / "case"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JEJAK_KEYS", str(folder.with_name("keys")))
        make_case(folder)
    return folder


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_any_tampering_is_found_and_named_on_another_machine(template: Path, seed: int) -> None:
    trial = try_once(template, random.Random(seed))
    assert trial.named, trial
