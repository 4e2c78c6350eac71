"""Legal holds: put, released, listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from casefile.case import Case
from casefile.errors import JudgementError
from casefile.forgetting import holds
from casefile.forgetting.holds import WHOLE_CASE, Hold
from casefile.forgetting.subjects import SubjectKind, find_subject, posts_of
from desk import terminal
from desk.answers.shown import counted


def hold(case: Case, typed: str, kind: SubjectKind | None, because: str, as_json: bool) -> None:
    """Put a hold on what was typed, or on the whole case; without a reason, list the holds."""
    if not because:
        if typed:
            raise JudgementError("A hold needs a reason.", 'Write it after --because "…".')
        _show(case, holds.holds_of(case), as_json)
        return
    subject = find_subject(case.store, typed, kind) if typed else None
    _show(case, [holds.hold(case, subject, because)], as_json)


def release(case: Case, number: int, because: str, as_json: bool) -> None:
    """Release the hold of that number."""
    _show(case, [holds.release(case, number, because)], as_json)


def _show(case: Case, found: Sequence[Hold], as_json: bool) -> None:
    if as_json:
        for one in found:
            terminal.say_json(_told(case, one))
        return
    if not found:
        terminal.say("Nothing is on hold in this case.")
        return
    terminal.table(("number", "on hold", "since (UTC)", "by", "because", "released"), list(_rows(case, found)))
    terminal.say("`jejak release CASE NUMBER --because …` ends a hold.", "dim")


def _rows(case: Case, found: Iterable[Hold]) -> Iterable[tuple[object, ...]]:
    for one in found:
        what = f"{_named(one)} ({counted(_posts(case, one), 'post')})"
        released = f"by line {one.released}" if one.released else ""
        yield one.sequence, what, f"{one.at:%Y-%m-%d %H:%M}", one.by, one.because, released


def _named(one: Hold) -> str:
    return "all of the case" if WHOLE_CASE in one.keys else ", ".join(one.keys)


def _posts(case: Case, one: Hold) -> int:
    return case.store.counts()["posts"] if WHOLE_CASE in one.keys else len(posts_of(case.store, one.keys))


def _told(case: Case, one: Hold) -> dict[str, Any]:
    told = {"number": one.sequence, "at": one.at.isoformat(), "by": one.by, "keys": list(one.keys)}
    return told | {"because": one.because, "released": one.released, "posts": _posts(case, one)}
