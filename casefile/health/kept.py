"""What the case keeps: the two chains, the WARC files that they count, and whether the database follows them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from casefile.case import Case
from casefile.chain import BEGINNING, HashChain, Head
from casefile.errors import JejakError
from casefile.evidence.reading import is_warc_name
from casefile.health.check import Check, Checks, State, warning, well, wrong
from casefile.health.folder import held_locks
from casefile.store.database import newest_schema

_VERIFY = "`jejak verify` says all that is wrong; put the file back from a backup."
_MOST_FAULTS = 5
_DATABASE = "case.db"


def chains_of(folder: Path) -> tuple[HashChain, HashChain]:
    """Manifest and journal of a case that is not opened."""
    locks = folder / ".locks"
    return (
        HashChain(folder / "evidence" / "manifest.jsonl", locks / "manifest.lock"),
        HashChain(folder / "journal.jsonl", locks / "journal.lock"),
    )


def check_chains(folder: Path) -> Checks:
    """Whether manifest and journal are whole, line by line; a line that a crash cut off is mended by the next one."""
    for chain in chains_of(folder):
        faults = list(islice(chain.faults(), _MOST_FAULTS))
        cut = faults[-1:] if faults and faults[-1].problem == "is cut off" else []
        for fault in faults[: len(faults) - len(cut)]:
            yield wrong(chain.path.name, f"line {fault.line} {fault.problem}", _VERIFY)
        for fault in cut:
            words = f"line {fault.line} was cut off by a crash, and never counted"
            yield warning(chain.path.name, words, "The next command that writes puts it right.", mendable=True)
        if not faults:
            yield well(chain.path.name, f"is whole up to line {chain.head().seq:,}, each chained to the one before")


def check_evidence(folder: Path) -> Checks:
    """Whether the WARC files are there and as long as the manifest counts; `verify` reads every byte of them."""
    manifest, _ = chains_of(folder)
    counted: Counter[str] = Counter()
    for entry in manifest.whole_entries():
        span = entry.get("span")
        if isinstance(span, dict) and is_warc_name(span.get("file")):
            counted[span["file"]] = max(counted[span["file"]], int(span["offset"]) + int(span["length"]))
    short = [name for name, size in counted.items() if _size(folder / "evidence" / name) < size]
    for name in short:
        yield wrong("evidence", f"{name} is missing or cut off", _VERIFY)
    if not short:
        yield well("evidence", f"WARC files: {len(counted)}, {sum(counted.values()) / 1e6:,.1f} MB counted")
    written = {path.stem for path in held_locks(folder)}
    for path in sorted((folder / "evidence").glob("*.warc.gz")):
        more = _size(path) - counted[path.name]
        if more > 0 and path.name not in written:
            words = f"{path.name}: {more:,} bytes of a command that died were never counted"
            yield warning("evidence", words, "They are set aside in evidence/uncounted/.", mendable=True)


def check_database(folder: Path) -> Checks:
    """Whether the database is sound, of a version that we know, and tells all that the manifest counts."""
    path = folder / _DATABASE
    if not path.is_file():
        yield warning("database", "there is none yet", "It is made from the evidence.", mendable=True)
        return
    try:
        state = _state_of(path)
    except sqlite3.DatabaseError as error:
        yield wrong("database", f"is damaged ({error})", _REBUILD, mendable=True)
        return
    if state.schema > newest_schema():
        words = f"was written by a newer Jejak (schema {state.schema}, this program knows {newest_schema()})"
        yield wrong("database", words, "Install the newer version; nothing was changed.")
        return
    if state.damage:
        yield wrong("database", f"is damaged ({state.damage})", _REBUILD, mendable=True)
        return
    yield well("database", f"is sound, {path.stat().st_size / 1e6:,.1f} MB")
    yield from _compared(folder, state)


_REBUILD = "It can be made again from the evidence; what is there now is kept beside it."


class _State(NamedTuple):
    schema: int
    damage: str
    manifest: Head
    journal: Head


def _state_of(path: Path) -> _State:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=60.0)) as database:
        schema = int(database.execute("PRAGMA user_version").fetchone()[0])
        said = [row[0] for row in database.execute("PRAGMA quick_check(1)")]
        damage = "" if said == ["ok"] else str(said[0]).replace("\n", " ")
        meta = {}
        if schema and not damage:
            meta = dict(database.execute("SELECT name, value FROM meta").fetchall())
    return _State(schema, damage, _head(meta, "manifest"), _head(meta, "journal"))


def _head(meta: dict[str, str], chain: str) -> Head:
    return Head(int(meta[f"{chain}_seq"]), meta[f"{chain}_sha256"]) if f"{chain}_seq" in meta else BEGINNING


def _compared(folder: Path, state: _State) -> Checks:
    manifest, journal = (chain.head() for chain in chains_of(folder))
    for name, known, head in (("manifest.jsonl", state.manifest, manifest), ("journal.jsonl", state.journal, journal)):
        if known.seq > head.seq or (known.seq == head.seq and known != head):
            words = f"ends at line {head.seq}, but the database knows line {known.seq}: lines were cut off or changed"
            yield wrong(name, words, _VERIFY)
    behind = manifest.seq - state.manifest.seq
    if behind > 0:
        words = f"lacks {behind} lines of the manifest"
        yield warning("database", words, "It catches up with the next command.", mendable=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def mend_kept(folder: Path) -> Iterator[Check]:
    """Make a damaged database again from the evidence, let one that is behind catch up, and set aside what nobody counted.

    A damaged database is moved away, never deleted. To be called only while nobody else works in the case.
    """
    ill = [check for check in check_database(folder) if check.state is State.WRONG and check.mendable]
    if ill:
        aside = folder / f"{_DATABASE}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        aside.mkdir()
        for path in folder.glob(f"{_DATABASE}*"):
            if path.is_file():
                path.rename(aside / path.name)
        yield well("database", f"the damaged one was moved to {aside.name}/")
    try:
        with Case.open(folder) as case:
            with case.keeper():
                pass  # opening one sets aside what a dead process wrote and never counted
            case.audit("doctor", mended=True)
            posts = case.store.counts()["posts"]
    except JejakError as error:
        yield wrong("database", str(error), error.remedy)
        return
    if ill:
        yield well(
            "database", f"made again from the evidence: {posts:,} posts; `jejak process` reads and connects them"
        )
