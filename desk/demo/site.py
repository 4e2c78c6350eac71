"""The demo web as ASGI: every port is a site with its own robots.txt, validators and counted requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.demo.sites.board import board
from desk.demo.sites.forum import forum
from desk.demo.sites.news import news
from desk.demo.sites.page import Answer, Page, html
from desk.demo.sites.quick import quick
from desk.demo.sites.telegram import telegram
from desk.demo.truth import DemoContent

SITES = ("board", "forum", "telegram", "news", "quick")
ROBOTS = "User-agent: *\nDisallow: /private/\nAllow: /\n"


def demo_app(content: DemoContent, ports: Mapping[str, int], requests: Counter[str]) -> ASGIApp:
    """All sites in one ASGI app; the port that a request came in on says which. Counts `site /path?query`."""
    apps = {
        ports["board"]: _site(board(content), content.changed),
        ports["forum"]: _site(forum(content), content.changed),
        ports["telegram"]: _site(telegram(content), content.changed),
        ports["news"]: _site(news(content, f"http://127.0.0.1:{ports['news']}"), content.changed),
        ports["quick"]: _site(quick(content), content.changed),
    }
    names = {port: name for name, port in ports.items()}

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        port = scope["server"][1]
        query = scope["query_string"].decode("latin-1")
        requests[f"{names[port]} {scope['path']}{'?' + query if query else ''}"] += 1
        await apps[port](scope, receive, send)

    return dispatch


def _site(routes: Mapping[str, Answer], changed: datetime | None) -> Starlette:
    common: Mapping[str, Answer] = {
        "/robots.txt": lambda _, __: Page(ROBOTS.encode(), "text/plain; charset=utf-8"),
        "/private/{rest:path}": lambda _, __: html("trap.html"),
    }
    return Starlette(routes=[Route(path, _endpoint(answer, changed)) for path, answer in {**common, **routes}.items()])


def _endpoint(answer: Answer, changed: datetime | None) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        page = answer(request.path_params, request.query_params)
        if page is None:
            page = Page(html("missing.html").body, status=404)
        if page.status != 200:
            return Response(page.body, page.status, {**page.headers, "content-type": page.content_type})
        page = replace(page, modified=max(page.modified, changed or page.modified))
        validators = {"etag": page.etag, "last-modified": format_datetime(page.modified, usegmt=True)}
        if _unchanged(request, page):
            return Response(status_code=304, headers=validators)
        return Response(page.body, 200, {**validators, "cache-control": "no-cache", "content-type": page.content_type})

    return respond


def _unchanged(request: Request, page: Page) -> bool:
    """Whether the visitor holds this very page; If-None-Match outranks If-Modified-Since (RFC 9110, 13.2.2)."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return page.etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return page.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # no date, or one without a zone: then the header counts as absent
        return False
