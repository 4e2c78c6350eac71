"""Excel workbooks (`.xlsx`): every sheet, hidden rows too; dates as typed, formulas as last computed, never computed here."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from casefile.errors import ImportRefused
from crawlers.importing.archives import BROKEN, is_bounded
from crawlers.importing.model import Given, Note, Options, Read, SetAside, many
from crawlers.importing.rows import Row, columns_note, columns_of, infer_order, read_rows, unlike

if TYPE_CHECKING:  # it takes a third of a second to load
    from openpyxl.workbook.workbook import Workbook

_MAX_FILE = 200_000_000
_MAX_PART = 500_000_000
_MAX_RATIO = 200  # the parts of real workbooks shrink to a tenth
_FREE_OF_RATIO = 20_000_000
_HEADER_WITHIN = 20
_MAX_COLUMNS = 2_000
_MAX_EMPTY = 1_000  # rows in a row; sheets that were formatted to the end have a million
_HIDDEN_ROW = re.compile(rb"<row\b[^>]{0,400}\bhidden=\"(?:1|true)\"")
_REMEDY = "Save it again as Excel workbook (.xlsx) or as CSV."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with the row that names its columns (counted from 1); `header` is empty where no row names any."""

    name: str
    header_row: int
    header: tuple[str, ...]
    hidden: bool


def read_excel(given: Given, options: Options) -> Iterator[Read]:
    """The rows of all sheets. Raises ImportRefused when no sheet has a column that is known to hold the text."""
    content = _content(given)
    sheets = _survey(content, given.name, options)
    columns_of(dict.fromkeys(name for sheet in sheets for name in sheet.header), options)  # all that was told is there
    tables = [sheet for sheet in sheets if "text" in columns_of(sheet.header, options, strict=False).by_field]
    if not tables:
        named = "; ".join(f"{sheet.name}: {', '.join(sheet.header)[:300]}" for sheet in sheets)
        raise ImportRefused(
            f"{given.name}: none of its columns is known to hold the text; they are: {named}",
            "Say which one it is, for example: text=" + next((s.header[-1] for s in sheets if s.header), "NAME"),
        )
    for sheet in tables:
        told = columns_note(columns_of(sheet.header, options, strict=False), sheet.header)
        yield Note(f"Sheet “{sheet.name}”: the {told}")
    order, reason = infer_order(_rows(content, tables), options)
    yield from read_rows(_rows(content, tables), options, order, reason)
    yield from _notes(content, sheets, tables)


def first_rows(given: Given) -> Iterator[Row]:
    """The rows of a workbook, to be looked at before it is imported."""
    content = _content(given)
    sheets = _survey(content, given.name, Options(source=""))
    yield from (Row(f"sheet “{sheet.name}”", dict.fromkeys(sheet.header, "")) for sheet in sheets)
    yield from _rows(content, sheets)


def _survey(content: bytes, file_name: str, options: Options) -> list[Sheet]:
    """The sheets that hold anything, each with its header. Raises ImportRefused for a file that is no sound workbook."""
    with _Opened(content, file_name) as book:
        return [sheet for name in book.sheetnames if (sheet := _sheet(book, name, options))]


def _sheet(book: Workbook, name: str, options: Options) -> Sheet | None:
    page: Any = book[name]
    if not hasattr(page, "iter_rows"):  # a sheet that is only a chart
        return None
    rows = list(islice(_values(page), _HEADER_WITHIN))
    if not rows:
        return None
    headers = [(number, _names(values)) for number, values in rows]
    named = next((h for h in headers if "text" in columns_of(h[1], options, strict=False).by_field), None)
    number, header = named or next((h for h in headers if sum(map(bool, h[1])) > 1), headers[0])
    return Sheet(name, number, header, page.sheet_state != "visible")


def _names(values: list[str | None]) -> tuple[str, ...]:
    """The names in a row, less the empty cells behind them."""
    names = unlike([str(value or "").strip() for value in values])
    last = max((place for place, name in enumerate(names, 1) if name), default=0)
    return tuple(names[:last])


