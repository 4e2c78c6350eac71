"""What is watched for, what was found, and a new watch."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.config_folder import CONFIG_FOLDER
from casefile.errors import SettingsError
from casefile.watch_settings import Watch, read_channels, read_watches
from desk.answers.alerts import in_words
from desk.page.forms import read_fields, read_form
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.pausing import pause_watch
from desk.watching import channels_path
from desk.watchlists import add_watch
from desk.ways_out import ways_out

_ALERTS = 100
_LISTS = ("contacts", "places", "companies", "returns", "moves")
_TEXTS = ("title", "why", "text")


async def watch(request: Request) -> Response:
    """The screen of the watches and their alerts; a field named in the address begins a new watch with it."""
    told = {name: request.query_params.get(name, "") for name in _LISTS}
    return _shown(request, told=told)


def _shown(
    request: Request, status: int = 200, told: dict[str, str] | None = None, signs: Sequence[str] = (), wrong: Sequence[str] = ()
) -> Response:  # fmt: skip
    opened: OpenCase = request.app.state.opened
    watches: tuple[Watch, ...] = ()
    error: SettingsError | None = None
    ways: list[str] = []
    try:
        watches = read_watches(opened.case.folder)
        ways = [way.name for way in ways_out(read_channels(channels_path()), opened.case.settings)]
    except SettingsError as mistaken:
        error = mistaken
    alerts = opened.case.alert_book().alerts()
    return page(
        request,
        "watch.html.j2",
        status,
        watches=watches,
        counts=Counter(alert.watch for alert in alerts),
        alerts=[(alert, in_words(alert)) for alert in alerts[::-1][:_ALERTS]],
        more=max(0, len(alerts) - _ALERTS),
        ways=ways,
        signs=_signs(),
        chosen=frozenset(signs),
        told=told or {},
        wrong=frozenset(wrong),
        error=error,
    )


async def new_watch(request: Request) -> Response:
    """Write a new watch."""
    opened: OpenCase = request.app.state.opened
    fields = await read_fields(request)
    told = {name: value.strip() for name, value in fields}
    signs = [value for name, value in fields if name == "indicators"]
    values: dict[str, Any] = {name: told[name] for name in _TEXTS if told.get(name)}
    values |= {name: parts for name in _LISTS if (parts := _parts(told.get(name, "")))}
    if signs:
        values["indicators"] = signs
    try:
        add_watch(opened.case, values)
    except ValidationError as error:
        wrong = [str(fault["loc"][0]) if fault["loc"] else "nothing" for fault in error.errors()]
        return _shown(request, 400, told, signs, wrong)
    return RedirectResponse("/watch", 303)


async def pause_or_resume(request: Request) -> Response:
    """Pause a watch, or let it go on."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    pause_watch(opened.case, request.path_params["watch"], form.get("paused") == "yes")
    return RedirectResponse("/watch", 303)


def _parts(typed: str) -> list[str]:
    """What was typed, one a line."""
    return [part for line in typed.splitlines() if (part := line.strip())]


@cache
def _signs() -> tuple[tuple[str, str], ...]:
    """The warning signs that config/ knows: name and title."""
    with (CONFIG_FOLDER / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["id"], row["title"]) for row in csv.DictReader(file))
