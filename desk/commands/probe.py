"""`probe`: what a page or a file is, and which posts it would give."""

from __future__ import annotations

from pathlib import Path
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
    save: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE.yml",
            help="Make a source of it: in the case under this name (`auto` finds one), or in a file.",
        ),
    ] = None,
    case: Annotated[Path | None, typer.Option(help="The case to save into; its contact is shown to the site.")] = None,
    url: Annotated[str | None, typer.Option(help="For a saved file: the address that it was saved from.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say where each field was taken from, and why.")] = False,
    timezone: Annotated[
        str | None,
        typer.Option("--timezone", "--source-timezone", help="Zone of times without one, for example Asia/Jakarta."),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Try a browser where the page seems to need JavaScript.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Look at one page or file: what it is, whether it may be read, which posts it shows; and make it a source.

    Example: jejak probe https://t.me/s/kerja_luar_invented_example --save auto --case poipet
    """
    from desk import probing

    probed = probing.look(address, url=url, timezone=timezone, case=case, use_browser=browser)
    if not (as_json and Path(address).is_file()):  # a program that reads many files is not kept waiting
        probed = probing.in_languages(probed)
    if as_json:
        probing.show_json(probed)
    else:
        probing.show(probed, explain=explain)
    if save is not None:
        probing.save(probed, save, case)
    if probed.wall:
        raise typer.Exit(1)
