"""One `jejak watch` a case: who holds its lock, and whether somebody does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from casefile.errors import CaseError

_LOCK = Path(".locks", "watch.lock")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Watch as the only one; raises CaseError. Who looks whether one is there holds the lock for a moment: it is waited."""
    (folder / _LOCK).parent.mkdir(exist_ok=True)
    try:
        with FileLock(folder / _LOCK, timeout=3):
            yield
    except Timeout as error:
        raise CaseError(
            f"{folder}: is being watched already, by another `jejak watch`", "See how it goes: jejak schedule CASE"
        ) from error


def is_watched(folder: Path) -> bool:
    """Whether `jejak watch` runs on this case, on this computer."""
    try:
        with FileLock(folder / _LOCK, timeout=0):
            return False
    except Timeout:
        return True
