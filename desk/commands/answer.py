"""`search`, `show`, `path`, `network`, `stats`: what a case answers."""

from __future__ import annotations

from typing import Annotated

import typer

from casefile.case import Case
from casefile.settings import EngineName
from desk.answers import edits, networks, nodes, numbers, posts, searches, ways
from desk.commands.options import AsJson, CaseFolder


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (search, show, changes, path, network, stats):
        app.command(rich_help_panel="Ask")(command)
    app.command("searches", rich_help_panel="Ask")(saved_searches)


def search(
    case: CaseFolder,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY…", help='Words, "words in order", field:value.', show_default=False),
    ] = None,
    saved: Annotated[str | None, typer.Option(metavar="NAME", help="A saved search; QUERY narrows it down.")] = None,
    save: Annotated[str | None, typer.Option(metavar="NAME", help="Save this search under a name.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="How many posts to show.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="How many posts to pass over.")] = 0,
    engine: Annotated[
        EngineName | None,
        typer.Option(help="Ask the case itself, or a team's Elasticsearch.", show_default="what case.toml says"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find posts: words in any script, "words in order", -without, OR, and fields.

    Fields: source, lang, kind, author, place, origin, transit, destination, phone, telegram, whatsapp, email, org,
    indicator, after, before, suspect, network, has.

    Example: jejak search demo-case poipet lang:id after:2026-03
    """
    with Case.open(case) as opened:
        asked = " ".join(_kept_together(query or []))
        if saved:
            asked = searches.asked_again(opened, saved, asked)
        if save:
            searches.save(opened, save, asked)
        posts.search(opened, asked, limit, offset, as_json, engine)


def saved_searches(
    case: CaseFolder,
    remove: Annotated[str | None, typer.Option(metavar="NAME", help="Keep this one no longer.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the searches that the case keeps by name (`searches.yml`); `jejak search CASE --save NAME` keeps one.

    Example: jejak searches demo-case
    """
    with Case.open(case) as opened:
        if remove:
            searches.remove(opened, remove)
        searches.list_all(opened, as_json)


def _kept_together(words: list[str]) -> list[str]:
    # The shell took the quotation marks away from "two words"; they were meant.
    return words if len(words) == 1 else [f'"{w}"' if " " in w and ":" not in w and '"' not in w else w for w in words]


def show(
    case: CaseFolder,
    thing: Annotated[
        str, typer.Argument(metavar="ID", help="A post, a contact, a company, a place, an actor.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Show all that is known about one post, entity or actor, with its evidence.

    Example: jejak show demo-case +6281200001101
    """
    with Case.open(case) as opened:
        nodes.show(opened, thing, as_json)


def changes(
    case: CaseFolder,
    post: Annotated[
        str | None, typer.Argument(metavar="[POST]", help="Only this post, with every word that was changed.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="How many posts to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show which posts were edited or taken down since they were first seen: what was there, and what stands there now.

    Example: jejak changes demo-case
    """
    with Case.open(case) as opened:
        edits.changes(opened, post, limit, as_json)


def path(
    case: CaseFolder,
    start: Annotated[
        str, typer.Argument(metavar="FROM", help="A contact, company, place or actor.", show_default=False)
    ],
    end: Annotated[str, typer.Argument(metavar="TO", help="A contact, company, place or actor.", show_default=False)],
    paths: Annotated[
        int, typer.Option("--paths", "-k", min=1, max=50, help="How many chains to show, the strongest first.")
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Show the strongest chains of evidence between two entities; each step names its posts.

    Example: jejak path demo-case +6281200001101 KH/poipet --paths 3
    """
    with Case.open(case) as opened:
        ways.path(opened, start, end, paths, as_json)


def network(
    case: CaseFolder,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NETWORK]", help="Its id, name, or place in the list; all are listed when none is named."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the networks, or show who belongs to one and where it delivers.

    Example: jejak network demo-case 1
    """
    with Case.open(case) as opened:
        networks.network(opened, name, as_json)


def stats(case: CaseFolder, as_json: AsJson = False) -> None:
    """Show what the case holds, how the crawls went, and what was set aside and why.

    Example: jejak stats demo-case
    """
    with Case.open(case) as opened:
        numbers.stats(opened, as_json)
