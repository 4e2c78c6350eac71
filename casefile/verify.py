"""Proving a whole case: its evidence, its journal, and that the database tells what the evidence tells."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from casefile.case import Case
from casefile.errors import JejakError
from casefile.evidence.verify import Finding, verify_evidence
from casefile.progress import Progress, no_progress
from casefile.seals.check import check_seals
from casefile.store.collected import POST_COLUMNS
from casefile.store.store import Store

# What evidence alone determines; readings and connections follow from these and from config/.
_COMPARED = {
    "posts": "id", "captures": "id", "crawls": "id", "pages": "source, url", "files": "source, sha256", "words": "id",
    "forgotten": "mark",
}  # fmt: skip
# Numbers of posts are given in turn: a rebuild does not count those that were forgotten.
_ROWS = {
    "posts": f"(SELECT {', '.join(POST_COLUMNS)} FROM posts)",
    "words": "(SELECT p.id, w.tokens FROM posts p JOIN words w ON w.rowid = p.number)",
}


def verify_case(
    case: Case, progress: Progress = no_progress, *, seals: Sequence[Path] = (), key: str | None = None
) -> Iterator[Finding]:
    """Everything that is wrong in a case; nothing when it is whole. `seals` and `key` as in `check_seals`."""
    sound = True
    for finding in verify_evidence(case.evidence_folder, progress):
        sound = False
        yield Finding(f"evidence/{finding.item}", finding.problem)
    for fault in case.journal.faults():
        yield Finding(f"journal.jsonl, line {fault.line}", fault.problem)
    yield from cut_ends(case)
    yield from check_seals(case, seals, key)
    if sound:
        yield from _verify_database(case)
    else:
        yield Finding("case.db", "was not compared with the evidence, since the evidence is damaged")


def cut_ends(case: Case) -> Iterator[Finding]:
    """Whole lines cut off the end of a chain break nothing in it; but the database remembers how far it went."""
    applied, manifest = case.store.manifest_head(), case.manifest.head()
    if applied != manifest:
        problem = f"ends at line {manifest.seq}, but case.db knows line {applied.seq}: lines were cut off or changed"
        yield Finding("evidence/manifest.jsonl", problem)
    known, journal = case.store.journal_head(), case.journal.head()
    if journal.seq == 0:
        yield Finding("journal.jsonl", "is missing or empty; the first line is written when a case is made")
    elif journal.seq < known.seq or (journal.seq == known.seq and journal != known):
        problem = f"ends at line {journal.seq}, but case.db knows line {known.seq}: lines were cut off or changed"
        yield Finding("journal.jsonl", problem)


def _verify_database(case: Case) -> Iterator[Finding]:
    beside = case.store.path.parent  # elsewhere when the case can only be read
    room = beside / ".locks"
    with tempfile.TemporaryDirectory(dir=room if room.is_dir() else beside) as folder:
        again = Store(Path(folder) / "again.db", case.evidence_folder, case.manifest)
        try:
            with again.writing():
                again.catch_up()
            for table, key in _COMPARED.items():
                yield from _differences(case.store.database, again.database, table, key)
        except JejakError as error:
            yield Finding("case.db", f"cannot be made again from the evidence: {error}")
        finally:
            again.close()
    yield from _wrong_spans(case.store.database)


def _differences(database: sqlite3.Connection, again: sqlite3.Connection, table: str, key: str) -> Iterator[Finding]:
    query = f"SELECT * FROM {_ROWS.get(table, table)} ORDER BY {key}"
    names = key.split(", ")
    for kept, right in zip_longest(database.execute(query), again.execute(query)):
        if kept is not None and right is not None and tuple(kept) == tuple(right):
            continue
        identity = " ".join(str((kept or right)[name]) for name in names)
        if kept is not None and right is not None and all(kept[name] == right[name] for name in names):
            columns = ", ".join(name for name in kept.keys() if kept[name] != right[name])  # noqa: SIM118
            yield Finding(f"case.db, {table} {identity}", f"was changed: {columns}")
        else:
            yield Finding(
                f"case.db, {table} {identity}", "was added or removed; what follows in this table was not compared"
            )
            return


def _wrong_spans(database: sqlite3.Connection) -> Iterator[Finding]:
    # SQLite counts code points too, from 1.
    query = (
        "SELECT m.post_id, m.start, m.end, m.label FROM mentions m JOIN posts p ON p.id = m.post_id "
        "JOIN readings r ON r.post_id = p.id AND r.post_sha256 = p.sha256 "
        "WHERE substr(p.text, m.start + 1, m.end - m.start) != m.surface"
    )
    for row in database.execute(query):
        yield Finding(
            f"case.db, {row['label']} at {row['start']} to {row['end']} of post {row['post_id']}",
            "is not what stands in the text",
        )
