"""How far work is, as lines that a program reads: for whoever starts a command and shows its progress."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass

from casefile.progress import Progress, no_progress

VARIABLE = "JEJAK_PROGRESS"
"""Set to `lines`, a command tells its progress on stderr in lines that `from_line` reads."""

_BEGINNING = '{"progress": '
_SECONDS = 0.4  # between two lines of one thing


@dataclass(frozen=True, slots=True)
class Advance:
    """How far one thing is: `done` of `total` (None where nobody knows), counted in `unit`."""

    what: str
    done: int
    total: int | None
    unit: str


def is_wanted() -> bool:
    """Whether whoever started this command reads such lines."""
    return os.environ.get(VARIABLE) == "lines"


def teller(what: str, unit: str) -> Progress:
    """A progress that tells lines, a few a second and the last always; one that tells nobody where none are wanted."""
    if not is_wanted():
        return no_progress
    told_at = -_SECONDS

    def tell(done: int, total: int | None) -> None:
        nonlocal told_at
        now = time.monotonic()
        if now - told_at >= _SECONDS or done == total:
            told_at = now
            sys.stderr.write(json.dumps({"progress": asdict(Advance(what, done, total, unit))}) + "\n")
            sys.stderr.flush()

    return tell


def from_line(line: str) -> Advance | None:
    """What such a line says; None for any other line."""
    if not line.startswith(_BEGINNING):
        return None
    try:
        return Advance(**json.loads(line)["progress"])
    except (ValueError, TypeError, KeyError):
        return None
