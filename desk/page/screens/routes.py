"""Routes: from where, through where, and to where offers send people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from casefile.case import Case
from casefile.records import Connections
from desk.answers.unhidden import unhidden_posts
from desk.page.opened import OpenCase
from desk.page.rendering import page

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.analysis.routes import Route

_MOST = 200


async def routes(request: Request) -> Response:
    """The screen of all routes, the best told first; `by` is `month`, `country`, or nothing."""
    opened: OpenCase = request.app.state.opened
    asked = request.query_params.get("by", "")
    by = asked if asked in ("month", "country") else ""  # what is kept must not grow
    ties = opened.ties
    if (found := ties.routes.get(by)) is None:
        found = ties.routes[by] = await run_in_threadpool(_find, opened.case, ties.connections, by)
    return page(
        request,
        "routes.html.j2",
        routes=found[:_MOST],
        more=max(0, len(found) - _MOST),
        by=by,
        called=ties.called,
        nodes=ties.nodes,
    )


def _find(case: Case, connections: Connections, by: str) -> list[Route]:
    from graph.analysis.routes import find_routes

    with Case.open(case.folder) as own:  # a thread of its own keeps a connection of its own
        return find_routes(unhidden_posts(own), connections, by_month=by == "month", countries=by == "country")
