"""Writing the network for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casefile.case import Case
from desk import terminal


def write(case: Case, formats: Sequence[str], network: str | None, to: Path | None) -> list[Path]:
    """Write the connections of the case, or of one network, in these formats; returns the files, the manifest last."""
    raise NotImplementedError


def show(files: Sequence[Path], as_json: bool) -> None:
    """Tell what was written."""
    if as_json:
        terminal.say_json({"files": [str(path) for path in files]})
        return
    terminal.table(("file", "kB"), [(path, f"{path.stat().st_size / 1000:.0f}") for path in files], numbers=["kB"])
