"""Tampering with a sealed case, 500 times at random: how often is it found, and is the right thing named?

    python -m benchmarks.tamper [TRIALS] [SEED]

The one who tampers knows the format: inserted lines carry right digests, a changed chain is made anew to its end, and
the database is taken away where it would tell. The one who verifies has the case folder only, on another machine.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casefile.case import Case
from casefile.chain import START, sealed, unsealed
from casefile.seals.keys import FOLDER_VARIABLE
from casefile.seals.sealing import seal_case
from casefile.settings import CaseSettings
from casefile.verify import verify_case
from tests.casefile.making import a_mention, a_post, a_reading, keep, keep_one_of_each

MANIFEST, JOURNAL = "evidence/manifest.jsonl", "journal.jsonl"
_TEXT = "Hubungi 0812-0000-0001"
_TABLES = ("posts", "captures", "crawls", "pages", "files", "mentions")


@dataclass(frozen=True, slots=True)
class Trial:
    """One tampering: what was done, to which file, and what verifying said of it."""

    kind: str
    file: str
    findings: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether a finding names the file."""
        return any(self.file in finding for finding in self.findings)


def make_case(folder: Path) -> None:
    """A sealed case with a bit of everything: pages, edits, a file, a screenshot, uncounted bytes, a judgement."""
    settings = CaseSettings(title="Tamper", purpose="p", legal_basis="l", contact="desk@jejak.example")
    given = folder.with_name("given.txt")
    given.write_text("hello")
    with Case.create(folder, settings) as case:
        keep(case, a_post(1, _TEXT), a_post(2), a_post(5))
        keep_one_of_each(case, given)
        case.store.save_readings([a_reading(a_post(1), a_mention(_TEXT, "0812-0000-0001", "+6281200000001"))], "v1")
        case.audit("export", rows=4)
        seal_case(case)
        keep(case, a_post(1, _TEXT), a_post(2, "edited"), minutes=1)
        seal_case(case)


def tamper(folder: Path, chance: random.Random) -> tuple[str, str]:
    """Tamper with the case in one way; returns what was done, and to which file."""
    return chance.choice(_WAYS)(folder, chance)


def _flip(folder: Path, chance: random.Random) -> tuple[str, str]:
    path = chance.choice(_kept(folder))
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return "one bit flipped", path.name


def _kept(folder: Path) -> list[Path]:
    found = [*(folder / "evidence").rglob("*"), *(folder / "seals").iterdir(), folder / JOURNAL]
    return sorted(path for path in found if path.is_file() and path.stat().st_size)


def _delete(folder: Path, chance: random.Random) -> tuple[str, str]:
    path = chance.choice(_kept(folder))
    path.unlink()
    return "file removed", path.name


def _remove_line(folder: Path, chance: random.Random) -> tuple[str, str]:
    return _change_lines(folder, chance, "line removed", lambda lines, at: lines.pop(at))


def _swap_lines(folder: Path, chance: random.Random) -> tuple[str, str]:
    def swap(lines: list[bytes], at: int) -> None:
        lines[at - 1], lines[at] = lines[at], lines[at - 1]

    return _change_lines(folder, chance, "lines swapped", swap)


def _insert_line(folder: Path, chance: random.Random) -> tuple[str, str]:
    def insert(lines: list[bytes], at: int) -> None:
        before = unsealed(lines[at - 1]) or {"sha256": START}
        lines.insert(at, sealed({"seq": at + 1, "prev": before["sha256"], "type": "problem", "at": ""})[0])

    return _change_lines(folder, chance, "line inserted", insert)


def _rewrite_chain(folder: Path, chance: random.Random) -> tuple[str, str]:
    def rewrite(lines: list[bytes], at: int) -> None:
        prev = json.loads(lines[at - 1])["sha256"]
        for number in range(at, len(lines)):
            entry = json.loads(lines[number])
            del entry["sha256"]
            entry |= {"prev": prev} | ({"at": "2020-01-01T00:00:00.000000Z"} if number == at else {})
            lines[number], prev = sealed(entry)

    done = _change_lines(folder, chance, "chain made anew", rewrite)
    _take_database(folder)
    return done


def _cut_chain(folder: Path, chance: random.Random) -> tuple[str, str]:
    def cut(lines: list[bytes], at: int) -> None:
        del lines[at:]

    done = _change_lines(folder, chance, "chain's end cut", cut)
    if chance.random() < 0.7:
        _take_database(folder)
    return done


