"""`actors`, `campaigns`, `links`: all that connecting found, as lists for people and lines for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from casefile.case import Case
from casefile.records import LinkKind
from desk.answers import programs
from desk.commands.options import AsJson, CaseFolder


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (actors, campaigns, links):
        app.command(rich_help_panel="Ask")(command)


def actors(case: CaseFolder, as_json: AsJson = False) -> None:
    """List the recruiters: their contacts, posts and destinations, and how sure that is.

    Example: jejak actors demo-case
    """
    with Case.open(case) as opened:
        programs.actors(opened, as_json)


def campaigns(case: CaseFolder, as_json: AsJson = False) -> None:
    """List the texts that were sent many times, with the posts that carry them.

    Example: jejak campaigns demo-case
    """
    with Case.open(case) as opened:
        programs.campaigns(opened, as_json)


def links(
    case: CaseFolder,
    kind: Annotated[LinkKind | None, typer.Option(help="Only links of this kind.", show_default="all kinds")] = None,
    as_json: AsJson = False,
) -> None:
    """List the links between recruiters, contacts, companies and places, with the posts that prove them.

    Example: jejak links demo-case --kind sends_to
    """
    with Case.open(case) as opened:
        programs.links(opened, kind, as_json)
