"""`demo`: the whole job on a small web of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.commands.options import Workers


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Start here")(demo)


def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where the demo case is made (an older demo case there makes room).")
    ] = Path("demo-case"),
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open the report in a browser.")] = True,
    workers: Workers = None,
) -> None:
    """Do the whole job on a small invented web on this computer: crawl, keep, read, connect, report.

    Example: jejak demo
    """
    from desk.demo.tour import run_demo

    run_demo(folder, workers=workers, open_it=open_it)
