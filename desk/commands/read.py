"""`process`, `run`, `extract`: reading posts and connecting what they name."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer

from casefile.case import Case
from casefile.errors import ImportRefused
from desk import collecting, reporting, terminal, watching, working
from desk.answers.alerts import show_new
from desk.commands.options import AsJson, CaseFolder, Workers


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Read and connect")(process)
    app.command(rich_help_panel="Read and connect")(run)
    app.command(rich_help_panel="Read and connect")(extract)


def process(case: CaseFolder, workers: Workers = None, as_json: AsJson = False) -> None:
    """Read all posts not read yet, and connect what they name into networks.

    Example: jejak process demo-case
    """
    with Case.open(case) as opened:
        done = working.process(opened, workers)
        alerts = watching.watch(opened)
    working.show(done, as_json)
    show_new(alerts, as_json)


def run(
    case: CaseFolder,
    parallel: Annotated[int, typer.Option(min=1, max=64, help="How many sources at once.")] = 2,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Do all of it: crawl every source, read, connect, and write the report.

    Example: jejak run demo-case
    """
    with Case.open(case) as opened:
        results = collecting.crawl(opened, [], parallel) if opened.sources() else []
        done = working.process(opened, workers)
        alerts = watching.watch(opened)
        report = reporting.write(opened, None)
    collecting.show_crawls(results, as_json)
    working.show(done, as_json)
    show_new(alerts, as_json)
    reporting.show(report, as_json)
    if results and all(result.failed for result in results):
        raise typer.Exit(1)


def extract(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSONL with id and text; standard input when none is given.")
    ] = None,
    workers: Workers = None,
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
        written = run_filter(lines, _as_utf8(sys.stdout), workers=workers or 1, on_problem=complain)
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
