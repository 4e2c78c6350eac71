"""The page as a web application: which address shows which screen, behind its guard."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cache
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from casefile.errors import JejakError, NotFound
from desk.page.api import OPERATIONS, PREFIX
from desk.page.door import COOKIE, Door
from desk.page.forms import Stale
from desk.page.guard import OPEN_PATHS, Guard
from desk.page.jobs import Jobs
from desk.page.opened import OpenCase
from desk.page.rendering import LANGUAGE, page
from desk.page.screens.answering import answering, openapi
from desk.page.screens.beginning import begin, beginning
from desk.page.screens.correcting import correct
from desk.page.screens.export import check, export, give
from desk.page.screens.importing import discard_files, importing, keep_files, preview_files, take_file
from desk.page.screens.network import beside, drawing, network, note, pin, save_figure
from desk.page.screens.networks import networks
from desk.page.screens.nodes import judging, node
from desk.page.screens.overview import overview
from desk.page.screens.reading import raw_capture, reading
from desk.page.screens.review import answer, review
from desk.page.screens.routes import routes
from desk.page.screens.searching import save_or_remove, searching
from desk.page.screens.source import pause, source
from desk.page.screens.sources import LookedAt, add_source, look_at, sources
from desk.page.screens.watch import new_watch, pause_or_resume, watch
from desk.page.screens.ways import ways
from desk.page.screens.work import start_work, stop_work, work, work_as_json
from desk.page.words import languages

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_OWN = ("desk.css", "desk.js", "network.js", "scene.js", "painter.js", "search.js", "import.js", "icon.svg")


def build_app(
    opened: OpenCase | None, door: Door, hosts: Collection[str], jobs: Jobs, folder: Path | None = None
) -> Starlette:
    """The page of one open case, or of one to be made in `folder`; `hosts` are the names (with port) that it answers to."""
    app = Starlette(
        routes=[
            Route("/", overview, name="overview"),
            Route("/enter", enter, name="enter"),
            Route("/language", language, name="language"),
            Route("/new", beginning, name="new"),
            Route("/new", begin, methods=["POST"], name="begin"),
            Route("/import", importing, name="import"),
            Route("/import/{held}", preview_files, name="preview-files"),
            Route("/import/{held}/file", take_file, methods=["PUT"], name="take-file"),
            Route("/import/{held}/keep", keep_files, methods=["POST"], name="keep-files"),
            Route("/import/{held}/discard", discard_files, methods=["POST"], name="discard-files"),
            Route("/search", searching, name="search"),
            Route("/search/saved", save_or_remove, methods=["POST"], name="saved"),
            Route("/networks", networks, name="networks"),
            Route("/network/{network}", network, name="network"),
            Route("/network/{network}/beside", beside, name="beside"),
            Route("/network/{network}/drawing", drawing, name="drawing"),
            Route("/network/{network}/note", note, methods=["POST"], name="note"),
            Route("/network/{network}/figure", save_figure, methods=["POST"], name="figure"),
            Route("/network/{network}/pin", pin, methods=["POST"], name="pin"),
            Route("/post/{post}", reading, name="post"),
            Route("/post/{post}/correct", correct, methods=["POST"], name="correct"),
            Route("/post/{post}/capture/{capture}", raw_capture, name="capture"),
            Route("/node/{node:path}", node, name="node"),
            Route("/judge", judging, methods=["POST"], name="judge"),
            Route("/sources", sources, name="sources"),
            Route("/sources/look", look_at, methods=["POST"], name="look"),
            Route("/sources/add", add_source, methods=["POST"], name="add"),
            Route("/sources/{source}", source, name="source"),
            Route("/sources/{source}/pause", pause, methods=["POST"], name="pause"),
            Route("/watch", watch, name="watch"),
            Route("/watch/new", new_watch, methods=["POST"], name="new-watch"),
            Route("/watch/{watch}/pause", pause_or_resume, methods=["POST"], name="pause-watch"),
            Route("/export", export, name="export"),
            Route("/export/give", give, methods=["POST"], name="give"),
            Route("/export/check", check, methods=["POST"], name="check"),
            Route("/review", review, name="review"),
            Route("/review/answer", answer, methods=["POST"], name="answer"),
            Route("/path", ways, name="path"),
            Route("/routes", routes, name="routes"),
            Route("/doing", work, name="work"),
            Route("/doing/start", start_work, methods=["POST"], name="start"),
            Route("/doing/{job:int}/stop", stop_work, methods=["POST"], name="stop"),
            Route("/api/v1/doing", work_as_json, name="work-json"),
            Route(f"{PREFIX}/openapi.json", openapi, name="openapi"),
            *(Route(f"{PREFIX}/{one.name}", answering(one), name=f"answer-{one.name}") for one in OPERATIONS),
            Route("/static/{name}", static, name="static"),
        ],
        middleware=[Middleware(Guard, door=door, hosts=hosts), Middleware(CaseFirst)],
        exception_handlers={404: _missing, 405: _missing, JejakError: _told},
    )
    app.state.opened, app.state.door, app.state.folder = opened, door, folder
    app.state.jobs, app.state.looked = jobs, LookedAt()
    return app


class CaseFirst:
    """As long as there is no case, every screen leads to the one that makes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or lead there."""
        if scope["app"].state.opened is None and not scope["path"].startswith((*OPEN_PATHS, "/new", "/language")):
            await RedirectResponse("/new", 303)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def enter(request: Request) -> Response:
    """Open the door with the key of the address, once; the key then leaves the address."""
    session = request.app.state.door.enter(request.query_params.get("key", ""))
    if session is None:
        return page(request, "closed.html.j2", 403)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", path="/")
    return answer


async def language(request: Request) -> Response:
    """Speak another language from now on, and go on where the reader was."""
    asked, back = request.query_params.get("to", ""), request.query_params.get("back", "/")
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith("//") else "/", 303)
    if asked in languages():
        answer.set_cookie(LANGUAGE, asked, max_age=31_536_000, httponly=True, samesite="strict", path="/")
    return answer


async def static(request: Request) -> Response:
    """Our own style and scripts."""
    name = request.path_params["name"]
    if name not in _OWN:
        return Response(status_code=404)
    body, tag = _static(name)
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    return Response(body, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)


@cache
def _static(name: str) -> tuple[bytes, str]:
    body = resources.files("desk.page").joinpath("static", name).read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


async def _missing(request: Request, _: Exception) -> Response:
    return page(request, "missing.html.j2", 404, error=None)


async def _told(request: Request, error: Exception) -> Response:
    """What no screen tells better by itself: what is wrong, and the way out."""
    status = 403 if isinstance(error, Stale) else 404 if isinstance(error, NotFound) else 400
    return page(request, "missing.html.j2", status, error=error)
