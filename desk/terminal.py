"""What is shown in a terminal: tables for people, JSON for machines, nothing that a hostile text could do."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from casefile import progress as progress_type
from desk import progress_lines

# A pipe has no width; lines must not be broken for it.
_PIPE_WIDTH = 240
out = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
err = Console(highlight=False, stderr=True)

_SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"
# Control characters, lone surrogates, and the bidirectional controls, which make a line read as something else (Unicode TR 36).
_STEERING = (
    *range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000),
    0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
)  # fmt: skip
_PLAIN = {**dict.fromkeys(_STEERING, _SHOWN_INSTEAD), **dict.fromkeys(map(ord, "\n\r\t"), " ")}
_PLAIN_LINES = {**_PLAIN, ord("\n"): "\n"}
_ESCAPED = {code: f"\\u{code:04x}" for code in _STEERING}


def plain(value: object, *, lines: bool = False) -> str:
    """`value` as text without escape codes and direction controls; line feeds become spaces unless `lines`."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_PLAIN_LINES if lines else _PLAIN)


def say(text: str = "", style: str = "") -> None:
    """A line of a result (stdout)."""
    out.print(Text(plain(text, lines=True), style=style), soft_wrap=True)


def note(text: str, style: str = "dim") -> None:
    """A line about the work, not part of the result (stderr)."""
    err.print(Text(plain(text, lines=True), style=style), soft_wrap=True)


_gathered: ContextVar[list[Any] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering() -> Iterator[list[Any]]:
    """Gather what `say_json` is told here instead of writing it: for whoever answers programs by another way."""
    said: list[Any] = []
    token = _gathered.set(said)
    try:
        yield said
    finally:
        _gathered.reset(token)


def say_json(value: Any) -> None:
    """One JSON object on one line (stdout); what could steer a terminal is written as \\uXXXX, the same to a program."""
    if (said := _gathered.get()) is not None:
        said.append(value)
        return
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str).translate(_ESCAPED) + "\n")


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
    """A progress bar on stderr; in pipes nothing, or the lines of `desk.progress_lines`. Gives what work reports to.

    A thread shows none: two bars at once would not know of each other.
    """
    in_main = threading.current_thread() is threading.main_thread()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not (err.is_terminal and in_main)) as bars:
        task, tell = bars.add_task(what, total=None), progress_lines.teller(what, unit)

        def report(done: int, total: int | None) -> None:
            bars.update(task, completed=done, total=total)
            tell(done, total)

        yield report