def _rows(content: bytes, sheets: list[Sheet]) -> Iterator[Row]:
    with _Opened(content, "") as book:
        for sheet in sheets:
            for number, values in _values(book[sheet.name]):
                if number > sheet.header_row:
                    yield Row(f"sheet “{sheet.name}”, row {number}", dict(zip(sheet.header, values, strict=False)))


def _values(page: Any) -> Iterator[tuple[int, list[str | None]]]:
    """The rows of a sheet that hold anything, with their numbers."""
    page.reset_dimensions()  # what the file says of its size may be wrong
    empty = 0
    for number, cells in enumerate(page.iter_rows(), 1):
        values = [_said(cell) for cell in cells[:_MAX_COLUMNS]]
        if any(values):
            empty = 0
            yield number, values
        else:
            empty += 1
            if empty > _MAX_EMPTY:
                return


def _said(cell: Any) -> str | None:
    """What a cell says, as a text: dates in ISO 8601, as exact as the cell shows them."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        shown = str(cell.number_format).lower()
        if "h" not in shown and value.time() == time():
            return value.date().isoformat()
        return value.isoformat(" ", timespec="seconds" if "s" in shown or value.second else "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


class _Opened:
    """A workbook opened for reading row by row; the errors of its parts become a refusal."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name = content, name
        self._book: Workbook | None = None

    def __enter__(self) -> Workbook:
        from openpyxl import load_workbook

        try:
            self._book = load_workbook(io.BytesIO(self._content), read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            told = f"{self._name}: is no sound Excel file ({type(error).__name__}: {str(error)[:200]})"
            raise ImportRefused(told, _REMEDY) from error
        return self._book

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._book is not None:
            self._book.close()
        if isinstance(error, Exception) and not isinstance(error, ImportRefused):
            told = f"the sheet is broken from there on ({type(error).__name__}: {str(error)[:200]})"
            raise ImportRefused(told, _REMEDY) from error


def _content(given: Given) -> bytes:
    """The bytes of a workbook whose parts are of a size that can be. Raises ImportRefused for traps."""
    with given.open() as stream:
        content = stream.read(_MAX_FILE + 1)
    if len(content) > _MAX_FILE:
        raise ImportRefused(f"{given.name}: is larger than {_MAX_FILE // 1_000_000} MB", "Save it as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                allowed = min(_MAX_PART, max(_FREE_OF_RATIO, part.compress_size * _MAX_RATIO))
                if part.file_size > allowed or not is_bounded(part):
                    told = f"{given.name}: unpacks to far more than a table would (a trap that fills the memory)"
                    raise ImportRefused(told, "Ask whoever gave you the file for a CSV.")
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(2_000).upper():
                            raise ImportRefused(f"{given.name}: holds what no program for tables writes", _REMEDY)
    except BROKEN as error:
        raise ImportRefused(f"{given.name}: is no whole Excel file ({error})", _REMEDY) from error
    return content


def _notes(content: bytes, sheets: list[Sheet], tables: list[Sheet]) -> Iterator[Read]:
    for sheet in sheets:
        if sheet not in tables:
            shown = ", ".join(filter(None, sheet.header))[:300]
            yield SetAside(
                f"sheet “{sheet.name}”",
                f"none of its columns is known to hold the text; they are: {shown}",
                "Say: text=NAME.",
            )
        elif sheet.hidden:
            yield Note(f"The sheet “{sheet.name}” is hidden in Excel; it was read like the others.")
    if hidden := _hidden_rows(content):
        yield Note(f"{many(hidden, 'row')} hidden in Excel, read like the others.")


def _hidden_rows(content: bytes) -> int:
    hidden = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as stream:
                    rest = b""
                    while chunk := stream.read(1 << 20):
                        piece = rest + chunk
                        cut = max(piece.rfind(b"<row"), 0)
                        hidden += len(_HIDDEN_ROW.findall(piece, 0, cut))
                        rest = piece[cut:][-100_000:]
                    hidden += len(_HIDDEN_ROW.findall(rest))
    return hidden