def _change_lines(
    folder: Path, chance: random.Random, kind: str, change: Callable[[list[bytes], int], object]
) -> tuple[str, str]:
    path = folder / chance.choice((MANIFEST, JOURNAL))
    lines = path.read_bytes().splitlines()
    change(lines, chance.randrange(1, len(lines)))
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return kind, path.name


def _take_database(folder: Path) -> None:
    for path in folder.glob("case.db*"):
        path.unlink()


def _move_records(folder: Path, chance: random.Random) -> tuple[str, str]:
    """Remove or swap the records that two lines of the manifest count, in the WARC file itself."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in (folder / MANIFEST).read_bytes().splitlines():
        if span := json.loads(line).get("span"):
            spans[span["file"]].append((span["offset"], span["length"]))
    name = chance.choice(sorted(spans))
    path = folder / "evidence" / name
    data = path.read_bytes()
    pieces = [data[start : start + length] for start, length in sorted(spans[name])]
    at = chance.randrange(1, len(pieces))
    kind = chance.choice(("record removed", "records swapped", "record inserted twice"))
    if kind == "record removed":
        del pieces[at]
    elif kind == "records swapped":
        pieces[at - 1], pieces[at] = pieces[at], pieces[at - 1]
    else:
        pieces.insert(at, pieces[at])
    path.write_bytes(b"".join(pieces))
    return kind, name


def _change_database(folder: Path, chance: random.Random) -> tuple[str, str]:
    database = sqlite3.connect(folder / "case.db", isolation_level=None)
    try:
        while not _changed(database, chance):
            pass
    finally:
        database.close()
    return "database changed", "case.db"


def _changed(database: sqlite3.Connection, chance: random.Random) -> bool:
    table = chance.choice(_TABLES)
    columns = [f'"{found[1]}"' for found in database.execute(f"PRAGMA table_info({table})")]
    row = chance.choice(database.execute(f"SELECT * FROM {table}").fetchall())
    this = " AND ".join(f"{column} IS ?" for column in columns)
    if table != "mentions" and chance.random() < 0.3:
        query = f"DELETE FROM {table} WHERE {this}"
    else:
        column = chance.choice(('"start"', '"surface"') if table == "mentions" else columns)
        changed = f"CASE typeof({column}) WHEN 'integer' THEN {column} + 1 ELSE coalesce({column}, '') || 'x' END"
        query = f"UPDATE {table} SET {column} = {changed} WHERE {this}"
    try:
        return database.execute(query, row).rowcount == 1
    except sqlite3.IntegrityError:
        return False


_WAYS = (
    _flip, _flip, _flip, _delete, _remove_line, _swap_lines, _insert_line, _rewrite_chain, _cut_chain, _cut_chain,
    _move_records, _change_database,
)  # fmt: skip


def try_once(template: Path, chance: random.Random) -> Trial:
    """Tamper with a copy of the case, and verify it."""
    with tempfile.TemporaryDirectory(prefix="jejak-tamper-") as room:
        folder = Path(shutil.copytree(template, Path(room) / "case"))
        kind, file = tamper(folder, chance)
        with Case.open(folder) as case:
            findings = tuple(str(finding) for finding in verify_case(case))
    return Trial(kind, file, findings)


def main(trials: int = 500, seed: int = 20260314) -> None:
    with tempfile.TemporaryDirectory(prefix="jejak-tamper-") as room:
        os.environ[FOLDER_VARIABLE] = f"{room}/keys"
        make_case(template := Path(room) / "case")
        os.environ[FOLDER_VARIABLE] = f"{room}/another machine"
        with Case.open(template) as case:
            assert not list(verify_case(case)), "the untouched case is sound"
        done, chance = list[Trial](), random.Random(seed)
        for _ in range(trials):
            done.append(try_once(template, chance))
    tried, found = Counter(trial.kind for trial in done), Counter(trial.kind for trial in done if trial.findings)
    named = Counter(trial.kind for trial in done if trial.named)
    for kind in sorted(tried):
        print(f"{kind:24} {tried[kind]:4} tried  {found[kind]:4} found  {named[kind]:4} named")
    print(f"{'all':24} {len(done):4} tried  {found.total():4} found  {named.total():4} named")
    for trial in done:
        if not trial.named:
            print(f"NOT NAMED: {trial}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
