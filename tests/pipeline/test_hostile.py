"""Hostile texts are read like any other: nothing is raised, and every mention lies where it says."""

from __future__ import annotations

import pytest

from benchmarks.hostile import KINDS
from pipeline.reader import load_reader

NUMBER = "+62 812-0000-1234"


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_text_is_read_with_true_offsets(kind: str) -> None:
    text = KINDS[kind](6_000)
    for mention in load_reader().read(text, post_id="p").mentions:
        assert text[mention.start : mention.end] == mention.surface != ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_behind_a_hostile_text_is_found(kind: str) -> None:
    reading = load_reader().read(f"{KINDS[kind](3_000)}\n\nHubungi {NUMBER}\n", post_id="p")
    assert "+6281200001234" in {mention.value for mention in reading.mentions}
