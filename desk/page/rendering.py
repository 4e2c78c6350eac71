"""Templates into answers: every value is escaped, what is invisible in a post is shown, addresses cannot be followed."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from casefile.settings import Handling
from desk.page.guard import session_of
from desk.page.opened import OpenCase
from desk.page.words import chosen, languages, speaker
from desk.report import wording
from desk.report.templating import environment

LANGUAGE = "language"  # the cookie that keeps the reader's choice


def address_of_node(node: str) -> str:
    """The address of the screen of an entity or a recruiter."""
    return "/node/" + quote(node, safe="/:+@")


@cache
def _environment() -> Environment:
    made = environment("desk.page")
    made.filters["address"] = address_of_node
    return made


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """One screen as HTML, in the reader's language, with what every screen needs; without a title while there is no case."""
    opened: OpenCase | None = request.app.state.opened
    settings = opened.case.settings if opened else None
    language = chosen(request.cookies.get(LANGUAGE, ""), request.headers.get("accept-language", ""))
    handling = settings.handling if settings else Handling.CLEAR  # there is nothing yet that could be marked
    html = (
        _environment()
        .get_template(template)
        .render(
            t=speaker(language),
            language=language,
            languages=languages(),
            title=settings.title if settings else "",
            marking=wording.tlp(handling),
            marking_means=wording.TLP_MEANING[handling],
            mark=request.app.state.door.mark(session_of(request.scope)),
            path=request.url.path,
            running=len(request.app.state.jobs.running()),
            **values,
        )
    )
    return HTMLResponse(html, status)
