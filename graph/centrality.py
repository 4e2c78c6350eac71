"""How central each node is: how many neighbours it has, and how many shortest ways in its network lead through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import igraph

from casefile.records import Link
from graph.randomness import seeded
from graph.settings import CentralitySettings

_DIGITS = 9


def degrees(links: Iterable[Link]) -> dict[str, int]:
    """How many different neighbours each linked node has, directions ignored."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for link in links:
        neighbours[link.from_id].add(link.to_id)
        neighbours[link.to_id].add(link.from_id)
    return {node: len(found) for node, found in neighbours.items()}


def betweenness(
    members: Sequence[str], ends: Iterable[tuple[str, str]], settings: CentralitySettings, seed: int
) -> dict[str, float]:
    """Which share (0 to 1) of the shortest ways between members leads through each (Freeman, 1977); directions ignored.

    `ends` are those of links; only links between members count, so the result depends on nothing outside. In a large
    network it is estimated from ways that start at a sample of nodes (Brandes and Pich, 2007).
    """
    ordered = sorted(members)
    number = {node: index for index, node in enumerate(ordered)}
    inside = ((number[one], number[other]) for one, other in ends if one in number and other in number)
    pairs = sorted({(one, other) if one < other else (other, one) for one, other in inside})
    sums = _betweenness(igraph.Graph(n=len(ordered), edges=pairs), settings, seed)
    return dict(zip(ordered, sums, strict=True))


def _betweenness(graph: igraph.Graph, settings: CentralitySettings, seed: int) -> list[float]:
    count = graph.vcount()
    if count < 3:
        return [0.0] * count
    if count <= settings.exact_up_to:
        sums, share = graph.betweenness(directed=False), 1.0
    else:
        with seeded(seed) as generator:
            sample = sorted(generator.sample(range(count), settings.sample))
        # igraph counts each undirected way once from either end: half of what the sampled ends see.
        sums, share = graph.betweenness(directed=False, sources=sample), settings.sample / count
    ways = (count - 1) * (count - 2) / 2
    return [round(min(1.0, total / share / ways), _DIGITS) for total in sums]
