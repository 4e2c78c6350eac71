"""The audit: every line of the journal as who did what, and when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from casefile.judgement_entries import understood
from casefile.records import AuditEntry, Scalar

ENTRY_TYPE = "audit"
_NO_DETAIL = {"seq", "prev", "sha256", "at", "by", "type"}
_LONG = {"statement", "signature", "request", "reply"}  # of seals: they stand in seals/, to be read there


def read_audit(entries: Iterable[Mapping[str, Any]]) -> Iterator[AuditEntry]:
    """The journal's entries in order: what was noted as it was noted; judgements, alerts and seals by their type.

    Raises CaseError at a line that is not understood.
    """
    for entry in entries:
        with understood(entry):
            audited = _audited(entry)
        yield audited


def _audited(entry: Mapping[str, Any]) -> AuditEntry:
    noted = entry["type"] == ENTRY_TYPE
    details = entry["details"] if noted else {k: v for k, v in entry.items() if k not in _NO_DETAIL | _LONG}
    return AuditEntry(
        sequence=int(entry["seq"]),
        at=datetime.fromisoformat(entry["at"]),
        by=str(entry["by"]),
        action=str(entry["action"] if noted else entry["type"]),
        details={str(name): _scalar(value) for name, value in details.items()},
    )


def _scalar(value: object) -> Scalar:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
