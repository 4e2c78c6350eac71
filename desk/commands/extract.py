"""`extract`: reading posts without a case."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer

from casefile.errors import ImportRefused
from desk import terminal
from desk.commands.options import Workers


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Read and connect")(extract)


def extract(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSONL with id and text; standard input when none is given.")
    ] = None,
    workers: Workers = None,
    model: Annotated[
        bool, typer.Option("--model/--no-model", help="Look for names with the trained model too, or by rules alone.")
    ] = True,
) -> None:
    """Read posts as a filter: JSONL in, JSONL with every mention out. Needs no case.

    Example: jejak extract posts.jsonl > mentions.jsonl
    """
    from pipeline.filter import run_filter

    complaints = 0

    def complain(number: int, reason: str) -> None:
        nonlocal complaints
        complaints += 1
        terminal.note(f"line {number}: {reason}; set aside", "yellow")

    with ExitStack() as stack:
        lines = stack.enter_context(_opened(file)) if file else _as_utf8(sys.stdin)
        written = run_filter(lines, _as_utf8(sys.stdout), workers=workers or 1, model=model, on_problem=complain)
    if complaints and not written:
        raise typer.Exit(1)


def _opened(file: Path) -> TextIO:
    try:
        return file.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ImportRefused(f"{file}: cannot be read ({error.strerror})", "Check the file's name.") from error


def _as_utf8(stream: TextIO) -> TextIO:
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream
