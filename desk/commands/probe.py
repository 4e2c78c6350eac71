"""`probe`: what a page or a file is, and which posts it would give."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.commands.options import AsJson


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Collect")(probe)


def probe(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS|FILE", help="A page of the web, or a saved file.", show_default=False)
    ],
    url: Annotated[str | None, typer.Option(help="For a saved file: the address that it was saved from.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say where each field was taken from, and why.")] = False,
    timezone: Annotated[str | None, typer.Option(help="Zone of times without one, for example Asia/Jakarta.")] = None,
    as_json: AsJson = False,
) -> None:
    """Look at one page or file: what it is, who may read it, and which posts it shows.

    Example: jejak probe https://t.me/s/kerja_luar_invented_example
    """
    from desk import probing

    probed = probing.look(address, url=url, timezone=timezone)
    if as_json:
        probing.show_json(probed)
    else:
        probing.show(probed, explain=explain)
