"""The best chains of evidence between two nodes: every hop names its posts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

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
    costs = _with_costs(links, a, b)
    try:
        return [_path(nodes, links, costs) for nodes in islice(_ways(costs, a, b, most), most)]
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return []


def _path(nodes: list[str], links: nx.Graph[str], costs: nx.DiGraph[str]) -> EvidencePath:
    hops = tuple(_hop(left, right, links.edges[left, right]["link"]) for left, right in pairwise(nodes))
    cost = sum(costs.edges[step]["cost"] for step in pairwise(nodes))
    return EvidencePath(
        hops=hops,
        confidence=round(math.prod(hop.confidence for hop in hops), 6),
        weight=round(math.exp(-cost), 6),
    )


def _surest_links(connections: Connections) -> nx.Graph[str]:
    """Both directions in one, with the surest link between each two nodes."""
    graph: nx.Graph[str] = nx.Graph()
    for link in sorted(connections.links, key=lambda link: (link.confidence, link.id)):
        graph.add_edge(link.from_id, link.to_id, link=link)
    return graph


def _ways(costs: nx.DiGraph[str], a: str, b: str, most: int) -> Iterator[list[str]]:
    if most == 1:
        yield nx.dijkstra_path(costs, a, b, weight="cost")
    else:
        yield from nx.shortest_simple_paths(costs, a, b, weight="cost")


def _with_costs(links: nx.Graph[str], a: str, b: str) -> nx.DiGraph[str]:
    """Every step in either direction with what it costs; none into a source that is not an end."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for left, right in links.edges():
        base = -math.log(max(links.edges[left, right]["link"].confidence, 1e-9))
        for node, following in ((left, right), (right, left)):
            if following in (a, b):
                graph.add_edge(node, following, cost=base)
            elif not following.startswith("source:"):
                graph.add_edge(node, following, cost=base + math.log(max(1.0, len(links[following]) / _BUSY)))
    return graph


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
