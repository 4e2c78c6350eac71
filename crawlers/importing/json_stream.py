"""Walking through a JSON text of any size with little memory: one value at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TextIO

from crawlers.importing.model import MAX_RECORD

_WINDOW = 1 << 18
_SPACE = re.compile(r"[ \t\r\n]*")
_OUTSIDE_STRING = re.compile(r'["{}\[\],]')
_AFTER_VALUE = frozenset(",:]} \t\r\n")
_INSIDE_STRING = re.compile(r'["\\]')


class Malformed(Exception):
    """The text is no JSON from here on; nothing after it can be read."""


class Unreadable:
    """Stands for one value that could not be read; the next one can."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class JsonStream:
    """A JSON text, walked from its start. Between calls the position stands before a value or a mark."""

    def __init__(self, text: TextIO, window: int = _WINDOW) -> None:
        self._text, self._window = text, window
        self._buffer = ""
        self._at = 0
        self._ended = False
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def take(self, mark: str) -> None:
        """Step over a mark such as `{`. Raises Malformed if something else stands there."""
        found = self.peek()
        if found != mark:
            raise Malformed(f"{mark!r} was expected, {found!r} found" if found else "the text ends too early")
        self._at += 1

    def names(self) -> Iterator[str]:
        """The names in the object that begins here; the caller takes or skips each value before the next name."""
        self.take("{")
        while self.peek() != "}":
            name = self.value()
            if not isinstance(name, str):
                raise Malformed("a name was expected")
            self.take(":")
            yield name
            if self.peek() != "}":
                self.take(",")
        self.take("}")

    def places(self) -> Iterator[int]:
        """The places of the array that begins here, from 0; the caller takes or skips the value of each."""
        self.take("[")
        place = 0
        while self.peek() != "]":
            yield place
            place += 1
            if self.peek() != "]":
                self.take(",")
        self.take("]")

    def value(self) -> Any:
        """The whole value that begins here, or Unreadable if it alone is broken or too long."""
        if not self.peek():
            raise Malformed("the text ends too early")
        # What cannot be read here may only be cut by the edge of the window.
        with suppress(ValueError, RecursionError):
            value, end = self._decoder.raw_decode(self._buffer, self._at)
            # A number at the edge of the window may go on behind it (and "0." is there read as 0).
            if self._ended or (end < len(self._buffer) and self._buffer[end] in _AFTER_VALUE):
                self._at = end
                return value
        return self._straddling()

    def skip(self) -> None:
        """Step over the value that begins here without keeping it."""
        for _ in self._pieces():
            pass

    def _straddling(self) -> Any:
        """A value that reaches over the window's edge, or is broken: find its end first, so that each part is read twice at most."""
        pieces: list[str] = []
        length = 0
        for piece in self._pieces():
            length += len(piece)
            if length <= MAX_RECORD:
                pieces.append(piece)
        if length > MAX_RECORD:
            return Unreadable(f"it is longer than {MAX_RECORD:,} characters")
        try:
            return json.loads("".join(pieces))
        except RecursionError:
            return Unreadable("it is nested too deeply")
        except ValueError as error:
            return Unreadable(f"it is no JSON ({error})")

    def _pieces(self) -> Iterator[str]:
        """The text of the value that begins here, found by its brackets and quotation marks alone."""
        if not self.peek():
            raise Malformed("the text ends too early")
        depth, in_string, start = 0, False, self._at
        while True:
            match = (_INSIDE_STRING if in_string else _OUTSIDE_STRING).search(self._buffer, self._at)
            if match is None or (match[0] == "\\" and match.end() == len(self._buffer)):
                keep = match.start() if match else len(self._buffer)
                yield self._buffer[start:keep]
                self._at = keep
                if not self._more():
                    if depth or in_string:
                        raise Malformed("the text ends in the middle of a value")
                    self._at = len(self._buffer)
                    return
                start = self._at
                continue
            mark, end = match[0], match.end()
            if mark == "\\":
                self._at = end + 1
                continue
            if mark == '"':
                in_string = not in_string
            elif mark in "{[":
                depth += 1
            elif mark in "}]" and depth:
                depth -= 1
            elif not depth:  # a comma or a bracket of the outer value ends a bare number or word
                yield self._buffer[start : match.start()]
                self._at = match.start()
                return
            self._at = end
            if depth == 0 and not in_string and mark in '"}]':
                yield self._buffer[start:end]
                return

    def _more(self) -> bool:
        """Read on, dropping what was passed; False at the end of the text."""
        if self._ended:
            return False
        chunk = self._text.read(self._window)
        self._ended = not chunk
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)
