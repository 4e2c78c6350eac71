"""Judgements as lines of the journal: checked when they are written, and again when they are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from casefile.errors import CaseError, CorrectionError, JudgementError
from casefile.records import Decision, Judgement, LinkKind

ENTRY_TYPE = "judgement"
UNDO_TYPE = "undo"
_LONGEST_REASON = 2_000
_LONGEST_IDENTIFIER = 1_000
_MOST_IDENTIFIERS = 1_000


def judgement_entry(
    decision: Decision, subjects: Sequence[Collection[str]], because: str, kind: LinkKind | None
) -> dict[str, Any]:
    """What the journal says of a decision (without when and by whom); raises JudgementError when it says nothing."""
    because = reason(because)
    named = [sorted(set(subject)) for subject in subjects]
    identifiers = [identifier for subject in named for identifier in subject]
    if not named or not all(named) or len(identifiers) > _MOST_IDENTIFIERS:
        raise JudgementError(
            f"A judgement is on 1 to {_MOST_IDENTIFIERS:,} identifiers.", "Name what it is on, in smaller groups."
        )
    if not all(0 < len(identifier) <= _LONGEST_IDENTIFIER for identifier in identifiers):
        raise JudgementError(f"An identifier has 1 to {_LONGEST_IDENTIFIER:,} letters.", "Check what it is on.")
    _check_number(decision, len(named), kind)
    told: dict[str, Any] = {"type": ENTRY_TYPE, "decision": decision.value, "subjects": named, "because": because}
    return told | ({"kind": kind.value} if kind else {})


def undo_entry(sequence: int, because: str) -> dict[str, Any]:
    """What the journal says of a judgement taken back (without when and by whom)."""
    return {"type": UNDO_TYPE, "undoes": sequence, "because": reason(because)}


def reason(because: str) -> str:
    """The reason of a decision, as it is kept; raises JudgementError where there is none."""
    told = because.strip()
    if not told or len(told) > _LONGEST_REASON:
        raise JudgementError(
            f"A decision needs a reason of 1 to {_LONGEST_REASON:,} letters.", 'Write it after --because "…".'
        )
    return told


def _check_number(decision: Decision, subjects: int, kind: LinkKind | None) -> None:
    """Refuse what would decide nothing."""
    if decision in (Decision.SAME, Decision.DIFFERENT) and (subjects < 2 or kind):
        raise JudgementError(f"“{decision}” needs two things or more.", "Name both, for example two numbers.")
    if decision in (Decision.CONFIRM, Decision.REJECT) and (subjects > 2 or (kind and subjects != 2)):
        raise JudgementError(
            f"“{decision}” is on one thing, on two that were joined, or on a link.",
            "Give one ID, two IDs, or FROM KIND TO, for example: +6281200001101 sends_to KH/poipet",
        )
    if decision is Decision.HIDE and kind:
        raise JudgementError("A link cannot be hidden.", "Use `reject`.")


def read_judgements(entries: Iterable[Mapping[str, Any]]) -> tuple[Judgement, ...]:
    """The judgements among the journal's entries, in order; undone ones carry the number of the undoing.

    Raises CaseError at one that it cannot understand: what somebody decided is never passed over.
    """
    found: dict[int, Judgement] = {}
    undone: dict[int, int] = {}
    for entry in entries:
        with understood(entry):
            if entry.get("type") == UNDO_TYPE:
                undone.setdefault(int(entry["undoes"]), int(entry["seq"]))
            elif entry.get("type") == ENTRY_TYPE:
                found[int(entry["seq"])] = _judgement(entry)
    return tuple(replace(judgement, undone_by=undone.get(sequence)) for sequence, judgement in found.items())


@contextmanager
def understood(entry: Mapping[str, Any]) -> Iterator[None]:
    """Say which line of the journal is not what this version knows."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, JudgementError, CorrectionError) as error:
        raise CaseError(
            f"journal.jsonl, line {entry.get('seq')}: a {entry.get('type')} that this version of Jejak does not understand",
            "Install the newest version of Jejak. If it stays, somebody wrote this line by other means.",
        ) from error


def _judgement(entry: Mapping[str, Any]) -> Judgement:
    kind = LinkKind(entry["kind"]) if "kind" in entry else None
    told = judgement_entry(Decision(entry["decision"]), entry["subjects"], entry["because"], kind)
    return Judgement(
        sequence=int(entry["seq"]),
        at=datetime.fromisoformat(entry["at"]),
        by=str(entry["by"]),
        decision=Decision(told["decision"]),
        subjects=tuple(tuple(subject) for subject in told["subjects"]),
        because=told["because"],
        kind=kind,
    )
