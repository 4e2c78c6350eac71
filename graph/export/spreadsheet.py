"""A spreadsheet for people (xlsx): one sheet a table, typed, with filters; nothing in it can run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from graph.export.tables import Cell, Table, Type, tables_of
from graph.export.view import View

_MOST_ROWS = 1_048_575  # under the heading; Excel's limit
_LONGEST_CELL = 32_767  # UTF-16 units; Excel's limit
_WIDTHS = {"label": 32, "from_label": 32, "to_label": 32, "text": 60, "address": 40, "proof": 24, "name": 40}
_WIDTH_OF_TIME, _WIDTH = 18, 16
# xlsxwriter turns text that looks like a formula, a number or an address into one unless it is told not to.
_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}


def write_spreadsheet(view: View, folder: Path) -> list[Path]:
    """Write `network.xlsx`. A table that is longer than a sheet goes on in the next; a longer text ends with an ellipsis."""
    path = folder / "network.xlsx"
    made_at = view.context.made_at.replace(tzinfo=None)
    with xlsxwriter.Workbook(path, _PLAIN) as book:
        book.set_properties({"title": view.context.title, "comments": view.context.statement, "created": made_at})
        bold = book.add_format({"bold": True})
        for table in tables_of(view):
            for number, rows in enumerate(_in_sheets(table.rows()), 1):
                name = table.name.capitalize() + (f" {number}" if number > 1 else "")
                sheet = book.add_worksheet(name)
                for column, title in enumerate(table.columns):
                    sheet.write_string(0, column, title, bold)
                _set_out(sheet, table)
                last = _fill(sheet, rows)
                sheet.autofilter(0, 0, last, len(table.columns) - 1)
    return [path]


def _in_sheets(rows: Iterator[Sequence[Cell]]) -> Iterator[Iterator[Sequence[Cell]]]:
    """The rows in parts that one sheet can hold; one empty part when there are none."""
    first = next(rows, None)
    if first is None:
        yield iter(())
    while first is not None:
        yield _begun_with(first, islice(rows, _MOST_ROWS - 1))
        first = next(rows, None)


def _begun_with(first: Sequence[Cell], rest: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield first
    yield from rest


def _set_out(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes(1, 0)
    for column, (title, kind) in enumerate(zip(table.columns, table.types(), strict=True)):
        sheet.set_column(column, column, _WIDTH_OF_TIME if kind is Type.TIME else _WIDTHS.get(title, _WIDTH))


def _fill(sheet: Worksheet, rows: Iterator[Sequence[Cell]]) -> int:
    """Write the rows under the heading; returns the number of the last."""
    number = 0
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, column, cell.replace(tzinfo=None))
            elif isinstance(cell, str):
                if cell:
                    sheet.write_string(number, column, _fitting(cell))
            elif cell is not None:
                sheet.write_number(number, column, cell)
    return number


def _fitting(text: str) -> str:
    if len(text) * 2 <= _LONGEST_CELL or len(text.encode("utf-16-le")) <= 2 * _LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
