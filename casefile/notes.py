"""What people put on things of a case: notes, and places in a drawing. Kept in the journal, with who and when."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casefile.errors import JudgementError
from casefile.evidence.posts_json import storable_text
from casefile.judgement_entries import understood

NOTE_TYPE, REMOVAL_TYPE, PIN_TYPE = "note", "note-removed", "pin"
_LONGEST_NOTE = 2_000
_LONGEST_NAME = 1_000
_FARTHEST = 1e6  # pixels from the middle of a drawing


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about an entity or a recruiter; `sequence` is its line in the journal."""

    sequence: int
    at: datetime
    by: str
    on: str
    words: str


def note_entry(on: str, words: str) -> dict[str, Any]:
    """What the journal says of a note (without when and by whom); raises JudgementError when it says nothing."""
    words = storable_text(words).strip()
    if not words or len(words) > _LONGEST_NOTE:
        raise JudgementError(f"A note has 1 to {_LONGEST_NOTE:,} letters.", "Write in it what others should know.")
    return {"type": NOTE_TYPE, "on": _named(on), "words": words}


def removal_entry(sequence: int) -> dict[str, Any]:
    """What the journal says of a note that was taken away; the note stays in the journal."""
    return {"type": REMOVAL_TYPE, "note": sequence}


def pin_entry(drawing: str, on: str, at: tuple[float, float] | None) -> dict[str, Any]:
    """What the journal says of a node that is held at a place of a drawing, in its pixels; None lets it go."""
    if at is not None and not all(math.isfinite(value) and abs(value) <= _FARTHEST for value in at):
        raise JudgementError("This place is outside of every drawing.", "Drag the node to where it should stay.")
    return {"type": PIN_TYPE, "drawing": _named(drawing), "on": _named(on), "at": list(at) if at else None}


def _named(name: str) -> str:
    if not 0 < len(name) <= _LONGEST_NAME:
        raise JudgementError(f"A name has 1 to {_LONGEST_NAME:,} letters.", "Check what the note is on.")
    return name


@dataclass(frozen=True, slots=True)
class Noted:
    """All notes by what they are on, the latest last, and by drawing where nodes are held."""

    notes: Mapping[str, Sequence[Note]]
    pins: Mapping[str, Mapping[str, tuple[float, float]]]


def read_noted(entries: Iterable[Mapping[str, Any]]) -> Noted:
    """The notes and pins among the journal's entries; raises CaseError at one that is not understood."""
    notes: dict[int, Note] = {}
    pins: dict[str, dict[str, tuple[float, float]]] = {}
    for entry in entries:
        with understood(entry):
            if entry.get("type") == NOTE_TYPE:
                notes[int(entry["seq"])] = _note(entry)
            elif entry.get("type") == REMOVAL_TYPE:
                notes.pop(int(entry["note"]), None)
            elif entry.get("type") == PIN_TYPE:
                _pin(entry, pins.setdefault(str(entry["drawing"]), {}))
    by_subject: dict[str, list[Note]] = {}
    for note in notes.values():
        by_subject.setdefault(note.on, []).append(note)
    return Noted(by_subject, pins)


def _note(entry: Mapping[str, Any]) -> Note:
    return Note(
        sequence=int(entry["seq"]),
        at=datetime.fromisoformat(entry["at"]),
        by=str(entry["by"]),
        on=str(entry["on"]),
        words=str(entry["words"]),
    )


def _pin(entry: Mapping[str, Any], pins: dict[str, tuple[float, float]]) -> None:
    if entry["at"] is None:
        pins.pop(str(entry["on"]), None)
    else:
        x, y = entry["at"]
        pins[str(entry["on"])] = float(x), float(y)
