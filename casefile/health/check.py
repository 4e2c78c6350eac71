"""What a doctor says of one thing: whether it is well, in plain words, and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something is. Only what is wrong keeps a case from being used or believed."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `mendable`: `jejak doctor --mend` puts it right."""

    what: str
    state: State
    words: str
    remedy: str = ""
    mendable: bool = False


Checks = Iterator[Check]


def well(what: str, words: str) -> Check:
    """Nothing to do."""
    return Check(what, State.WELL, words)


def warning(what: str, words: str, remedy: str, *, mendable: bool = False) -> Check:
    """Something to know or to better."""
    return Check(what, State.WARNING, words, remedy, mendable)


def wrong(what: str, words: str, remedy: str, *, mendable: bool = False) -> Check:
    """Something that must be put right."""
    return Check(what, State.WRONG, words, remedy, mendable)
