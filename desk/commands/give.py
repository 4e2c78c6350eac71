"""`report`, `export`: what leaves a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from casefile.settings import Handling
from desk import reporting
from desk.commands.options import AsJson, CaseFolder
from desk.handing_over.profiles import OURSELVES, profiles
from graph.export.formats import ExportFormat


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Give")(report)
    app.command(rich_help_panel="Give")(export)


def report(
    case: CaseFolder,
    to: Annotated[
        Path | None, typer.Option(help="Where to write it; exports/report.html in the case when not given.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the report: one HTML file that works offline, with the proof of every claim.

    Example: jejak report demo-case --open
    """
    with Case.open(case) as opened:
        written = reporting.write(opened, to)
    reporting.show(written, as_json, open_it=open_it)


def export(
    case: CaseFolder,
    recipient: Annotated[
        str, typer.Option("--for", help="Who gets it: a file of config/sharing/ or the case's sharing/.")
    ] = OURSELVES,
    formats: Annotated[
        list[ExportFormat] | None,
        typer.Option("--format", "-f", help="May be repeated; the recipient's when not given."),
    ] = None,
    network: Annotated[str | None, typer.Option(help="Only this network: its id, name, or place in the list.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only this recruiter: an id or a contact.")] = None,
    campaign: Annotated[str | None, typer.Option(help="Only the posts of this campaign.")] = None,
    alert: Annotated[int | None, typer.Option(help="Only the posts of this alert.")] = None,
    query: Annotated[str | None, typer.Option("--search", help="Only the posts that this search finds.")] = None,
    handling: Annotated[Handling | None, typer.Option(help="Mark it more strictly than the case.")] = None,
    purpose: Annotated[str | None, typer.Option(help="What it is given for; kept for the next time.")] = None,
    legal_basis: Annotated[str | None, typer.Option(help="By which right; kept for the next time.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="New folder (or file) to write; in the case's exports when not given.")
    ] = None,
    packed: Annotated[bool, typer.Option("--package", help="As one file: a bag (BagIt) in a zip.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only tell what would leave and what is held back.")
    ] = False,
    recipients: Annotated[bool, typer.Option("--recipients", help="Only list who may be given what.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give a network away: shielded, checked, signed, in the formats of other programs.

    Example: jejak export demo-case --network 1 --preview
    """
    from desk.handing_over import door, telling
    from desk.handing_over.selection import Wanted

    request = door.Request(
        wanted=Wanted(network=network, actor=actor, campaign=campaign, alert=alert, query=query),
        recipient=recipient,
        formats=tuple(dict.fromkeys(formats or ())),
        handling=handling,
        purpose=purpose,
        legal_basis=legal_basis,
        to=to,
        packed=packed,
    )
    with Case.open(case) as opened:
        if recipients:
            telling.show_recipients(profiles(opened).values(), case, as_json)
        elif preview:
            telling.show_preview(door.prepare(opened, request), as_json)
        else:
            telling.show_given(door.give(opened, request), as_json)
