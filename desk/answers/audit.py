"""`jejak audit`: who did what in a case, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

from casefile.case import Case
from casefile.records import AuditEntry, Scalar
from desk import terminal

_LONGEST = 300


def show(case: Case, actions: list[str], by: str | None, since: datetime | None, as_json: bool) -> None:
    """Show the audit, from the first entry to the last, narrowed down."""
    found = _chosen(case.audit_log(), actions, by, since)
    if as_json:
        for entry in found:
            terminal.say_json(asdict(entry) | {"at": entry.at.isoformat(), "details": dict(entry.details)})
        return
    rows = [(e.sequence, f"{e.at:%Y-%m-%d %H:%M:%S}", e.by, e.action, _in_words(e.details)) for e in found]
    if not rows:
        terminal.say("Nothing of that kind was done in this case.")
        return
    terminal.table(("line", "when (UTC)", "by", "did", ""), rows, numbers=["line"])
    terminal.say("`jejak verify CASE` proves that no line was changed, added or taken away.", "dim")


def _chosen(
    entries: Iterator[AuditEntry], actions: list[str], by: str | None, since: datetime | None
) -> Iterator[AuditEntry]:
    for entry in entries:
        if actions and entry.action not in actions:
            continue
        if (by is None or entry.by == by) and (since is None or entry.at >= since):
            yield entry


def _in_words(details: Mapping[str, Scalar]) -> str:
    words = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in details.items() if value is not None)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
