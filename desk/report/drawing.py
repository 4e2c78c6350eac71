"""One network as a drawing: where each node stands, what it looks like, and what a click on it tells."""

from __future__ import annotations

from typing import Any

from casefile.records import Connections, Link
from desk.report.book import Book
from desk.report.model import GraphView
from desk.report.shown import plain
from desk.report.tally import Tally
from desk.report.ties import Ties
from desk.report.wording import LINK_WORDS, certainty, count, period
from graph.layout import positions

_MOST_NODES = 80
_CROWDED = 40  # nodes from which on accounts go without a label
_MOST_TOLD = 12  # relations told about one node
_CLASSES = {
    "recruiter": "actor",
    "company": "company",
    "place": "place",
    "person": "person",
    "repeated text": "text",
}
_ACCOUNT = "account at a source"
_SEED = 7


def draw_network(ties: Ties, tally: Tally, book: Book, number: int) -> GraphView:
    """The drawing of one network: the nodes with most links first, as many as the eye can hold."""
    degree: dict[str, int] = {actor.id: 0 for actor in ties.actors}
    links = [link for link in ties.links if "source" not in (ties.kinds[link.from_id], ties.kinds[link.to_id])]
    for link in links:  # sources are left out: they would tie everything to everything
        for end in (link.from_id, link.to_id):
            degree[end] = degree.get(end, 0) + 1
    kept = sorted(degree, key=lambda node: (_rank(ties, node), -degree[node], node))[:_MOST_NODES]
    inside = set(kept)
    links = [link for link in links if link.from_id in inside and link.to_id in inside]
    at = _positions(ties, kept, links)
    numbers = {node: i for i, node in enumerate(kept)}
    told: dict[str, list[dict[str, Any]]] = {node: [] for node in kept}
    edges = []
    for link in sorted(links, key=lambda link: (-link.confidence, link.id)):
        proof = book.cite(number, link.posts)
        edges.append(_edge(link, numbers))
        for end, other, way in ((link.from_id, link.to_id, "out"), (link.to_id, link.from_id, "in")):
            if len(told[end]) < _MOST_TOLD:
                told[end].append(
                    {
                        "way": way,
                        "words": LINK_WORDS[link.kind],
                        "other": plain(ties.name(other)),
                        "node": numbers[other],
                        "certainty": certainty(link.confidence),
                        "posts": proof.shown,
                        "total": proof.total,
                    }
                )
    nodes = [_node(ties, tally, node, numbers[node], at[node], told[node], len(kept) > _CROWDED) for node in kept]
    return GraphView(
        network=ties.network.id,
        nodes=tuple(nodes),
        edges=tuple(edges),
        frame=_frame(list(at.values())),
        left_out=len(degree) - len(kept),
    )


def _positions(ties: Ties, kept: list[str], links: list[Link]) -> dict[str, tuple[float, float]]:
    """Positions around zero, in a field that grows with the number of nodes so that labels keep their room."""
    own = Connections(
        entities=tuple(entity for entity in ties.entities.values() if entity.id in set(kept)),
        actors=tuple(ties.actors),
        links=tuple(links),
        networks=(),
    )
    found = positions(own, None, _SEED)
    placed = {node: found.get(node, (0.0, 0.0)) for node in kept}
    if not placed:
        return {}
    xs, ys = [x for x, _ in placed.values()], [y for _, y in placed.values()]
    wide = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    room = 560.0 * max(1.0, (len(placed) / 16) ** 0.5)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return {
        node: (round((x - middle_x) / wide * room, 1), round((y - middle_y) / wide * room * 0.75, 1))
        for node, (x, y) in placed.items()
    }


def _frame(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return min(xs) - 110, min(ys) - 24, max(xs) - min(xs) + 220, max(ys) - min(ys) + 60


def _node(
    ties: Ties,
    tally: Tally,
    identity: str,
    number: int,
    at: tuple[float, float],
    told: list[dict[str, Any]],
    crowded: bool,
) -> dict[str, Any]:
    kind = ties.kinds.get(identity, "recruiter")
    actor = next((actor for actor in ties.actors if actor.id == identity), None)
    entity = ties.entities.get(identity)
    name = ties.name(identity)
    seen = actor or entity
    return {
        "id": number,
        "label": _label(name, kind, crowded),
        "name": plain(name),
        "kind": f"{kind}, as far as the posts show" if actor else kind,
        "look": _CLASSES.get(kind, "contact"),
        "x": at[0],
        "y": at[1],
        "told": told,
        "facts": [
            *(
                [f"That its contacts belong together is {certainty(actor.confidence)}."]
                if actor and actor.joins
                else []
            ),
            *([f"Seen {period(seen.first_seen, seen.last_seen)}."] if seen and seen.first_seen else []),
            *([f"In {count(sum(post in tally.offers for post in actor.posts), 'job offer')}."] if actor else []),
        ],
    }


def _rank(ties: Ties, node: str) -> int:
    """What must be drawn before what: recruiters and how to reach them first, their accounts last."""
    kind = ties.kinds.get(node, "")
    return 0 if kind == "recruiter" else 2 if kind in (_ACCOUNT, "repeated text") else 1


def _label(name: str, kind: str, crowded: bool) -> str:
    """What stands under a node; what would cover its neighbours is told on a click instead."""
    if crowded and kind == _ACCOUNT:
        return ""
    return "same text" if kind == "repeated text" else plain(name, 18 if kind in (_ACCOUNT, "web address") else 30)


def _edge(link: Link, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "from": numbers[link.from_id],
        "to": numbers[link.to_id],
        "weak": link.confidence <= 0.55,
        "width": round(1 + 2 * link.confidence, 1),
    }
