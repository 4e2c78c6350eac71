"""What was exported: the files with their hashes, when, by which program, from which state of the case."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casefile.atomic import write_text
from casefile.records import Connections

MANIFEST = "manifest.json"
_NOTES = (
    "Times are UTC. Ids are label:value; `proof` names posts by their ids in the case.",
    "Every link rests on the posts named in `proof`; confidence is an estimate, never a verdict.",
    "Entities that only warnings, news, pleas or talk name, and pleas as proof, are left out.",
    "Gephi merges two links between the same nodes when it opens GraphML; GEXF keeps them apart.",
    "CSV: an apostrophe stands before a cell that a spreadsheet would run as a formula; plain phone numbers have none. "
    "links.csv and joins.csv show the first 20 posts of each proof, proofs.csv has all of them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportContext:
    """What the caller knows of an export: when, by which program, from what, and how it may be handled."""

    made_at: datetime
    program: str
    case_title: str
    case_head: str
    selection: str
    handling: str


def write_manifest(files: Iterable[Path], connections: Connections, folder: Path, context: ExportContext) -> Path:
    """Write `manifest.json` beside the files that it describes."""
    manifest: dict[str, Any] = {
        "made_at": context.made_at.astimezone(UTC).isoformat(),
        "program": context.program,
        "case": {"title": context.case_title, "evidence_head": context.case_head},
        "selection": context.selection,
        "handling": context.handling,
        "counts": {
            "entities": len(connections.entities),
            "actors": len(connections.actors),
            "links": len(connections.links),
            "networks": len(connections.networks),
        },
        "files": [_file(path) for path in sorted(files)],
        "notes": _NOTES,
    }
    path = folder / MANIFEST
    write_text(path, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    return path


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    stat = path.stat()
    written = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="seconds")
    return {"name": path.name, "bytes": stat.st_size, "sha256": digest, "written_at": written}
