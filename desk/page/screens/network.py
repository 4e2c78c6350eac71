"""One network, or all together: drawn, with what is chosen told at the side, and the same as a table."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from casefile.case import Case
from casefile.errors import JejakError, NotFound
from casefile.notes import note_entry, pin_entry, removal_entry
from desk.names import find_network
from desk.page.asked import Asked, asked_of
from desk.page.drawings import WHOLE_CASE, Drawing, as_columns, degrees_of, drawing_of, look_of
from desk.page.figure import figure
from desk.page.forms import Stale, read_form
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.page.selecting import export_address
from desk.page.side import side_of
from desk.report.wording import LINK_WORDS, tlp

_ROWS = 200
_LONGEST_BACK = 4_000


async def network(request: Request) -> Response:
    """The screen of one network, or of all."""
    opened: OpenCase = request.app.state.opened
    asked_for = request.path_params["network"]
    found = asked_for if asked_for == WHOLE_CASE else find_network(opened.ties.connections, asked_for)
    if found != asked_for:
        return RedirectResponse(f"/network/{found}", 303)
    return await _shown(request, "network.html.j2", found)


async def beside(request: Request) -> Response:
    """The side and the table alone, for the script that drew the rest."""
    return await _shown(request, "network_beside.html.j2", _known(request))


async def drawing(request: Request) -> Response:
    """What the script needs to draw, as JSON."""
    opened: OpenCase = request.app.state.opened
    drawn = await _drawn(request, _known(request))
    return JSONResponse(as_columns(opened.ties, drawn, opened.noted.pins.get(drawn.id, {}), opened.noted.notes.keys()))


async def note(request: Request) -> Response:
    """Keep a note on a node, or take one away."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    on = form.get("on", "")
    if form.get("away"):
        known = {str(one.sequence) for one in opened.noted.notes.get(on, ())}
        if form["away"] not in known:
            raise NotFound("There is no such note.", "Load the page again: somebody may have taken it away.")
        opened.case.write_note(removal_entry(int(form["away"])))
    else:
        _refuse_unknown(opened, on)
        opened.case.write_note(note_entry(on, form.get("words", "")))
    return _back(request, form.get("back", ""))


async def pin(request: Request) -> Response:
    """Hold a node where it was put, or let it go."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    drawn = await _drawn(request, _known(request))
    on = form.get("on", "")
    _refuse_unknown(opened, on)
    at = None if form.get("away") else _place(form, drawn, on)
    opened.case.write_note(pin_entry(drawn.id, on, at))
    return _back(request, form.get("back", ""))


async def save_figure(request: Request) -> Response:
    """The drawing as it was asked for, as a picture to keep; the journal tells that it was made."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    drawn = await _drawn(request, _known(request))
    asked = asked_of(drawn, QueryParams(form.get("state", "").partition("?")[2]))
    body, kind = await run_in_threadpool(_figure, opened, drawn, asked, form.get("format") == "png")
    digest = hashlib.sha256(body).hexdigest()
    opened.case.audit("figure", drawing=drawn.id, state=asked.address(), format=kind, sha256=digest)
    name = f"network-{digest[:8]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type={"png": "image/png", "svg": "image/svg+xml"}[kind], headers=headers)


def _figure(opened: OpenCase, drawn: Drawing, asked: Asked, as_png: bool) -> tuple[bytes, str]:
    import vl_convert  # large, and seldom asked for

    marking = tlp(opened.case.settings.handling)
    with Case.open(opened.case.folder) as own:  # a thread of its own keeps a connection of its own
        svg = figure(drawn, asked, opened.ties, own.store, opened.noted.pins.get(drawn.id, {}), marking)
    return (
        (vl_convert.svg_to_png(svg, scale=1.0 if drawn.is_large else 2.0), "png") if as_png else (svg.encode(), "svg")
    )


def _place(form: dict[str, str], drawn: Drawing, on: str) -> tuple[float, float]:
    try:
        return round(float(form["x"]), 1), round(float(form["y"]), 1)
    except (KeyError, ValueError):
        return drawn.places.get(on, (0.0, 0.0))


def _refuse_unknown(opened: OpenCase, on: str) -> None:
    if on not in opened.ties.nodes:
        raise Stale


def _back(request: Request, address: str) -> Response:
    """To the state that the form was sent from."""
    own = f"/network/{quote(request.path_params['network'])}"
    return RedirectResponse(address[:_LONGEST_BACK] if address.partition("?")[0] == own else own, 303)


def _known(request: Request) -> str:
    """The id of the network of the address; raises NotFound."""
    asked_for: str = request.path_params["network"]
    if asked_for != WHOLE_CASE and asked_for not in request.app.state.opened.ties.networks:
        raise NotFound("There is no such network.", "Look at the list of networks.")
    return asked_for


async def _drawn(request: Request, network_id: str) -> Drawing:
    return await run_in_threadpool(drawing_of, request.app.state.opened.ties, network_id)


async def _shown(request: Request, template: str, network_id: str) -> Response:
    opened: OpenCase = request.app.state.opened
    drawn = await _drawn(request, network_id)
    asked = asked_of(drawn, request.query_params)
    error: JejakError | None = None
    side = None
    try:
        side = await run_in_threadpool(side_of, opened.case.folder, opened.ties, opened.noted, drawn, asked)
    except NotFound as not_found:
        error = not_found
    return page(
        request,
        template,
        400 if error else 200,
        network=opened.ties.networks.get(network_id),
        drawing=drawn,
        kinds=[(kind.value, LINK_WORDS[kind]) for kind in sorted({link.kind for link in drawn.links})],
        asked=asked,
        side=side,
        error=error,
        called=opened.ties.called,
        export=export_address(opened.ties, drawn, asked),
        **_table(opened, drawn, asked),
    )


def _table(opened: OpenCase, drawn: Drawing, asked: Asked) -> dict[str, object]:
    """The members that the sieve leaves, recruiters first, then the best tied: the drawing for who cannot see it."""
    links = [link for link in drawn.links if asked.sieve.lets(link)]
    degrees = degrees_of(links)
    looks = {node: look_of(opened.ties.nodes.get(node)) for node in drawn.nodes}
    left = [node for node in drawn.nodes if asked.sieve.is_open or node in degrees]
    left.sort(key=lambda node: (looks[node] != "actor", -degrees.get(node, 0), node))
    start = asked.row if asked.row < len(left) else 0
    return {
        "rows": [
            (node, looks[node], drawn.groups[drawn.group_of[node]].name, degrees.get(node, 0))
            for node in left[start : start + _ROWS]
        ],
        "noted": opened.noted.notes,
        "members": len(left),
        "links": len(links),
        "start": start,
        "before": asked.address(row=max(0, start - _ROWS) or None) if start else None,
        "after": asked.address(row=start + _ROWS) if start + _ROWS < len(left) else None,
    }
