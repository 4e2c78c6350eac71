"""The doctor's words: a tick, a sign or a cross a line, and the remedy below what is not well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from casefile.health.check import Check, State
from desk import terminal

_SIGNS = {State.WELL: ("✓", "green"), State.WARNING: ("!", "yellow"), State.WRONG: ("✗", "bold red")}


def show(checks: Iterable[Check], case: str, as_json: bool) -> list[Check]:
    """Say each check as it comes; returns them all. CASE in a remedy becomes the case's folder."""
    told = []
    for check in checks:
        told.append(check)
        if as_json:
            terminal.say_json({"check": {**asdict(check), "remedy": _with_folder(check.remedy, case)}})
            continue
        sign, style = _SIGNS[check.state]
        terminal.say(f"{sign} {check.what}: {check.words}", style)
        if check.remedy:
            terminal.say(f"    → {_with_folder(check.remedy, case)}")
    return told


def show_sum(told: list[Check], case: str) -> None:
    """The last line: how it stands, and what the doctor can do about it."""
    wrong = sum(check.state is State.WRONG for check in told)
    warnings = sum(check.state is State.WARNING for check in told)
    if not wrong and not warnings:
        terminal.say("All is well.", "bold green")
        return
    counts = [f"{wrong} wrong"] * bool(wrong) + [f"{warnings} to look at"] * bool(warnings)
    terminal.say(f"{', '.join(counts)}, {len(told) - wrong - warnings} well.", "bold red" if wrong else "bold")
    if any(check.mendable for check in told):
        terminal.say(f"Some of it can be put right at once: jejak doctor {case} --mend")


def _with_folder(remedy: str, case: str) -> str:
    return remedy.replace("CASE", case)
