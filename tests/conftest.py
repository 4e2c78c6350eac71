"""What many tests need: an empty case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.settings import CaseSettings

SETTINGS = CaseSettings(
    title="Offers towards Sampletown", purpose="A test", legal_basis="None needed", contact="desk@jejak.example"
)


@pytest.fixture
def settings() -> CaseSettings:
    return SETTINGS


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case", SETTINGS) as made:
        yield made
