"""The small invented case, opened for a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.case import Case
from tests.desk.report.sample import sample_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with sample_case(tmp_path) as opened:
        yield opened
