"""What is shown in a terminal: tables for people, JSON for machines, nothing that a hostile text could do."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from casefile import progress as progress_type

# A pipe has no width; lines must not be broken for it.
_PIPE_WIDTH = 240
out = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
err = Console(highlight=False, stderr=True)

_SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"
# Bidirectional controls can make a line read as something else (Unicode TR 36).
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STEERS = re.compile(f"[\x7f-\x9f\ud800-\udfff{''.join(_BIDI)}]")


def plain(value: object, *, lines: bool = False) -> str:
    """`value` as text without escape codes and direction controls; line feeds become spaces unless `lines`."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text
    kept = ("\n",) if lines else ()
    return "".join(_shown(c, kept) for c in text)


def _shown(character: str, kept: tuple[str, ...]) -> str:
    if character in kept:
        return character
    if character in "\n\r\t":
        return " "
    if character in _BIDI or unicodedata.category(character) in ("Cc", "Cs"):
        return _SHOWN_INSTEAD
    return character


def say(text: str = "", style: str = "") -> None:
    """A line of a result (stdout)."""
    out.print(Text(plain(text, lines=True), style=style), soft_wrap=True)


def note(text: str, style: str = "dim") -> None:
    """A line about the work, not part of the result (stderr)."""
    err.print(Text(plain(text, lines=True), style=style), soft_wrap=True)


def say_json(value: Any) -> None:
    """One JSON object on one line (stdout); what could steer a terminal is written as \\uXXXX, the same to a program."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    sys.stdout.write(_STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n")


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "", numbers: Sequence[str] = ()
) -> None:
    """A table; the columns named in `numbers` are set to the right."""
    grid = Table(
        title=Text(title) if title else None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for column in columns:
        right = column in numbers
        grid.add_column(Text(column), justify="right" if right else "left", no_wrap=right, overflow="fold")
    for row in rows:
        grid.add_row(*(cell if isinstance(cell, Text) else Text(plain(cell)) for cell in row))
    out.print(grid)


def say_marked(text: str, marks: Iterable[tuple[int, int]], *, lines: bool = False) -> None:
    """A text of a post with the marks (start, end) shown (stdout)."""
    out.print(marked(text, marks, lines=lines), soft_wrap=True)


def marked(text: str, marks: Iterable[tuple[int, int]], *, lines: bool = False) -> Text:
    """A text with the marks (start, end) shown."""
    shown = Text(plain(text, lines=lines))  # `plain` keeps every character's place
    for start, end in marks:
        shown.stylize("bold yellow", start, end)
    return shown


@contextmanager
def progress(what: str, unit: str = "") -> Iterator[progress_type.Progress]:
    """A progress bar on stderr; nothing in pipes. Gives the function that work reports to."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        task = bars.add_task(what, total=None)

        def report(done: int, total: int | None) -> None:
            bars.update(task, completed=done, total=total)

        yield report
