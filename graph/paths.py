"""The best chains of evidence between two nodes: every hop names its posts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from casefile.errors import NotFound
from casefile.records import Connections, Link, LinkKind, Role

_BUSY = 10  # neighbours from which a node in the middle makes a chain weaker
_Cost = Callable[[str, str, Any], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a path; `forward` when it goes the way in which the link points."""

    from_id: str
    to_id: str
    link_id: str
    kind: LinkKind
    role: Role | None
    confidence: float
    forward: bool
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePath:
    """A chain from one node to another; `confidence` is the product of its hops'.

    `weight`, by which chains are ranked, is less where it leads through what many share.
    """

    hops: tuple[Hop, ...]
    confidence: float
    weight: float

    @property
    def posts(self) -> frozenset[str]:
        """All posts that it rests on."""
        return frozenset(post for hop in self.hops for post in hop.posts)


def evidence_paths(connections: Connections, a: str, b: str, most: int) -> list[EvidencePath]:
    """The (at most `most`) surest paths between two nodes, the best first (Yen, 1971). Raises NotFound.

    A hop costs -log(confidence). A path never leads through a source: that two contacts were found on one site proves
    nothing. Through a node with more than ten neighbours (a town, a portal) it costs log(neighbours / 10) more.
    """
    known = {entity.id for entity in connections.entities} | {actor.id for actor in connections.actors}
    for node in (a, b):
        if node not in known:
            raise NotFound(f"There is no “{node}” in the connections of this case.", "Find ids with `jejak search`.")
    if a == b:
        return [EvidencePath(hops=(), confidence=1.0, weight=1.0)]
    links = _surest_links(connections)
    cost = _cost_between(links, a, b)
    try:
        return [_path(nodes, links, cost) for nodes in islice(_ways(links, a, b, most, cost), most)]
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return []


def _path(nodes: list[str], links: nx.Graph[str], cost: _Cost) -> EvidencePath:
    hops = tuple(_hop(left, right, links.edges[left, right]["link"]) for left, right in pairwise(nodes))
    costs = (cost(left, right, links.edges[left, right]) or 0.0 for left, right in pairwise(nodes))
    return EvidencePath(
        hops=hops,
        confidence=round(math.prod(hop.confidence for hop in hops), 6),
        weight=round(math.exp(-sum(costs)), 6),
    )


def _surest_links(connections: Connections) -> nx.Graph[str]:
    """Both directions in one, with the surest link between each two nodes."""
    graph: nx.Graph[str] = nx.Graph()
    for link in sorted(connections.links, key=lambda link: (link.confidence, link.id)):
        graph.add_edge(link.from_id, link.to_id, link=link)
    return graph


def _ways(links: nx.Graph[str], a: str, b: str, most: int, cost: _Cost) -> Iterator[list[str]]:
    if most == 1:
        yield nx.dijkstra_path(links, a, b, weight=cost)
    else:
        yield from nx.shortest_simple_paths(links, a, b, weight=cost)


def _cost_between(links: nx.Graph[str], a: str, b: str) -> _Cost:
    """What a step costs; None for one into a source that is not an end."""

    def cost(node: str, following: str, between: Any) -> float | None:
        base = -math.log(max(between["link"].confidence, 1e-9))
        if following in (a, b):
            return base
        if following.startswith("source:"):
            return None
        return base + math.log(max(1.0, len(links[following]) / _BUSY))

    return cost


def _hop(left: str, right: str, link: Link) -> Hop:
    return Hop(
        from_id=left,
        to_id=right,
        link_id=link.id,
        kind=link.kind,
        role=link.role,
        confidence=link.confidence,
        forward=link.from_id == left,
        posts=link.posts,
    )
