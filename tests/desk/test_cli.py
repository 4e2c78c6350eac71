"""How the command is put together."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command

from casefile.case import Case
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


_LITTLE_MEMORY = """
import os, resource, sys
from desk.cli import main
pages = int(open("/proc/self/statm").read().split()[0])
limit = pages * os.sysconf("SC_PAGE_SIZE") + 2_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
main(sys.argv[1:])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits what is mapped")
def test_too_little_memory_is_said_so_and_is_no_mistake_of_ours(case: Case) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LITTLE_MEMORY, "process", str(case.folder)], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "not enough memory" in done.stderr and "mistake" not in done.stderr
