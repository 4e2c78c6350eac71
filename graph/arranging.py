"""How a network is laid out for the eye: its groups apart from each other, the members of each near together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import igraph
import numpy as np
import numpy.typing as npt

from graph.randomness import seeded

Position = tuple[float, float]
Points = npt.NDArray[np.float64]

_WHOLE = 300  # nodes up to which all are laid out at once
_CLEAR = 150  # nodes up to which the slower, clearer layout (Kamada and Kawai, 1989) is used
_ROOM = 34.0  # pixels from a node to the next
_GAP = 60.0  # pixels between groups
_ROUNDS = 120  # of pushing groups apart
_STEPS = 200  # of the quicker layout; more of them change little


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where each node stands, in pixels around zero, and the number of its group; groups are numbered by size."""

    places: Mapping[str, Position]
    groups: Mapping[str, int]


def arrange(
    nodes: Collection[str], ties: Sequence[tuple[str, str]], groups: Mapping[str, str] | None = None, seed: int = 1
) -> Arrangement:
    """Lay out nodes and the ties between them; the same is always laid out the same.

    `groups` names the group of each node; without it, communities are found (Louvain: Blondel and others, 2008).
    """
    ordered = sorted(nodes)
    number = {node: index for index, node in enumerate(ordered)}
    edges = sorted({(min(a, b), max(a, b)) for a, b in ((number[one], number[other]) for one, other in ties) if a != b})
    graph = igraph.Graph(n=len(ordered), edges=edges)
    with seeded(seed):
        parts = _named(ordered, groups) if groups is not None else list(graph.community_multilevel())
        parts = sorted(parts, key=lambda part: (-len(part), part))
        points = _laid_out(graph) * _spread(len(ordered)) if len(ordered) <= _WHOLE else _apart(graph, parts)
    return Arrangement(
        {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(ordered, points, strict=True)},
        {ordered[index]: turn for turn, part in enumerate(parts) for index in part},
    )


def _named(ordered: Sequence[str], groups: Mapping[str, str]) -> list[list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, node in enumerate(ordered):
        found[groups[node]].append(index)
    return list(found.values())


def _spread(nodes: int) -> float:
    """The radius in pixels of the disc in which so many nodes have room."""
    return _ROOM * math.sqrt(nodes) if nodes > 1 else 0.0


def _apart(graph: igraph.Graph, parts: Sequence[Sequence[int]]) -> Points:
    """Each part in a disc of its own, discs near each other where ties lead from one to the other."""
    radii = np.array([_spread(len(part)) + _GAP / 2 for part in parts])
    centres = _pushed_apart(_laid_out(_between(graph, parts)) * float(np.sqrt((radii**2).sum())) * 1.1, radii)
    points = np.zeros((graph.vcount(), 2))
    for part, centre in zip(parts, centres, strict=True):
        points[list(part)] = _laid_out(graph.induced_subgraph(part)) * _spread(len(part)) + centre
    return points


def _between(graph: igraph.Graph, parts: Sequence[Sequence[int]]) -> igraph.Graph:
    """The parts as nodes, tied where any of their members are."""
    part_of = {index: turn for turn, part in enumerate(parts) for index in part}
    pairs = {tuple(sorted((part_of[a], part_of[b]))) for a, b in graph.get_edgelist() if part_of[a] != part_of[b]}
    return igraph.Graph(n=len(parts), edges=sorted(pairs))


def _laid_out(graph: igraph.Graph) -> Points:
    """The nodes of a graph inside the unit circle; what is not a number goes to the middle."""
    count = graph.vcount()
    if count < 2:
        return np.zeros((count, 2))
    turn = 2 * math.pi / count
    start = [(math.cos(turn * i), math.sin(turn * i)) for i in range(count)]
    if count <= _CLEAR:
        drawn = graph.layout_kamada_kawai(seed=start)
    else:
        drawn = graph.layout_fruchterman_reingold(seed=start, grid=True, niter=_STEPS)
    points = np.nan_to_num(np.array(drawn.coords), nan=0.0, posinf=0.0, neginf=0.0)
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    widest = float(np.hypot(points[:, 0], points[:, 1]).max())
    inside: Points = points / (widest or 1.0)
    return inside


def _pushed_apart(centres: Points, radii: Points) -> Points:
    """The discs moved as little as may be, until hardly one covers another."""
    least = radii[:, None] + radii[None, :]
    np.fill_diagonal(least, 0.0)
    centres = centres + np.stack(
        [np.cos(np.arange(len(radii))), np.sin(np.arange(len(radii)))], axis=1
    )  # none upon another
    for _ in range(_ROUNDS):
        apart = centres[:, None, :] - centres[None, :, :]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-6)
        lacking = np.maximum(least - distance, 0.0)
        if not lacking.any():
            break
        centres = centres + (apart * (lacking / distance / 2)[..., None]).sum(axis=1) * 0.5
    return centres
