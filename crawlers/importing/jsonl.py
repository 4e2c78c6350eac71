"""JSON lines, and JSON files that hold one list of rows."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from crawlers.importing.json_stream import JsonStream, Malformed, Unreadable
from crawlers.importing.lines import SAMPLE, Lines, encoding_of
from crawlers.importing.model import MAX_RECORD, Given, Note, Options, Read, SetAside
from crawlers.importing.rows import Row, infer_order, read_rows

_REMEDY = "Each line should be one JSON object with at least a text."
LISTS = ("posts", "messages", "data", "items", "rows", "results", "comments", "tweets")
"""What the list of posts in a JSON object may be called."""


def read_jsonl(given: Given, options: Options) -> Iterator[Read]:
    """The rows of a file with one JSON object a line."""
    lines = Lines(given)
    yield from _posts(lambda: _rows_of_lines(lines), options)
    yield from map(Note, lines.notes())


def first_rows(given: Given) -> Iterator[Row]:
    """The rows of a file with one JSON object a line, to be looked at before it is imported."""
    return (row for row in _rows_of_lines(Lines(given)) if isinstance(row, Row))


def read_json(given: Given, options: Options) -> Iterator[Read]:
    """The rows of a JSON array, or of the first list in a JSON object that is called posts, messages, data or the like."""
    with given.open() as stream:
        encoding = encoding_of(stream.read(SAMPLE))
    yield from _posts(lambda: _rows_of_list(given, encoding), options)


def _posts(rows: Callable[[], Iterator[Row | SetAside]], options: Options) -> Iterator[Read]:
    order, reason = infer_order((row for row in rows() if isinstance(row, Row)), options)
    yield from read_rows(rows(), options, order, reason)


def _rows_of_lines(lines: Lines) -> Iterator[Row | SetAside]:
    for line in lines:
        where = f"line {line.number}"
        if not line.whole:
            yield SetAside(where, f"the line is longer than {MAX_RECORD:,} characters", _REMEDY)
        elif line.text.strip("\0 \t\ufeff"):
            yield _row(where, line.text)


def _row(where: str, text: str) -> Row | SetAside:
    try:
        value = json.loads(text.strip("\0 \t\ufeff"))
    except RecursionError:
        return SetAside(where, "it is nested too deeply", _REMEDY)
    except ValueError as error:
        return SetAside(where, f"it is no JSON ({error})", _REMEDY)
    return _checked(where, value)


def _checked(where: str, value: Any) -> Row | SetAside:
    if isinstance(value, Unreadable):
        return SetAside(where, value.reason, _REMEDY)
    if not isinstance(value, dict):
        return SetAside(where, "it is no JSON object", _REMEDY)
    return Row(where, value)


def _rows_of_list(given: Given, encoding: str) -> Iterator[Row | SetAside]:
    with io.TextIOWrapper(given.open(), encoding, errors="replace") as text:
        stream = JsonStream(text)
        number = 0
        try:
            if stream.peek() == "{" and not _enter_list(stream):
                yield SetAside(
                    "the whole file", "it holds no list of posts", f"Name the list one of: {', '.join(LISTS)}."
                )
                return
            for place in stream.places():
                number = place + 1
                yield _checked(f"row {number}", stream.value())
        except Malformed as error:
            yield SetAside(
                f"after row {number}", f"the file is broken from there on: {error}", "Get the file again, whole."
            )


def _enter_list(stream: JsonStream) -> bool:
    """Walk to the first list that may hold posts; the stream then stands before it."""
    for key in stream.names():
        if key.casefold() in LISTS and stream.peek() == "[":
            return True
        stream.skip()
    return False
