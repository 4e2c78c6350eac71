"""`watchlist`, `alerts`, `new-since`: what is watched for, what was found, and what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from casefile.case import Case
from desk import watching
from desk.answers import changes
from desk.commands.options import AsJson, CaseFolder, moment


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Watch")(watchlist)
    app.command(rich_help_panel="Watch")(alerts)
    app.command("new-since", rich_help_panel="Watch")(new_since)


def watchlist(case: CaseFolder, as_json: AsJson = False) -> None:
    """Show what is watched for (the files of watch/ in the case), with every mistake in these files, and where alerts go.

    A watch waits for contacts, places, companies, a wording, warning signs together, a recruiter's return under a new
    number, or his new destination. `jejak process` and `jejak run` then give each alert once.

    Example: jejak watchlist demo-case
    """
    with Case.open(case) as opened:
        watching.list_watches(opened, as_json)


def alerts(
    case: CaseFolder,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", parser=moment, help="Only alerts given since then (UTC).", show_default="all"),
    ] = None,
    tell: Annotated[
        bool, typer.Option("--tell", help="Try again to tell what could not be told by e-mail or web address.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what the watches found: when, why, in which posts, and by which way it was told.

    Example: jejak alerts demo-case
    """
    with Case.open(case) as opened:
        watching.list_alerts(opened, since, tell, as_json)


def new_since(
    case: CaseFolder,
    since: Annotated[
        datetime,
        typer.Argument(
            metavar="DATE", parser=moment, help="From when on, for example 2026-03-01 (UTC).", show_default=False
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Tell what changed in the networks since a day: new, grown, merged, split, sending elsewhere, silent, gone.

    The posts that were seen before that day are connected again, and the result is compared with what is known now.

    Example: jejak new-since demo-case 2026-03-01
    """
    with Case.open(case) as opened:
        changes.new_since(opened, since, as_json)
