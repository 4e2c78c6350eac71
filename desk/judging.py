"""Judging: writing down what an investigator decided, and connecting the case again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casefile.case import Case
from casefile.errors import JudgementError, NotFound
from casefile.records import Decision, Judgement
from desk import terminal
from desk.subjects import understand

_QUICK_POSTS = 2_000
"""Up to here connecting again takes seconds; larger cases wait for the next `process`."""


class Judged(NamedTuple):
    """Judgements that were written down; `connected` when they have taken effect already."""

    judgements: list[Judgement]
    connected: bool


def judge(case: Case, decision: Decision, typed: Sequence[str], because: str) -> Judged:
    """Write down a decision on what was typed, and connect the case again if that is quick."""
    meant = understand(case, decision, typed)
    judgements = [case.judge(decision, one.subjects, because, one.kind) for one in meant]
    return Judged(judgements, connect_if_quick(case))


def undo(case: Case, typed: Sequence[str], because: str) -> Judged:
    """Take judgements back by their numbers; all of the numbers are looked at before anything is written."""
    if not typed or not all(number.isascii() and number.isdecimal() for number in typed):
        raise JudgementError("`undo` takes the numbers of judgements.", "`jejak judgements CASE` lists them.")
    in_force = {judgement.sequence for judgement in case.judgements() if judgement.undone_by is None}
    numbers = list(dict.fromkeys(map(int, typed)))
    for number in numbers:
        if number not in in_force:
            raise NotFound(f"No judgement {number} is in force.", "`jejak judgements CASE` lists those that are.")
    return Judged([case.undo(number, because) for number in numbers], connect_if_quick(case))


def connect_if_quick(case: Case) -> bool:
    """Connect the case again if it is small; whether it was done."""
    if case.store.counts()["readings"] > _QUICK_POSTS:
        return False
    from graph.connect import connect_case

    with terminal.progress("Connecting", "posts") as progress:
        connect_case(case, progress)
    return True
