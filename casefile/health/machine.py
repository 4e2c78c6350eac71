"""The machine: Python, the libraries that this program was made for, and SQLite."""

from __future__ import annotations

import platform
import sqlite3
import sys
from contextlib import closing
from importlib import metadata

from packaging.requirements import Requirement

from casefile.case import software
from casefile.health.check import Checks, well, wrong

_STRICT_TABLES = (3, 37, 0)  # https://www.sqlite.org/stricttables.html
_AGAIN = "Install Jejak anew: `make setup`, or pip install with its lock file."


def check_machine() -> Checks:
    """Whether what this program stands on is there."""
    versions = f"{software()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield well("versions", f"{versions}, {platform.system()}")
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        yield wrong("versions", f"Python {platform.python_version()} is not one of 3.11 to 3.13", _AGAIN)
    if sqlite3.sqlite_version_info < _STRICT_TABLES or not _has_full_text():
        yield wrong("versions", "this SQLite is too old, or lacks full-text search (FTS5)", "Use a newer Python.")
    unfit = [words for words in map(_unfit, metadata.requires("jejak") or ()) if words]
    for words in unfit:
        yield wrong("libraries", words, _AGAIN)
    if not unfit:
        yield well("libraries", "all are there, in versions that fit")


def _unfit(line: str) -> str:
    needed = Requirement(line)
    if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
        return ""
    try:
        found = metadata.version(needed.name)
    except metadata.PackageNotFoundError:
        return f"{needed.name} is missing"
    return (
        "" if needed.specifier.contains(found, prereleases=True) else f"{needed.name} {found} is not {needed.specifier}"
    )


def _has_full_text() -> bool:
    with closing(sqlite3.connect(":memory:")) as database:
        options = {row[0] for row in database.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options
