"""How the command is put together."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command

from desk.cli import build_app

ALL = get_command(build_app()).commands  # type: ignore[attr-defined]  # a group has commands


@pytest.mark.parametrize("name", ALL)
def test_a_command_alone_is_the_command_among_all(name: str) -> None:
    alone = get_command(build_app(name)).commands  # type: ignore[attr-defined]
    assert alone[name].help == ALL[name].help
    assert len(alone) < len(ALL)  # the others need not be loaded for it


def test_reading_as_a_filter_loads_no_case_and_no_spacy() -> None:
    code = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules));"
        "from desk.cli import main; main(['extract', '/dev/null'])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    modules = set(loaded.stdout.split())
    assert "pipeline.filter" in modules and not modules & {"spacy", "casefile.case", "graph.connect", "scrapy"}
