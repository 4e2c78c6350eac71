"""`jejak routes`: from where, through where, and to where offers send people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casefile.case import Case
from desk import terminal
from desk.answers.programs import PostNames
from desk.answers.shown import counted, day, place_name, short_ids
from desk.answers.unhidden import unhidden_posts
from desk.names import called_names

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.analysis.routes import Route

_NOT_TOLD = "(not told)"


def routes(case: Case, by_month: bool, countries: bool, limit: int, as_json: bool) -> None:
    """List the routes."""
    from graph.analysis.routes import find_routes

    connections = case.store.connections()
    found = find_routes(unhidden_posts(case), connections, by_month=by_month, countries=countries)
    if as_json:
        named = PostNames(case)
        for route in found:
            terminal.say_json(_as_dict(route, named))
        return
    if not found:
        terminal.say(
            "No job offer tells a route yet. Collect posts (`jejak crawl`, `jejak import`), then run `jejak process`."
        )
        return
    called = called_names(connections)
    rows = [_row(route, called, by_month) for route in found[:limit]]
    columns = ("from", "through", "to", "texts", "posts", "sources", "first", "last", "posts that tell it")
    terminal.table(("month", *columns) if by_month else columns, rows, numbers=("texts", "posts", "sources"))
    if len(found) > limit:
        terminal.say(f"and {len(found) - limit} more routes (--limit {len(found)} shows all)")
    _explain(found)


def _explain(found: list[Route]) -> None:
    terminal.say(
        "\nTexts are the witnesses: copies of one text count once. Places on the way stand in the order in which the "
        "offers name them.",
        "dim",
    )
    if any(not route.stated for route in found):
        terminal.say(
            "“probably” marks what is inferred: the offer tells no destination; the other offers of its recruiter do.",
            "dim",
        )
    if undated := sum(route.undated for route in found):
        terminal.say(
            f"{counted(undated, 'time')} a post told no date: the day on which it was first seen stands for it.", "dim"
        )


def _row(route: Route, called: dict[str, str], by_month: bool) -> tuple[object, ...]:
    told = (
        place_name(route.origin, called) if route.origin else _NOT_TOLD,
        " → ".join(place_name(place, called) for place in route.transit),
        ("" if route.stated else "probably ") + place_name(route.destination, called),
        route.witnesses,
        len(route.posts),
        route.sources,
        day(route.first_seen),
        day(route.last_seen),
        short_ids(route.posts),
    )
    return (route.month, *told) if by_month else told


def _as_dict(route: Route, named: PostNames) -> dict[str, Any]:
    return {
        "month": route.month or None,
        "origin": route.origin,
        "transit": list(route.transit),
        "destination": route.destination,
        "stated": route.stated,
        "witnesses": route.witnesses,
        "sources": route.sources,
        "undated": route.undated,
        "first_seen": route.first_seen.isoformat(),
        "last_seen": route.last_seen.isoformat(),
        "posts": named.of(route.posts),
    }
