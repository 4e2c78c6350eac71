"""The circle of a node (its ego network): what is near it, how that hangs together, and whom it leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casefile.errors import NotFound
from casefile.records import Connections, Link
from graph.networks import most_sharers
from graph.settings import GraphSettings, load_settings

_HOLDS_NOBODY = ("source:", "place:")  # on one site, or towards one town, are many who do not know each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A node one step away; `users` counts the recruiters that lead to it, `everybodys` when they are too many."""

    id: str
    links: tuple[Link, ...]
    users: int
    everybodys: bool

    @property
    def confidence(self) -> float:
        """How sure the surest link to it is."""
        return max(link.confidence for link in self.links)

    @property
    def posts(self) -> frozenset[str]:
        """The posts that prove it."""
        return frozenset(post for link in self.links for post in link.posts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Another recruiter two steps away, and the things through which it is reached."""

    actor: str
    through: tuple[str, ...]
    confidence: float
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A node with its neighbours, the links among these, and the recruiters beyond them."""

    centre: str
    neighbours: tuple[Neighbour, ...]
    among: tuple[Link, ...]
    beyond: tuple[Beyond, ...]


def circle_of(connections: Connections, node: str, settings: GraphSettings | None = None) -> Circle:
    """The circle of an entity or actor, the surest first. Raises NotFound.

    No recruiter is reached through a source, a place, or what more recruiters share than may hold a network together.
    """
    actors = {actor.id for actor in connections.actors}
    if node not in actors and all(entity.id != node for entity in connections.entities):
        raise NotFound(f"There is no “{node}” in the connections of this case.", "Find ids with `jejak search`.")
    near: dict[str, list[Link]] = defaultdict(list)
    for link in connections.links:
        if node in (link.from_id, link.to_id):
            near[link.to_id if link.from_id == node else link.from_id].append(link)
    users: dict[str, list[Link]] = defaultdict(list)
    for link in connections.links:
        if link.from_id in actors and link.to_id in near:
            users[link.to_id].append(link)
    neighbours = _neighbours(near, users, settings or load_settings())
    return Circle(
        centre=node,
        neighbours=neighbours,
        among=tuple(link for link in connections.links if link.from_id in near and link.to_id in near),
        beyond=_beyond(node, neighbours, users),
    )


def _neighbours(
    near: Mapping[str, Sequence[Link]], users: Mapping[str, Sequence[Link]], settings: GraphSettings
) -> tuple[Neighbour, ...]:
    found = []
    for other, links in near.items():
        count = len({link.from_id for link in users.get(other, ())})
        crowded = other.startswith(_HOLDS_NOBODY) or count > most_sharers(other, settings.networks)
        ordered = tuple(sorted(links, key=lambda link: (-link.confidence, link.id)))
        found.append(Neighbour(id=other, links=ordered, users=count, everybodys=crowded))
    return tuple(sorted(found, key=lambda one: (-one.confidence, -len(one.posts), one.id)))


def _beyond(node: str, neighbours: Sequence[Neighbour], users: Mapping[str, Sequence[Link]]) -> tuple[Beyond, ...]:
    through: dict[str, dict[str, float]] = defaultdict(dict)
    posts: dict[str, set[str]] = defaultdict(set)
    near = {one.id for one in neighbours}
    for one in neighbours:
        for link in users.get(one.id, ()):
            if not one.everybodys and link.from_id != node and link.from_id not in near:
                both = one.confidence * link.confidence
                through[link.from_id][one.id] = max(both, through[link.from_id].get(one.id, 0.0))
                posts[link.from_id].update(link.posts)
    found = [
        Beyond(
            actor=actor,
            through=tuple(sorted(ways, key=lambda way: (-ways[way], way))),
            confidence=round(max(ways.values()), 6),
            posts=tuple(sorted(posts[actor])),
        )
        for actor, ways in through.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.through), -one.confidence, one.actor)))
