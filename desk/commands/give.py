"""`report`, `export`: what leaves a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from desk import exporting, reporting
from desk.commands.options import AsJson, CaseFolder
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
    formats: Annotated[
        list[ExportFormat] | None, typer.Option("--format", "-f", help="May be repeated; all when not given.")
    ] = None,
    network: Annotated[str | None, typer.Option(help="Only this network: its id, name, or place in the list.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="Folder to write to; a new one in the case's exports when not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the network for other programs: GraphML and GEXF (Gephi), JSON, CSV (i2, Excel), with a manifest of hashes.

    Example: jejak export demo-case -f graphml -f csv
    """
    with Case.open(case) as opened:
        files = exporting.write(opened, formats or list(ExportFormat), network, to)
    exporting.show(files, as_json)
