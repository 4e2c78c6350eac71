"""One source: what it is, how each of its crawls went, what could not be read; pausing it, and letting it go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.records import Crawl
from desk.page.forms import read_form
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.pausing import pause_source

_CRAWLS, _PROBLEMS = 60, 100
_HEIGHT = 90.0  # of the bars, in pixels


@dataclass(frozen=True, slots=True)
class Bar:
    """One crawl as a bar: posts that were new, above those that were known; heights in pixels."""

    crawl: Crawl
    new: float
    known: float


async def source(request: Request) -> Response:
    """The screen of one source."""
    opened: OpenCase = request.app.state.opened
    known = opened.case.source(request.path_params["source"])
    crawls = opened.case.store.crawls(known.name)
    problems = [problem for problem in opened.case.store.problems() if problem.source == known.name]
    return page(
        request,
        "source.html.j2",
        source=known,
        crawls=crawls[:_CRAWLS],
        more=max(0, len(crawls) - _CRAWLS),
        bars=_bars(crawls[:_CRAWLS]),
        posts=sum(crawl.posts_new for crawl in crawls),
        problems=problems[:_PROBLEMS],
        more_problems=max(0, len(problems) - _PROBLEMS),
    )


def _bars(crawls: Sequence[Crawl]) -> list[Bar]:
    """The crawls, the latest last, drawn against the one that saw most."""
    most = max((max(crawl.posts_seen, crawl.posts_new) for crawl in crawls), default=0) or 1
    scale = _HEIGHT / most
    return [
        Bar(crawl, round(crawl.posts_new * scale, 1), round(max(0, crawl.posts_seen - crawl.posts_new) * scale, 1))
        for crawl in reversed(crawls)
    ]


async def pause(request: Request) -> Response:
    """Pause a source, or let it go on."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    name = request.path_params["source"]
    pause_source(opened.case, name, form.get("paused") == "yes")
    return RedirectResponse(f"/sources/{name}", 303)
