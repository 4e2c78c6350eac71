"""`desk`: the case as a page in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.commands.options import CaseFolder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Start here")(desk)


def desk(
    case: CaseFolder,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port on this machine; 0 takes a free one.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser, only print the address.")] = False,
) -> None:
    """Open the case as a page in the browser: search, read, follow networks, judge. Only this machine reaches it.

    For a folder that does not exist yet, the page offers to make the case.

    Example: jejak desk demo-case
    """
    from desk.page.server import serve

    serve(case, port, open_browser=not no_open)
