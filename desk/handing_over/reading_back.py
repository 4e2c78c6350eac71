"""Reading every byte that was written once more, containers unpacked, for anything that must not be there.

Each file is read as what it is: a text as it stands and with its escapes undone, a zip (xlsx too) member by member, a
web archive record by record, a database and Parquet cell by cell. A file of a kind that is not known here cannot be proven clean, so it stops the export.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from casefile.errors import ExportRefused
from casefile.evidence.copying import records_in
from desk.handing_over.payloads import Unreadable, readings_of
from desk.handing_over.written_forms import Finder, Secret
from graph.export.view import View

_TEXTS = {
    ".csv", ".json", ".graphml", ".gexf", ".cx2", ".geojson", ".kml", ".cypher", ".jsonld", ".txt", ".xml", ".rels", ".pem", ".yml", ".jsonl", ".cdx", "",
}  # fmt: skip
_ZIPS = {".zip", ".xlsx", ".wacz"}
_ARCHIVES = {".gz"}
_SIGNATURES = {".sig"}
_PIECE = 1_000_000  # characters read at once
_OVERLAP = 2_000  # characters: no value that is looked for is longer
_PSEUDONYM = re.compile(r"\b(?:shielded|withheld)(?: [a-z]+){1,2} [b-v]{16}\b|\[withheld\]")
_NUMBER_OF_SHEET = re.compile(r"<v>[0-9.eE+-]{1,40}</v>")  # a typed number or a moment: seventeen digits of chance


def check_clean(folder: Path, finder: Finder) -> int:
    """Read everything in a folder; returns how many files. Raises ExportRefused at the first held-back value."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        where = str(path.relative_to(folder))
        for text in texts_of(path, where):
            _refuse(text, where, finder)
    return len(files)


def check_view(view: View, finder: Finder) -> None:
    """Read every name and text before it is written, also for values too short to be found in files; raises ExportRefused."""
    about = (view.context.title, view.context.statement, *(join.reason for _, join in view.joins))
    names = (*(node.label for node in view.nodes), *(network.name for network in view.networks))
    posts = (text for p in view.proofs for text in (p.source, p.url or "", p.text or "", *p.media))
    for text in (*about, *names, *posts):
        if secret := finder.names(without_pseudonyms(text)):
            raise refusal("The network", secret)


def without_pseudonyms(text: str) -> str:
    """The text without what we wrote instead of held-back values: our words in it tell of nobody."""
    return _PSEUDONYM.sub(" ", text)


def _refuse(text: str, where: str, finder: Finder) -> None:
    if secret := finder.tells(text):
        raise refusal(where, secret)


def refusal(where: str, secret: Secret) -> ExportRefused:
    """That something must not be written as it is, without saying what stands in it."""
    return ExportRefused(
        f"{where} would hold a value that must not leave: a {secret.sort.value} that is held back from this recipient",
        "Nothing was written. Choose less, or another recipient; and tell those who look after your Jejak.",
    )


def texts_of(path: Path, where: str) -> Iterator[str]:
    """What a file says, in pieces, its name first; containers are unpacked."""
    yield where
    kind = path.suffix.casefold()
    if kind in _TEXTS:
        with path.open("rb") as file:
            yield from _pieces(file)
    elif kind in _ZIPS:
        yield from _zipped(path, where)
    elif kind == ".sqlite":
        yield from _cells_of_database(path)
    elif kind == ".parquet":
        yield from _cells_of_parquet(path)
    elif kind not in _SIGNATURES:
        raise _unproven(f"{where}: files of this kind")


def _unproven(what: str) -> ExportRefused:
    return ExportRefused(f"{what} cannot be read back, so nobody can prove what it holds", "Choose another format.")


def _pieces(file: IO[bytes]) -> Iterator[str]:
    """A text in pieces that overlap, so that nothing is cut where it could be recognised."""
    text, before = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline=""), ""
    while piece := text.read(_PIECE):
        yield before + piece
        before = piece[-_OVERLAP:]


def _zipped(path: Path, where: str) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for member in archive.infolist():
            kind = Path(member.filename).suffix.casefold()
            if kind in _ZIPS | {".sqlite", ".parquet"}:
                continue  # it was read before it was packed
            if kind not in _TEXTS | _SIGNATURES | _ARCHIVES:
                raise _unproven(f"{where} holds {member.filename}, which")
            yield member.filename
            with archive.open(member) as file:
                if kind in _ARCHIVES:
                    yield from _records(file, where)
                else:
                    yield from (_NUMBER_OF_SHEET.sub("", piece) for piece in _pieces(file))


def _records(file: IO[bytes], where: str) -> Iterator[str]:
    """The records of a web archive: what stands in their heads, and their pages read in every way."""
    for record in records_in(file):
        yield from (record.url, *record.told)
        try:
            yield from readings_of(record.body, record.media_type) if record.kind != "warcinfo" else ()
        except Unreadable as error:
            raise _unproven(f"{where}: a page {error}, which") from error


def _cells_of_database(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master").fetchall():
            yield f"{name} {sql}"
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            yield from _cells(database.execute(f'SELECT * FROM "{table}"'))  # noqa: S608  # names of our own tables


def _cells_of_parquet(path: Path) -> Iterator[str]:
    from pyarrow import parquet  # 40 MB that only who writes Parquet needs

    file = parquet.ParquetFile(path)
    yield json.dumps({str(key): str(value) for key, value in (file.metadata.metadata or {}).items()})
    for batch in file.iter_batches():
        yield from _cells(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _cells(rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    """The cells of many rows as one text, each on a line of its own."""
    lines: list[str] = []
    size = 0
    for row in rows:
        for cell in row:
            if isinstance(cell, (str, int)):
                lines.append(str(cell))
                size += len(lines[-1])
        if size > _PIECE:
            yield "\n".join(lines)
            lines, size = [], 0
    yield "\n".join(lines)
