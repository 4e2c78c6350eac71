"""The tables as one SQLite file, for analysts who ask in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from graph.export.clean import iso
from graph.export.tables import Cell, Table, Type, tables_of
from graph.export.view import View

_TYPES = {Type.TEXT: "TEXT", Type.TIME: "TEXT", Type.WHOLE: "INTEGER", Type.NUMBER: "REAL"}
_INDEXES = (
    ("links", "from_id"),
    ("links", "to_id"),
    ("nodes", "id"),
    ("proofs", "link"),
    ("proofs", "post"),
    ("posts", "post"),
)


def write_sqlite(view: View, folder: Path) -> list[Path]:
    """Write `network.sqlite`; times are ISO 8601 in UTC."""
    path = folder / "network.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")  # the file is new: half of it is thrown away
        with database:
            for table in tables_of(view):
                columns = ", ".join(f'"{c}" {_TYPES[k]}' for c, k in zip(table.columns, table.types(), strict=True))
                database.execute(f'CREATE TABLE "{table.name}" ({columns}) STRICT')
                marks = ", ".join("?" * len(table.columns))
                fill = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608  # names of our own tables
                database.executemany(fill, _rows(table))
            for table_name, column in _INDEXES:
                database.execute(f'CREATE INDEX "{table_name}_by_{column}" ON "{table_name}" ("{column}")')
    return [path]


def _rows(table: Table) -> Iterator[Sequence[Cell]]:
    for row in table.rows():
        yield [iso(cell) if isinstance(cell, datetime) else cell for cell in row]
