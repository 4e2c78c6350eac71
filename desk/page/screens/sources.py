"""The sources: how they are, and a new one from nothing but its address."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.errors import CaseError, JejakError, NotFound
from crawlers.probing.draft import family_of
from crawlers.probing.probed import Probed
from desk import probing
from desk.page.forms import read_form
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.page.screens.overview import health_of

_KEPT = 20  # addresses that were looked at
_POSTS_SHOWN = 8
_NAME = re.compile(r"auto|[a-z]{2}_[a-z0-9_]+")


class LookedAt:
    """What addresses showed when they were looked at, until they are made sources."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Probed] = OrderedDict()

    def keep(self, probed: Probed) -> str:
        """Keep it; returns the name to ask for it by."""
        name = secrets.token_urlsafe(12)
        self._held[name] = probed
        while len(self._held) > _KEPT:
            self._held.popitem(last=False)
        return name

    def take(self, name: str) -> Probed:
        """What was kept under a name; raises NotFound."""
        if name not in self._held:
            raise NotFound("This address was looked at too long ago.", "Look at it again.")
        return self._held[name]


async def sources(request: Request) -> Response:
    """The screen of all sources."""
    return _shown(request)


def _shown(request: Request, status: int = 200, error: JejakError | None = None, address: str = "") -> Response:
    opened: OpenCase = request.app.state.opened
    return page(
        request, "sources.html.j2", status, sources=health_of(opened.case, opened.case.store.crawls()), error=error, address=address,
    )  # fmt: skip


async def look_at(request: Request) -> Response:
    """Look at an address, and show what a source of it would give."""
    opened: OpenCase = request.app.state.opened
    looked: LookedAt = request.app.state.looked
    address = (await read_form(request)).get("address", "").strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        probed = await run_in_threadpool(_look, address, opened)
    except JejakError as error:
        return _shown(request, 400, error, address)
    return page(
        request,
        "looked_at.html.j2",
        probed=probed,
        held=looked.keep(probed),
        address=address,
        may_be_source=family_of(probed) is not None and not probed.wall,
        posts=probed.posts[:_POSTS_SHOWN],
        error=None,
    )


def _look(address: str, opened: OpenCase) -> Probed:
    probed = probing.look(address, url=None, timezone=None, case=opened.case.folder, use_browser=True)
    return probing.in_languages(probed)


async def add_source(request: Request) -> Response:
    """Make a source of what was looked at."""
    opened: OpenCase = request.app.state.opened
    looked: LookedAt = request.app.state.looked
    form = await read_form(request)
    name = form.get("name", "").strip() or "auto"
    try:
        if not _NAME.fullmatch(name):  # `probing.save` would take FILE.yml for a file, anywhere
            raise CaseError(f"“{name}” is no name of a source.", "Use a name like id_harborjobs, or none.")
        await run_in_threadpool(probing.save, looked.take(form.get("held", "")), name, opened.case.folder)
    except JejakError as error:
        return _shown(request, 400, error)
    return RedirectResponse("/sources", 303)
