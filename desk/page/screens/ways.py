"""From one thing to another: the strongest chains of evidence, each step with its posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from casefile.case import Case
from casefile.errors import NotFound
from desk.names import find_node
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.page.screens.nodes import openings_of
from desk.report.wording import LINK_WORDS

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.paths import Hop

_MOST = 3
_POSTS_OF_A_HOP = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, with the first words of the posts that prove it."""

    hop: Hop
    words: str
    posts: list[tuple[str, str]]


async def ways(request: Request) -> Response:
    """The screen of the chains between `from` and `to`."""
    from graph.paths import evidence_paths

    opened: OpenCase = request.app.state.opened
    ties = opened.ties
    start, end = request.query_params.get("from", "").strip(), request.query_params.get("to", "").strip()
    error: NotFound | None = None
    chains: list[tuple[float, list[Step]]] = []
    ends: tuple[str, str] | None = None
    if start and end:
        try:
            ends = find_node(ties.connections, start), find_node(ties.connections, end)
            found = await run_in_threadpool(evidence_paths, ties.connections, *ends, _MOST)
            chains = [(one.confidence, [step_of(opened.case, hop) for hop in one.hops]) for one in found]
        except NotFound as not_found:
            error = not_found
    return page(
        request, "ways.html.j2", 400 if error else 200, start=start, end=end, ends=ends, chains=chains, error=error, called=ties.called,
    )  # fmt: skip


def step_of(case: Case, hop: Hop) -> Step:
    """One step of a chain, ready to be shown."""
    return Step(hop, LINK_WORDS[hop.kind], openings_of(case, hop.posts[:_POSTS_OF_A_HOP]))
