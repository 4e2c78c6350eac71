"""CSV for spreadsheets and i2: one file a table.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, except a plain phone number
(https://owasp.org/www-community/attacks/CSV_Injection). All cells are quoted, in UTF-8 with the mark Excel looks for.
A time stands in two columns, day and time of day in UTC, as i2 wants them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from graph.export.tables import Cell, Table, Type, tables_of
from graph.export.view import View

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_FORMULA = tuple("=+-@|%\t\r＝＋－＠")


def write_csv(view: View, folder: Path) -> list[Path]:
    """Write links.csv, nodes.csv, posts.csv, proofs.csv and the other tables."""
    return [write_table(table, folder / f"{table.name}.csv") for table in tables_of(view)]


def safe(cell: str | int | float) -> str | int | float:
    """The cell, unable to act as a formula."""
    if not isinstance(cell, str) or not cell.startswith(_FORMULA) or _E164.fullmatch(cell):
        return cell
    return "'" + cell


def write_table(table: Table, path: Path) -> Path:
    """Write one table; returns where."""
    types = table.types()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        lines.writerow(
            [name for column, kind in zip(table.columns, types, strict=True) for name in _names(column, kind)]
        )
        lines.writerows(list(_cells(row, types)) for row in table.rows())
    return path


def _names(column: str, kind: Type) -> tuple[str, ...]:
    stem = column.removesuffix("_seen")
    return (f"{stem}_date", f"{stem}_time") if kind is Type.TIME else (column,)


def _cells(row: Sequence[Cell], types: Sequence[Type]) -> Iterator[str | int | float]:
    for cell, kind in zip(row, types, strict=True):
        if kind is Type.TIME:
            told = isinstance(cell, datetime)
            yield f"{cell:%Y-%m-%d}" if told else ""
            yield f"{cell:%H:%M:%S}" if told else ""
        elif cell is None or isinstance(cell, datetime):
            yield ""
        else:
            yield safe(cell)
