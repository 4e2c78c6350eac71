"""Where to draw the nodes of a network; the same network is always drawn the same."""

from __future__ import annotations

import math

import igraph

from casefile.records import Connections
from graph.randomness import seeded

Position = tuple[float, float]
_SMALL = 400  # nodes up to which the slower, clearer layout (Kamada and Kawai, 1989) is used
_DIGITS = 4


def positions(connections: Connections, network_id: str | None, seed: int = 1) -> dict[str, Position]:
    """A place from 0 to 1 in both directions for each node of a network (None: of the whole case).

    A network is drawn with its members, destinations and origins; sources are left out, they would tie everything.
    """
    nodes = sorted(_nodes(connections, network_id))
    number = {node: index for index, node in enumerate(nodes)}
    edges = sorted(
        {
            tuple(sorted((number[link.from_id], number[link.to_id])))
            for link in connections.links
            if link.from_id in number and link.to_id in number
        }
    )
    if len(nodes) < 2:
        return dict.fromkeys(nodes, (0.5, 0.5))
    graph = igraph.Graph(n=len(nodes), edges=edges)
    start = [
        (math.cos(2 * math.pi * i / len(nodes)), math.sin(2 * math.pi * i / len(nodes))) for i in range(len(nodes))
    ]
    with seeded(seed):
        if len(nodes) <= _SMALL:
            drawn = graph.layout_kamada_kawai(seed=start)
        else:
            drawn = graph.layout_fruchterman_reingold(seed=start, grid=True)
    return dict(zip(nodes, _scaled([(float(x), float(y)) for x, y in drawn]), strict=True))


def _nodes(connections: Connections, network_id: str | None) -> set[str]:
    if network_id is None:
        entities = {entity.id for entity in connections.entities if not entity.id.startswith("source:")}
        return entities | {actor.id for actor in connections.actors}
    network = next((network for network in connections.networks if network.id == network_id), None)
    return {*network.members, *network.destinations, *network.origins} if network else set()


def _scaled(points: list[Position]) -> list[Position]:
    """The points moved and scaled into the unit square; what is not a number goes to the middle."""
    sound = [point for point in points if math.isfinite(point[0]) and math.isfinite(point[1])] or [(0.0, 0.0)]
    left, bottom = min(x for x, _ in sound), min(y for _, y in sound)
    width = max(max(x for x, _ in sound) - left, max(y for _, y in sound) - bottom) or 1.0
    middle = (left + width / 2, bottom + width / 2)
    placed = [point if math.isfinite(point[0]) and math.isfinite(point[1]) else middle for point in points]
    return [(round((x - left) / width, _DIGITS), round((y - bottom) / width, _DIGITS)) for x, y in placed]
