"""Legal holds: what must be kept, whoever asks for it to be forgotten and however old it is, until the hold is released."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from casefile.case import Case
from casefile.errors import Held, NotFound
from casefile.forgetting.forget import Plan, checked_reason
from casefile.forgetting.subjects import Subject, posts_of
from casefile.judgement_entries import understood

HOLD_TYPE, RELEASE_TYPE = "hold", "release"
WHOLE_CASE = "case"
"""The key of a hold on everything."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that must be kept; `released` is the number of the line that released it."""

    sequence: int
    at: datetime
    by: str
    keys: tuple[str, ...]
    because: str
    released: int | None = None


def hold(case: Case, subject: Subject | None, because: str) -> Hold:
    """Write down that a subject, or without one the whole case, must be kept."""
    keys = list(subject.keys) if subject else [WHOLE_CASE]
    entry = case.write_hold({"type": HOLD_TYPE, "keys": keys, "because": checked_reason(because)})
    return _hold(entry)


def release(case: Case, sequence: int, because: str) -> Hold:
    """Release a hold; raises NotFound when none of that number is in force."""
    found = next((one for one in holds_of(case) if one.sequence == sequence and one.released is None), None)
    if found is None:
        raise NotFound(f"No hold {sequence} is in force.", "`jejak hold CASE` lists those that are.")
    entry = case.write_hold({"type": RELEASE_TYPE, "releases": sequence, "because": checked_reason(because)})
    return replace(found, released=int(entry["seq"]))


def holds_of(case: Case) -> list[Hold]:
    """Every hold that was ever put on something in this case, in order."""
    return read_holds(case.journal.entries())


def read_holds(entries: Iterable[Mapping[str, Any]]) -> list[Hold]:
    """The holds among the journal's entries; raises CaseError at one that is not understood."""
    found: dict[int, Hold] = {}
    for entry in entries:
        with understood(entry):
            if entry.get("type") == HOLD_TYPE:
                found[int(entry["seq"])] = _hold(entry)
            elif entry.get("type") == RELEASE_TYPE and (held := found.get(int(entry["releases"]))):
                found[held.sequence] = replace(held, released=held.released or int(entry["seq"]))
    return list(found.values())


def _hold(entry: Mapping[str, Any]) -> Hold:
    return Hold(
        sequence=int(entry["seq"]),
        at=datetime.fromisoformat(entry["at"]),
        by=str(entry["by"]),
        keys=tuple(map(str, entry["keys"])),
        because=str(entry["because"]),
    )


def held_by(case: Case, posts: Collection[str]) -> Hold | None:
    """The first hold in force on any of these posts."""
    for one in holds_of(case):
        if one.released is None and (WHOLE_CASE in one.keys or not posts_of(case.store, one.keys).isdisjoint(posts)):
            return one
    return None


def refuse_held(case: Case, plan: Plan) -> None:
    """Raises Held when what is to be forgotten, or a page or file that would go with it, is on hold."""
    found = held_by(case, plan.posts | plan.lying.others)
    if found is not None:
        where = "it" if held_by(case, plan.posts) else "a post on the same page or in the same file"
        raise Held(
            f"Hold {found.sequence} of {found.at:%Y-%m-%d} by {found.by} keeps {where}: {found.because}",
            f"If the hold is over: jejak release CASE {found.sequence} --because …",
        )
