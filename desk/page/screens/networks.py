"""The networks, and one of them: who is in it, where it sends people, drawn and as a list."""

from __future__ import annotations

from collections import Counter
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from casefile.records import Actor, Connections, Entity, Link, Network
from desk.names import find_network
from desk.page.opened import OpenCase, Ties
from desk.page.rendering import page
from desk.report.shown import plain
from desk.report.wording import LINK_WORDS

_MOST_MEMBERS = 500
_LONGEST_LABEL = 28
_SEED = 7
_WEAK = 0.55  # ICD 203: up to here no more than a roughly even chance
_SPREAD = 900.0  # pixels
_LOOKS = {
    "LOC": "place",
    "ORG": "company",
    "PERSON": "person",
    "TEXT": "text",
    "SOURCE": "source",
    "ACCOUNT": "account",
}


async def networks(request: Request) -> Response:
    """The list of networks, the largest first."""
    ties = request.app.state.opened.ties
    return page(
        request,
        "networks.html.j2",
        networks=[ties.networks[one] for one in ties.ranked],
        called=ties.called,
    )


async def network(request: Request) -> Response:
    """The screen of one network."""
    opened: OpenCase = request.app.state.opened
    ties = opened.ties
    found = find_network(ties.connections, request.path_params["network"])
    if found != request.path_params["network"]:
        return RedirectResponse(f"/network/{found}", 303)
    shown = ties.networks[found]
    links = links_inside(ties, shown)
    degrees = Counter(end for link in links for end in (link.from_id, link.to_id))
    members = sorted(shown.members, key=lambda one: (not isinstance(ties.nodes.get(one), Actor), -degrees[one], one))
    return page(
        request,
        "network.html.j2",
        network=shown,
        members=[(one, look_of(ties.nodes.get(one)), degrees[one]) for one in members[:_MOST_MEMBERS]],
        more_members=max(0, len(members) - _MOST_MEMBERS),
        links=len(links),
        called=ties.called,
    )


async def network_drawing(request: Request) -> Response:
    """What the drawing of one network needs, as JSON: nodes with their places, links with their proof."""
    opened: OpenCase = request.app.state.opened
    shown = opened.ties.networks.get(request.path_params["network"])
    if shown is None:
        return JSONResponse({"error": "There is no such network."}, 404)
    return JSONResponse(await run_in_threadpool(drawing_of, opened.ties, shown))


def links_inside(ties: Ties, network: Network) -> list[Link]:
    """The links between members of a network, the surest first."""
    members = set(network.members)
    found = {
        link.id: link
        for one in network.members
        for link in ties.links.get(one, ())
        if {link.from_id, link.to_id} <= members
    }
    return sorted(found.values(), key=lambda link: (-link.confidence, link.id))


def look_of(node: Entity | Actor | None) -> str:
    """The kind of a node as it is drawn."""
    return "actor" if isinstance(node, Actor) else _LOOKS.get(node.label, "contact") if node else "contact"


def drawing_of(ties: Ties, network: Network) -> dict[str, Any]:
    """Nodes and links of a network with positions in pixels around zero; sources are left out, they tie all to all."""
    from graph.layout import positions

    members = [one for one in network.members if look_of(ties.nodes.get(one)) != "source"]
    inside = set(members)
    links = [link for link in links_inside(ties, network) if {link.from_id, link.to_id} <= inside]
    entities = tuple(e for e in ties.connections.entities if e.id in inside)
    actors = tuple(a for a in ties.connections.actors if a.id in inside)
    at = positions(Connections(entities=entities, actors=actors, links=tuple(links), networks=()), None, _SEED)
    most = max((abs(value) for point in at.values() for value in point), default=1.0) or 1.0
    scale = _SPREAD * max(1.0, (len(members) / 60) ** 0.5) / most
    return {
        "nodes": [
            {
                "id": one,
                "label": plain(ties.called(one), _LONGEST_LABEL),
                "name": plain(ties.called(one)),
                "look": look_of(ties.nodes.get(one)),
                "x": round(at[one][0] * scale, 1),
                "y": round(at[one][1] * scale, 1),
            }
            for one in members
            if one in at
        ],
        "links": [
            {
                "id": link.id,
                "from": link.from_id,
                "to": link.to_id,
                "words": LINK_WORDS[link.kind],
                "kind": link.kind.value,
                "confidence": round(link.confidence, 3),
                "weak": link.confidence <= _WEAK,
                "posts": list(link.posts[:5]),
                "total": len(link.posts),
            }
            for link in links
        ],
    }
