"""What people set right in the reading of a post: its kind, or what some of its words name. Lines of the journal.

A correction outranks the machine, now and in every later reading. The journal keeps no words of a post: a place in the
text and the digest of what stands there, so that forgetting the post takes its words away here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from casefile.errors import CorrectionError
from casefile.identity import sha256_hex
from casefile.judgement_entries import UNDO_TYPE, reason, understood
from casefile.records import Label, PostKind, Role

ENTRY_TYPE = "correction"
BY_A_PERSON = "person"
"""The extractor of mentions that a person told."""
_LONGEST_VALUE = 500
_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of a text: where they stood when they were set right, and their digest."""

    start: int
    end: int
    sha256: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Words:
        """The words `text[start:end]`; raises CorrectionError where there are none, or too many."""
        if not 0 <= start < end <= len(text):
            raise CorrectionError("These words do not stand in the post.", "Take them as they are written there.")
        if end - start > _LONGEST_WORDS:
            raise CorrectionError(f"These are more than {_LONGEST_WORDS} letters.", "Take fewer words.")
        return cls(start=start, end=end, sha256=_digest(text[start:end]))

    def place_in(self, text: str) -> tuple[int, int] | None:
        """Where they stand in this version of the text, the nearest to where they stood; None if nowhere."""
        length = self.end - self.start
        starts = range(len(text) - length + 1)
        if self.start in starts and _digest(text[self.start : self.end]) == self.sha256:
            return self.start, self.end
        found = (at for at in starts if _digest(text[at : at + length]) == self.sha256)
        nearest = min(found, key=lambda at: abs(at - self.start), default=None)
        return None if nearest is None else (nearest, nearest + length)


def _digest(words: str) -> str:
    return sha256_hex(words.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is set right: the post's `kind`; or that its `words` name `value` (with `role`, a place), or no `label` at all.

    An empty value says that nothing of that label stands in the words.
    """

    kind: PostKind | None = None
    words: Words | None = None
    label: Label | None = None
    value: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One change to the reading of one post, by whom and why; `undone_by` is the line that took it back."""

    sequence: int
    at: datetime
    by: str
    post_id: str
    change: Change
    because: str
    undone_by: int | None = None


def correction_entry(post_id: str, change: Change, because: str) -> dict[str, Any]:
    """What the journal says of a correction (without when and by whom); raises CorrectionError when it says nothing."""
    told: dict[str, Any] = {"type": ENTRY_TYPE, "post": post_id, "because": reason(because)}
    if change.kind is not None and change.words is None and change.label is None:
        return told | {"kind": change.kind.value}
    if change.kind is not None or change.words is None or change.label is None:
        raise CorrectionError("A correction is on the kind of a post, or on words and what they name.", "Give one.")
    if change.role and (change.label is not Label.LOC or not change.value):
        raise CorrectionError("Only a place has a role.", "Leave the role out.")
    if len(change.value) > _LONGEST_VALUE:
        raise CorrectionError(f"What is named has at most {_LONGEST_VALUE} letters.", "Shorten it.")
    words = change.words
    told |= {"words": [words.start, words.end, words.sha256], "label": change.label.value, "value": change.value}
    return told | ({"role": change.role.value} if change.role else {})


def read_corrections(entries: Iterable[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """The corrections among the journal's entries, in order; undone ones carry the number of the undoing.

    Raises CaseError at one that it cannot understand: what somebody set right is never passed over.
    """
    found: dict[int, Correction] = {}
    for entry in entries:
        with understood(entry):
            if entry.get("type") == ENTRY_TYPE:
                found[int(entry["seq"])] = _correction(entry)
            elif entry.get("type") == UNDO_TYPE:
                undone = found.get(int(entry["undoes"]))
                if undone and undone.undone_by is None:
                    found[undone.sequence] = replace(undone, undone_by=int(entry["seq"]))
    return tuple(found.values())


def by_post(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """Those that hold, in order, by the id of their post."""
    holding: dict[str, tuple[Correction, ...]] = {}
    for correction in corrections:
        if correction.undone_by is None:
            holding[correction.post_id] = (*holding.get(correction.post_id, ()), correction)
    return holding


def kind_told(corrections: Sequence[Correction]) -> PostKind | None:
    """The kind that a person gave the post, the last time; None if nobody did."""
    return next((c.change.kind for c in reversed(corrections) if c.change.kind is not None), None)


def _correction(entry: Mapping[str, Any]) -> Correction:
    words = None
    if "words" in entry:
        start, end, sha256 = entry["words"]
        words = Words(start=int(start), end=int(end), sha256=str(sha256))
    change = Change(
        kind=PostKind(entry["kind"]) if "kind" in entry else None,
        words=words,
        label=Label(entry["label"]) if "label" in entry else None,
        value=str(entry.get("value", "")),
        role=Role(entry["role"]) if "role" in entry else None,
    )
    correction_entry(entry["post"], change, entry["because"])  # as strict as when it was written
    return Correction(
        sequence=int(entry["seq"]),
        at=datetime.fromisoformat(entry["at"]),
        by=str(entry["by"]),
        post_id=str(entry["post"]),
        change=change,
        because=str(entry["because"]),
    )
