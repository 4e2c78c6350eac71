"""How central each node is: how many neighbours, and how many shortest ways lead through it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import igraph

from casefile.records import Link
from graph.randomness import seeded
from graph.settings import CentralitySettings

_DIGITS = 9


def centralities(
    nodes: Sequence[str], links: Iterable[Link], settings: CentralitySettings, seed: int
) -> dict[str, tuple[int, float]]:
    """Degree (different neighbours) and betweenness (0 to 1, Freeman, 1977) of each node, directions ignored.

    Sources count as neighbours, but no way leads through them: that two contacts were found on one site means little.
    Betweenness of a large graph is estimated from ways that start at a sample of nodes (Brandes and Pich, 2007).
    """
    ordered = sorted(nodes)
    number = {node: index for index, node in enumerate(ordered)}
    pairs = sorted({tuple(sorted((number[link.from_id], number[link.to_id]))) for link in links})
    degrees = [0] * len(ordered)
    for left, right in pairs:
        degrees[left] += 1
        degrees[right] += 1
    is_source = [node.startswith("source:") for node in ordered]
    graph = igraph.Graph(n=len(ordered), edges=[pair for pair in pairs if not any(is_source[end] for end in pair)])
    between = _betweenness(graph, settings, seed)
    return {node: (degrees[index], between[index]) for index, node in enumerate(ordered)}


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
