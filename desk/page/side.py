"""What stands at the side of a drawing: what is chosen in it, with the posts that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casefile.case import Case
from casefile.notes import Note, Noted
from casefile.records import Actor, Connections, Entity, Link
from desk.names import find_node
from desk.page.asked import Asked
from desk.page.drawings import Drawing, Sieve, look_of
from desk.page.notes import notes_on
from desk.page.opened import Ties
from desk.page.screens.nodes import Tie, openings_of, tie_of
from desk.page.screens.ways import Step, step_of

_MOST_TIES, _MOST_MEMBERS, _MOST_PATHS, _POSTS_OF_A_LINK = 40, 40, 3, 3
Openings = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NodeSide:
    """One node: its ties that the sieve lets pass, and what people noted."""

    node: str
    look: str
    group: int
    ties: Sequence[Tie]
    more: int
    notes: Sequence[Note]
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class PairSide:
    """All that ties two nodes, each tie with the first words of its posts."""

    one: str
    other: str
    ties: Sequence[tuple[Tie, Openings]]


@dataclass(frozen=True, slots=True)
class GroupSide:
    """One group and its members."""

    number: int
    name: str
    members: Sequence[str]
    more: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class PathSide:
    """The surest chains from one node to another inside the drawing, under its sieve."""

    start: str
    end: str
    chains: Sequence[tuple[float, Sequence[Step]]]


Side = NodeSide | PairSide | GroupSide | PathSide | None


def side_of(folder: Path, ties: Ties, noted: Noted, drawing: Drawing, asked: Asked) -> Side:
    """What is told at the side. Raises NotFound for an end of a path that nothing is called by."""
    if asked.start and asked.end:
        start, end = find_node(ties.connections, asked.start), find_node(ties.connections, asked.end)
        return PathSide(start, end, _chains(folder, ties, drawing, asked.sieve, start, end))
    if asked.chosen.startswith("group:"):
        return _group_side(drawing, asked)
    if asked.chosen not in drawing.group_of:
        return None
    if asked.beside in drawing.group_of:
        return _pair_side(folder, ties, asked)
    return _node_side(ties, noted, drawing, asked)


def _node_side(ties: Ties, noted: Noted, drawing: Drawing, asked: Asked) -> NodeSide:
    node = asked.chosen
    tied = [
        tie_of(link, node)
        for link in ties.links.get(node, ())
        if asked.sieve.lets(link) and link.from_id in drawing.group_of and link.to_id in drawing.group_of
    ]
    tied.sort(key=lambda tie: (-tie.link.confidence, tie.link.id))
    return NodeSide(
        node,
        look_of(ties.nodes.get(node)),
        drawing.group_of[node],
        tied[:_MOST_TIES],
        max(0, len(tied) - _MOST_TIES),
        notes_on(noted, ties.nodes[node]),
        node in noted.pins.get(drawing.id, {}),
    )


def _pair_side(folder: Path, ties: Ties, asked: Asked) -> PairSide:
    between = [
        link
        for link in ties.links.get(asked.chosen, ())
        if {link.from_id, link.to_id} == {asked.chosen, asked.beside} and asked.sieve.lets(link)
    ]
    between.sort(key=lambda link: (-link.confidence, link.id))
    with Case.open(folder) as own:  # a thread of its own keeps a connection of its own
        told = [(tie_of(link, asked.chosen), openings_of(own, link.posts[:_POSTS_OF_A_LINK])) for link in between]
    return PairSide(asked.chosen, asked.beside, told)


def _group_side(drawing: Drawing, asked: Asked) -> Side:
    number = drawing.group_chosen(asked.chosen)
    if number is None:
        return None
    group = drawing.groups[number]
    shown = group.members[:_MOST_MEMBERS]
    return GroupSide(number, group.name, shown, len(group.members) - len(shown), number in asked.opened)


def _chains(
    folder: Path, ties: Ties, drawing: Drawing, sieve: Sieve, start: str, end: str
) -> list[tuple[float, list[Step]]]:
    from graph.paths import evidence_paths

    if not {start, end} <= drawing.group_of.keys():
        return []
    found = evidence_paths(
        _under(ties, drawing, [one for one in drawing.links if sieve.lets(one)]), start, end, _MOST_PATHS
    )
    with Case.open(folder) as own:
        return [(chain.confidence, [step_of(own, hop) for hop in chain.hops]) for chain in found]


def _under(ties: Ties, drawing: Drawing, links: Sequence[Link]) -> Connections:
    nodes = [ties.nodes[one] for one in drawing.nodes]
    return Connections(
        entities=tuple(one for one in nodes if isinstance(one, Entity)),
        actors=tuple(one for one in nodes if isinstance(one, Actor)),
        links=tuple(links),
        networks=(),
    )
