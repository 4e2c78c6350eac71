"""The demo case, made once for all tests that look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.cli import main


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case; to be looked at, not to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "demo-case"
    with pytest.raises(SystemExit) as leaving:
        main(["demo", str(folder), "--no-open"])
    assert leaving.value.code == 0
    return folder
