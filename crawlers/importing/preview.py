"""What an import would make of a file, shown before anything is kept: its kind, its columns, its first posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from casefile.errors import ImportRefused
from casefile.records import Post
from crawlers.importing.archives import given_file
from crawlers.importing.excel import first_rows as first_rows_of_excel
from crawlers.importing.folders import files_to_read
from crawlers.importing.jsonl import first_rows as first_rows_of_jsonl
from crawlers.importing.model import ImportKind, Note, Options, SetAside
from crawlers.importing.readers import open_reads
from crawlers.importing.recognise import Recognised, recognise
from crawlers.importing.rows import Row, columns_of
from crawlers.importing.tables import first_rows as first_rows_of_csv

_FIRST_ROWS = {
    ImportKind.CSV: first_rows_of_csv,
    ImportKind.EXCEL: first_rows_of_excel,
    ImportKind.JSONL: first_rows_of_jsonl,
}
_FIRST_POSTS = 5
_MOST_READS = 2_000


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column by the file's own name: which field of a post it is taken for (None: not used), and what stands in it."""

    name: str
    field: str | None
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file is held to be and how sure that is; `trouble` says why nothing could be read."""

    path: Path
    kind: ImportKind | None = None
    sure: float = 0.0
    columns: tuple[ColumnGuess, ...] = ()
    posts: tuple[Post, ...] = ()
    notes: tuple[str, ...] = ()
    trouble: str = ""
    remedy: str = ""


def preview(path: Path, options: Options, kind: ImportKind | None = None) -> Iterator[Preview]:
    """A preview of a file, or of each file in a folder that an import would read."""
    files, _ = files_to_read(path) if path.is_dir() else ([path], {})
    for file in files:
        yield _of_file(file, options, kind)


def _of_file(path: Path, options: Options, kind: ImportKind | None) -> Preview:
    try:
        given = given_file(path)
        known = Recognised(kind, 1.0, given) if kind else recognise(given)
    except ImportRefused as refusal:
        return Preview(path=path, trouble=str(refusal), remedy=refusal.remedy)
    try:
        columns = _columns(known, options)
        posts, notes = _first(known, options)
    except ImportRefused as refusal:
        told = _columns(known, options, strict=False)
        return Preview(
            path=path, kind=known.kind, sure=known.sure, columns=told, trouble=str(refusal), remedy=refusal.remedy
        )
    return Preview(path=path, kind=known.kind, sure=known.sure, columns=columns, posts=posts, notes=notes)


def _columns(known: Recognised, options: Options, *, strict: bool = True) -> tuple[ColumnGuess, ...]:
    """The columns of a table with what stands in its first rows."""
    first_rows = _FIRST_ROWS.get(known.kind)
    if first_rows is None:
        return ()
    try:
        rows = list(islice(first_rows(known.given), 20))
    except ImportRefused:
        return ()
    names = dict.fromkeys(str(name) for row in rows for name in row.values)
    guessed = columns_of(names, options, strict=strict)
    field_of = {name: field for field, name in guessed.by_field.items()}
    if guessed.hour:
        field_of[guessed.hour] = "published (hour)"
    return tuple(ColumnGuess(name, field_of.get(name), _example(rows, name)) for name in names if name)


def _example(rows: Sequence[Row], name: str) -> str:
    said = (str(value) for row in rows if (value := row.values.get(name)) not in (None, ""))
    return next(said, "")[:200]


def _first(known: Recognised, options: Options) -> tuple[tuple[Post, ...], tuple[str, ...]]:
    _, reads = open_reads(known.given, known.kind, options)
    posts: list[Post] = []
    notes: list[str] = []
    for read in islice(reads, _MOST_READS):
        if isinstance(read, Post):
            posts.append(read)
            if len(posts) >= _FIRST_POSTS:
                break
        elif isinstance(read, Note):
            notes.append(read.text)
        elif isinstance(read, SetAside):
            notes.append(f"Set aside: {read.where}: {read.reason}")
    return tuple(posts), tuple(dict.fromkeys(notes[:20]))
