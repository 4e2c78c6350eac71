"""Networks as they are drawn: which nodes and links, where each stands, and which of them somebody asked to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from casefile.records import Actor, Entity, Link, LinkKind, Network
from desk.page.opened import Ties
from desk.page.typed import whole_number
from desk.report.shown import plain

WHOLE_CASE = "all"
"""What stands for all networks together in an address."""
_MOST_NETWORKS = 300  # in one drawing of the whole case
_MANY = 300  # nodes from which on groups are closed at first
_FEW = 60  # nodes up to which there is nothing to group
_LONGEST_NAME = 80
_LOOKS = {
    "LOC": "place",
    "ORG": "company",
    "PERSON": "person",
    "TEXT": "text",
    "SOURCE": "source",
    "ACCOUNT": "account",
}
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that hang together more than with others."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn of one network, or of all: positions in pixels around zero, links the surest first."""

    id: str
    nodes: tuple[str, ...]
    links: tuple[Link, ...]
    places: Mapping[str, tuple[float, float]]
    group_of: Mapping[str, int]
    groups: tuple[Group, ...]
    networks_left_out: int = 0

    @property
    def is_large(self) -> bool:
        """Whether its groups are closed at first: so many nodes at once tell nothing."""
        return len(self.nodes) > _MANY and len(self.groups) > 1

    def group_chosen(self, chosen: str) -> int | None:
        """The number of the group that is chosen (`group:3`); None where there is none such."""
        number = whole_number(chosen.removeprefix("group:"))
        return number if number is not None and number < len(self.groups) else None


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which links somebody wants to see; without kinds, all. A link whose time nobody knows passes every time."""

    sure: float = 0.0
    kinds: frozenset[LinkKind] = frozenset()
    after: date | None = None
    before: date | None = None

    def lets(self, link: Link) -> bool:
        """Whether a link is shown: seen at any time from `after` to `before`, both included."""
        return (
            link.confidence >= self.sure
            and (not self.kinds or link.kind in self.kinds)
            and not (self.after and link.last_seen and link.last_seen.date() < self.after)
            and not (self.before and link.first_seen and link.first_seen.date() > self.before)
        )

    @property
    def is_open(self) -> bool:
        """Whether it lets everything pass."""
        return self == Sieve()


def drawing_of(ties: Ties, network: str) -> Drawing:
    """The drawing of a network or of the whole case, made once as long as the ties hold."""
    return ties.once(
        ("drawing", network), lambda: _whole(ties) if network == WHOLE_CASE else _one(ties, ties.networks[network])
    )


def look_of(node: Entity | Actor | None) -> str:
    """The kind of a node as it is drawn."""
    return "actor" if isinstance(node, Actor) else _LOOKS.get(node.label, "contact") if node else "contact"


def _one(ties: Ties, network: Network) -> Drawing:
    nodes = _drawable(ties, _members(network))
    return _drawn(ties, network.id, nodes, dict.fromkeys(nodes, network.id) if len(nodes) <= _FEW else None)


def _whole(ties: Ties) -> Drawing:
    """The largest networks, each a group; a place where several send people stands between them."""
    shown = [ties.networks[one] for one in ties.ranked[:_MOST_NETWORKS]]
    groups: dict[str, str] = {}
    for network in shown:
        groups |= dict.fromkeys(network.members, network.id)
    for network in shown:
        groups |= {place: place for place in (*network.destinations, *network.origins) if place not in groups}
    nodes = _drawable(ties, groups)
    return _drawn(ties, WHOLE_CASE, nodes, groups, len(ties.ranked) - len(shown))


def _members(network: Network) -> Iterable[str]:
    return (*network.members, *network.destinations, *network.origins)


def _drawable(ties: Ties, nodes: Iterable[str]) -> list[str]:
    """What is known of these nodes, without the sources: they would tie all to all."""
    return sorted({one for one in nodes if one in ties.nodes and look_of(ties.nodes[one]) != "source"})


def _drawn(
    ties: Ties, identity: str, nodes: Sequence[str], groups: Mapping[str, str] | None, left_out: int = 0
) -> Drawing:
    from graph.arranging import arrange

    links = links_between(ties, nodes)
    arranged = arrange(nodes, [(link.from_id, link.to_id) for link in links], groups)
    degrees = degrees_of(links)
    members: dict[int, list[str]] = {}
    for node in sorted(nodes, key=lambda one: (look_of(ties.nodes[one]) != "actor", -degrees.get(one, 0), one)):
        members.setdefault(arranged.groups[node], []).append(node)
    return Drawing(
        identity,
        tuple(nodes),
        tuple(links),
        arranged.places,
        arranged.groups,
        tuple(_group(ties, members[number], groups) for number in sorted(members)),
        left_out,
    )


def _group(ties: Ties, members: Sequence[str], groups: Mapping[str, str] | None) -> Group:
    """A group is called by its network, else by its best tied recruiter."""
    name = ties.called(groups[members[0]]) if groups else ties.called(members[0])
    return Group(plain(name, _LONGEST_NAME), tuple(members))


def links_between(ties: Ties, nodes: Collection[str]) -> list[Link]:
    """The links between these nodes, the surest first."""
    inside = set(nodes)
    found = {
        link.id: link
        for one in inside
        for link in ties.links.get(one, ())
        if link.from_id in inside and link.to_id in inside
    }
    return sorted(found.values(), key=lambda link: (-link.confidence, link.id))


def degrees_of(links: Iterable[Link]) -> dict[str, int]:
    """How many of these links each node has."""
    degrees: dict[str, int] = {}
    for link in links:
        for end in {link.from_id, link.to_id}:
            degrees[end] = degrees.get(end, 0) + 1
    return degrees


def as_columns(ties: Ties, drawing: Drawing, pins: Mapping[str, tuple[float, float]], noted: Collection[str]) -> Any:
    """The drawing for the script that draws it: columns of equal length; links name nodes by number, times are days."""
    number = {node: index for index, node in enumerate(drawing.nodes)}
    kinds = sorted({link.kind for link in drawing.links})
    at = {**drawing.places, **{node: place for node, place in pins.items() if node in number}}
    return {
        "nodes": {
            "id": drawing.nodes,
            "name": [plain(ties.called(node), _LONGEST_NAME) for node in drawing.nodes],
            "look": [look_of(ties.nodes.get(node)) for node in drawing.nodes],
            "group": [drawing.group_of[node] for node in drawing.nodes],
            "x": [at[node][0] for node in drawing.nodes],
            "y": [at[node][1] for node in drawing.nodes],
            "pinned": [number[node] for node in pins if node in number],
            "noted": [number[node] for node in noted if node in number],
        },
        "links": {
            "from": [number[link.from_id] for link in drawing.links],
            "to": [number[link.to_id] for link in drawing.links],
            "kind": [kinds.index(link.kind) for link in drawing.links],
            "sure": [round(link.confidence, 3) for link in drawing.links],
            "first": [_day(link.first_seen) for link in drawing.links],
            "last": [_day(link.last_seen) for link in drawing.links],
        },
        "kinds": [kind.value for kind in kinds],
        "groups": [group.name for group in drawing.groups],
        "large": drawing.is_large,
    }


def _day(at: datetime | None) -> int | None:
    """Days since 1970 in UTC."""
    return (at.astimezone(UTC).date() - _EPOCH).days if at else None
