"""Tables (CSV, TSV): separator and encoding are guessed, columns are named or known, broken quotation marks are survived."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice

from casefile.errors import ImportRefused
from crawlers.importing.lines import Line, Lines
from crawlers.importing.model import MAX_RECORD, Given, Note, Options, Read, SetAside
from crawlers.importing.rows import Row, columns_note, columns_of, infer_order, read_rows, unlike

_SEPARATORS = ",;\t|"
_MAX_QUOTED = 2_000_000  # a quotation that is not closed within so many characters never will be
_MAX_BROKEN = 20
_REMEDY = "Save the table again as CSV from the program that made it."


def read_csv(given: Given, options: Options) -> Iterator[Read]:
    """The rows of a table. Raises ImportRefused when no column is known to hold the text."""
    # A process-wide setting of the csv module; its default (131,072) is shorter than the posts that we read.
    csv.field_size_limit(MAX_RECORD)
    lines = Lines(given)
    separator, header = separator_and_header(lines)
    columns = columns_of(header, options)
    if "text" not in columns.by_field:
        raise ImportRefused(
            f"{given.name}: none of its columns is known to hold the text; they are: {', '.join(header)[:600]}",
            "Say which one it is, for example: text=" + (header[-1][:40] or "NAME"),
        )
    order, reason = infer_order((row for row in _rows(lines, separator, header) if isinstance(row, Row)), options)
    yield Note(f"The {columns_note(columns, header)}")
    yield from read_rows(_rows(lines, separator, header), options, order, reason)
    yield from map(Note, lines.notes())


def first_rows(given: Given) -> Iterator[Row]:
    """The rows of a table, to be looked at before it is imported."""
    csv.field_size_limit(MAX_RECORD)
    lines = Lines(given)
    separator, header = separator_and_header(lines)
    yield Row("line 1", dict.fromkeys(header, ""))
    yield from (row for row in _rows(lines, separator, header) if isinstance(row, Row))


def separator_and_header(lines: Lines) -> tuple[str, list[str]]:
    """What separates the values: what splits the first rows most evenly; and the names in the first row."""
    sample = [line.text for line in islice(lines, 30) if line.text.strip()]
    if not sample:
        raise ImportRefused(f"{lines.name}: the table is empty", _REMEDY)
    separator = max(_SEPARATORS, key=lambda candidate: _evenness(sample, candidate))
    if _names_separator(sample[0]) and len(sample) > 1:
        separator, sample = sample[0].strip()[4], sample[1:]
    header = next(csv.reader(sample[:1], delimiter=separator), [])
    return separator, unlike([name.strip().strip("\ufeff") for name in header])


def _names_separator(line: str) -> bool:
    """Whether a line is the `sep=;` that Excel understands before a header."""
    return line.strip().lower()[:4] == "sep=" and len(line.strip()) == 5


def _evenness(sample: list[str], separator: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader((f"{line}\n" for line in sample), delimiter=separator) if row]
    except csv.Error:
        return 0, 0
    first = widths[0] if widths else 0
    return (sum(width == first for width in widths) if first > 1 else 0), first


class _OpenQuotation(Exception):
    """A quotation mark is opened and never closed."""


class _Feed:
    """Hands lines to the csv reader, and takes them back when a quotation swallows more than one row can be."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self.row: list[Line] = []
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                if self.row:
                    raise _OpenQuotation
                return
            self.row.append(line)
            self._length += len(line.text)
            if self._length > _MAX_QUOTED and len(self.row) > 1:
                raise _OpenQuotation
            yield line.text + "\n"

    def next_row(self) -> None:
        self.row, self._length = [], 0

    def give_back(self) -> Line:
        """The first line of the row; the others will be read again as rows of their own."""
        first, *others = self.row
        self._again.extendleft(reversed(others))
        self.next_row()
        return first


def _rows(lines: Lines, separator: str, header: list[str]) -> Iterator[Row | SetAside]:
    """The rows under the header."""
    feed, broken = _Feed(iter(lines)), 0
    reader = csv.reader(feed, delimiter=separator, strict=True)
    is_header = True
    while True:
        feed.next_row()
        try:
            values = next(reader, None)
        except (_OpenQuotation, csv.Error) as error:
            broken += len(feed.row) > 1
            first = feed.give_back()
            yield from _loose_row(first, separator, header, error)
            if broken > _MAX_BROKEN:  # the marks mean nothing in this file
                yield from _literal_rows(feed, separator, header)
                return
            reader = csv.reader(feed, delimiter=separator, strict=True)
            continue
        if values is None:
            return
        if is_header:
            is_header = _names_separator(feed.row[0].text)
        elif any(value.strip() for value in values):
            yield _row(f"line {feed.row[0].number}", values, header)


def _literal_rows(feed: _Feed, separator: str, header: list[str]) -> Iterator[Row | SetAside]:
    for text in feed:
        if text.strip():
            yield _row(f"line {feed.row[0].number}", [value.strip('" \n') for value in text.split(separator)], header)
        feed.next_row()


def _loose_row(line: Line, separator: str, header: list[str], error: Exception) -> Iterator[Row | SetAside]:
    """A row whose quotation marks do not fit: read line by line, where it then has as many values as the header."""
    where = f"line {line.number}"
    values = next(csv.reader([line.text], delimiter=separator), []) if line.whole else []
    if len(values) != len(header):
        values = line.text.split(separator)
    if len(values) == len(header) and line.whole:
        yield Row(where, dict(zip(header, (value.strip('" ') for value in values), strict=True)))
    else:
        why = "a quotation mark is opened and not closed" if isinstance(error, _OpenQuotation) else str(error)
        yield SetAside(where, f"the row cannot be read: {why}", _REMEDY)


def _row(where: str, values: list[str], header: list[str]) -> Row | SetAside:
    if len(values) > len(header) and any(value.strip() for value in values[len(header) :]):
        return SetAside(where, f"it has {len(values)} values where the header has {len(header)}", _REMEDY)
    return Row(where, dict(zip(header, values, strict=False)))
