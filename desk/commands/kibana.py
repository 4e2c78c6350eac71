"""`kibana`: dashboards over the index of a case, in the team's Kibana."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from desk import terminal
from desk.commands.options import AsJson, CaseFolder


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        no_args_is_help=True,
        help="Put dashboards over the index of a case into Kibana. First: jejak index CASE\n\n"
        "Example: jejak kibana install demo-case",
    )
    group.command()(install)
    group.command()(write)
    app.add_typer(group, name="kibana", rich_help_panel="Answer")


def install(
    case: CaseFolder,
    url: Annotated[
        str | None, typer.Option(help="Where Kibana answers.", show_default="the machine of Elasticsearch, port 5601")
    ] = None,
    space: Annotated[str | None, typer.Option(help="The space in Kibana.", show_default="the case's prefix")] = None,
    user: Annotated[
        str | None, typer.Option(help="Who does it, with a password.", show_default="as case.toml says")
    ] = None,
    ca: Annotated[
        Path | None,
        typer.Option(help="Who signed Kibana's certificate (PEM).", show_default="ca_file in case.toml"),
    ] = None,
    roles: Annotated[bool, typer.Option(help="Also make the roles of who reads and who indexes.")] = True,
    as_json: AsJson = False,
) -> None:
    """Make a space for the case in Kibana, with data views, saved searches, dashboards; and roles to read and to index.

    May be done again at any time: everything of Jejak is replaced, nothing else is touched. Passwords and keys come from
    JEJAK_ELASTIC_PASSWORD or JEJAK_ELASTIC_API_KEY, or from the file of secrets (docs/elasticsearch.md).

    Example: jejak kibana install demo-case --url https://localhost:5601
    """
    from desk.kibana import installing

    with Case.open(case) as opened:
        wish = installing.Wish(url=url, space=space, user=user, ca_file=ca, with_roles=roles)
        done = installing.install(opened, wish)
    installing.show(done, as_json)
    if not done.whole:
        raise typer.Exit(1)


def write(
    case: CaseFolder,
    file: Annotated[Path, typer.Argument(help="The file to write (.ndjson).", show_default=False)],
) -> None:
    """Write what `install` would put there into a file, for somebody who imports it by hand.

    In Kibana: Stack Management, Saved Objects, Import.

    Example: jejak kibana write demo-case dashboards.ndjson
    """
    from desk.kibana.bundle import bundle
    from desk.kibana.names import Names
    from desk.kibana.objects import as_ndjson

    with Case.open(case) as opened:
        objects = bundle(Names(opened.settings.elastic.prefix))
    file.write_text(as_ndjson(objects), encoding="utf-8")
    terminal.say(f"{file}: {len(objects)} objects. In Kibana: Stack Management, Saved Objects, Import.")
