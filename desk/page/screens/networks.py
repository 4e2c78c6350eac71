"""The list of networks."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from desk.page.rendering import page


async def networks(request: Request) -> Response:
    """The networks, the one on most posts first."""
    ties = request.app.state.opened.ties
    return page(
        request,
        "networks.html.j2",
        networks=[ties.networks[one] for one in ties.ranked],
        called=ties.called,
    )
