"""Routes: from where, through where, and to where offers send people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from casefile.case import Case
from casefile.judgements import in_force
from desk.answers.unhidden import unhidden_posts
from desk.page.opened import OpenCase, Ties
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
    found = await run_in_threadpool(_find, opened.case, ties, by)
    return page(
        request,
        "routes.html.j2",
        routes=found[:_MOST],
        more=max(0, len(found) - _MOST),
        by=by,
        called=ties.called,
        nodes=ties.nodes,
    )


def _find(case: Case, ties: Ties, by: str) -> list[Route]:
    from graph.analysis.routes import find_routes

    with Case.open(case.folder) as own:  # a thread of its own keeps a connection of its own
        hidden = in_force(own.judgements()).hidden  # it counts at once, also where connecting has to wait
        return ties.once(
            ("routes", by, hidden),
            lambda: find_routes(
                unhidden_posts(own), ties.connections, by_month=by == "month", countries=by == "country"
            ),
        )
