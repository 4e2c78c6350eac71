"""The best chain of evidence between two nodes: every hop names its posts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from casefile.errors import NotFound
from casefile.records import Connections, Link, LinkKind, Role

_BUSY = 10  # neighbours from which a node in the middle makes a chain weaker


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
    """A chain from one node to another; `confidence` is the product of its hops'."""

    hops: tuple[Hop, ...]
    confidence: float


def evidence_path(connections: Connections, a: str, b: str) -> EvidencePath | None:
    """The surest path between the nodes with ids `a` and `b`; None when none leads there. Raises NotFound.

    A hop costs -log(confidence). A path never leads through a source: that two contacts were found on one site proves
    nothing. Through a node with more than ten neighbours (a town, a portal) it costs log(neighbours / 10) more.
    """
    known = {entity.id for entity in connections.entities} | {actor.id for actor in connections.actors}
    for node in (a, b):
        if node not in known:
            raise NotFound(f"There is no “{node}” in the connections of this case.", "Find ids with `jejak search`.")
    if a == b:
        return EvidencePath(hops=(), confidence=1.0)
    graph = _surest_links(connections)
    try:
        nodes: list[str] = nx.dijkstra_path(graph, a, b, weight=_cost_towards(graph, a, b))
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return None
    hops = tuple(_hop(left, right, graph.edges[left, right]["link"]) for left, right in pairwise(nodes))
    return EvidencePath(hops=hops, confidence=round(math.prod(hop.confidence for hop in hops), 6))


def _surest_links(connections: Connections) -> nx.Graph[str]:
    """Both directions in one, with the surest link between each two nodes."""
    graph: nx.Graph[str] = nx.Graph()
    for link in sorted(connections.links, key=lambda link: (link.confidence, link.id)):
        graph.add_edge(link.from_id, link.to_id, link=link)
    return graph


def _cost_towards(graph: nx.Graph[str], a: str, b: str) -> Callable[[str, str, dict[str, Any]], float | None]:
    def cost(node: str, following: str, edge: dict[str, Any]) -> float | None:
        passing = 0.0
        if following not in (a, b):
            if following.startswith("source:"):
                return None
            passing = math.log(max(1.0, len(graph[following]) / _BUSY))
        return passing - math.log(max(edge["link"].confidence, 1e-9))

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
