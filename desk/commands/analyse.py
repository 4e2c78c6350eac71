"""`routes`, `actor`, `ego`, `key`, `timeline`, `rhythm`, `compare`, `common`: what people ask of a connected case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from desk.answers import comparisons, key, recruiters, routes, times
from desk.commands.options import AsJson, CaseFolder

_PANEL = "Analyse"
_Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="How many lines to show.")]
_Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO", help="A recruiter (id or a contact), or a network (number, id, name).", show_default=False
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("routes", rich_help_panel=_PANEL)(list_routes)
    app.command("actor", rich_help_panel=_PANEL)(show_actor)
    app.command("ego", rich_help_panel=_PANEL)(show_circle)
    app.command("key", rich_help_panel=_PANEL)(show_key)
    app.command("timeline", rich_help_panel=_PANEL)(show_timeline)
    app.command("rhythm", rich_help_panel=_PANEL)(show_rhythm)
    app.command("compare", rich_help_panel=_PANEL)(compare_networks)
    app.command("common", rich_help_panel=_PANEL)(find_common)


def list_routes(
    case: CaseFolder,
    by_month: Annotated[bool, typer.Option("--month", help="One line a month and route.")] = False,
    countries: Annotated[bool, typer.Option("--countries", help="From country to country, towns together.")] = False,
    limit: _Limit = 30,
    as_json: AsJson = False,
) -> None:
    """List from where, through where and to where job offers send people, with how many texts and sources tell it.

    Example: jejak routes demo-case --month
    """
    with Case.open(case) as opened:
        routes.routes(opened, by_month, countries, limit, as_json)


def show_actor(
    case: CaseFolder,
    who: Annotated[str, typer.Argument(metavar="ID", help="Its id, or one of its contacts.", show_default=False)],
    why: Annotated[
        bool, typer.Option("--why", help="Why its contacts are one recruiter's, join by join, and what would break it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show one recruiter: contacts, posts, destinations; with --why the chain of joins that makes it one.

    Example: jejak actor demo-case hr_mekar_demo --why
    """
    with Case.open(case) as opened:
        recruiters.actor(opened, who, why, as_json)


def show_circle(
    case: CaseFolder,
    thing: Annotated[
        str, typer.Argument(metavar="ID", help="A recruiter, contact, company, account or place.", show_default=False)
    ],
    limit: _Limit = 25,
    as_json: AsJson = False,
) -> None:
    """Show what is around one recruiter or thing (its ego network), and which other recruiters that leads to.

    Example: jejak ego demo-case hr_mekar_demo
    """
    with Case.open(case) as opened:
        recruiters.ego(opened, thing, limit, as_json)


def show_key(
    case: CaseFolder,
    network: Annotated[
        str | None,
        typer.Argument(metavar="[NETWORK]", help="Its number, id or name; of all the first one when none is named."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the key recruiters: who touches most, through whom most runs, and what falls apart without them.

    Example: jejak key demo-case 1
    """
    with Case.open(case) as opened:
        key.key(opened, network, as_json)


def show_timeline(case: CaseFolder, who: _Who, as_json: AsJson = False) -> None:
    """Show when a recruiter or network posted, and when its numbers and destinations changed.

    Example: jejak timeline demo-case hr_mekar_demo
    """
    with Case.open(case) as opened:
        times.timeline(opened, who, as_json)


def show_rhythm(
    case: CaseFolder,
    who: Annotated[
        str | None, typer.Argument(metavar="[WHO]", help="A recruiter or a network; all job offers when none is named.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show at which hours and on which weekdays is posted, and which time zones fit that: a weak hint.

    Example: jejak rhythm demo-case 1
    """
    with Case.open(case) as opened:
        times.rhythm(opened, who, as_json)


def compare_networks(
    case: CaseFolder,
    first: Annotated[str, typer.Argument(metavar="NETWORK", help="Its number, id or name.", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="NETWORK", help="The other one.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show two networks side by side: what both have, and what only one has.

    Example: jejak compare demo-case 1 2
    """
    with Case.open(case) as opened:
        comparisons.compare(opened, first, second, as_json)


def find_common(
    first: Annotated[Path, typer.Argument(metavar="CASE", help="The folder of a case.", show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="CASE", help="The folder of another.", show_default=False)],
    limit: _Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Show what links two cases: contacts, texts, accounts, companies. Neither is changed, and nothing is merged.

    Example: jejak common demo-case demo-case
    """
    comparisons.common(first, second, limit, as_json)
