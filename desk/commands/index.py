"""`index`: a case on the team's Elasticsearch."""

from __future__ import annotations

from typing import Annotated

import typer

from casefile.case import Case
from desk import indexing
from desk.commands.options import AsJson, CaseFolder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("index", rich_help_panel="Hand over")(index)


def index(
    case: CaseFolder,
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="Write all of it anew beside the old one, then let searches see the new one."),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only compare: does the index hold as much as the case?")
    ] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Remove the index from the server; the case stays.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the case's index on your Elasticsearch up to date: for searches of a team, and for Kibana.

    case.toml says where it is (`[elastic]`, see docs/elasticsearch.md). What changed since the last time is sent; `jejak
    process` and `jejak run` do the same by themselves.

    Example: jejak index demo-case
    """
    if rebuild + check + drop > 1:
        raise typer.BadParameter("give one of --rebuild, --check and --drop")
    with Case.open(case) as opened:
        if check:
            if not indexing.check(opened, as_json):
                raise typer.Exit(1)
        elif drop:
            indexing.drop(opened)
        else:
            done = indexing.index(opened, rebuild=rebuild)
            indexing.show(done, as_json)
            if done.refused:
                raise typer.Exit(1)
