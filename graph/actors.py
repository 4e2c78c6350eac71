"""Recruiters, as far as the posts show: contacts that belong together, each join with its reasons and its posts."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from casefile.identity import short_hash
from casefile.judgements import NOTHING_JUDGED, InForce, pair_of
from casefile.records import Actor, JoinReason
from graph.evidence import Join
from graph.joins import Joiner
from graph.ledger import either
from graph.observation import Observation
from graph.profiles import Profile, contact_of
from graph.settings import GraphSettings
from graph.telling import suspect_of, told_destinations
from graph.unions import Unions

JUDGED_SAME = "an investigator judged them to be one"
_CERTAIN = 1.0
_SMALL, _TIED = 2, 0.5  # of more contacts than this, so many must be joined with the other group's
_STRICTER = 0.15  # how much likelier joins must be, step by step, inside a recruiter that grew too large


class _Group(NamedTuple):
    """Nodes joined into one recruiter, and how likely its weakest necessary join is (None: there is no join)."""

    nodes: Sequence[str]
    weakest: float | None


class Recruiter(NamedTuple):
    """An actor with its nodes: its contacts, each as long as it was the actor's."""

    actor: Actor
    nodes: Sequence[str]


def actor_id(first_node: str) -> str:
    """The id of the recruiter whose first captured contact this is; see `former_ids`."""
    return f"actor:{short_hash('actor', first_node)}"


def former_ids(actor: Actor) -> tuple[str, ...]:
    """The ids of all recruiters that may have become part of this one: their first contacts are among its own."""
    ids = (actor_id(contact) for contact in actor.identifiers)
    return tuple(sorted(identity for identity in ids if identity != actor.id))


def find_joins(nodes: Iterable[str], joiner: Joiner, judged: InForce = NOTHING_JUDGED) -> dict[tuple[str, str], Join]:
    """Every join between these nodes and any others that is likely enough, or that somebody judged."""
    found = {}
    for node in nodes:
        for other in joiner.candidates(node):
            pair = pair_of(node, other)
            if pair not in found and pair_of(contact_of(node), contact_of(other)) not in judged.rejected:
                join = joiner.join(*pair)
                if join is not None and join.probability >= joiner.enough:
                    found[pair] = join
    return found


def find_actors(
    nodes: Sequence[str],
    joins: Mapping[tuple[str, str], Join],
    joiner: Joiner,
    settings: GraphSettings,
    judged: InForce = NOTHING_JUDGED,
) -> list[Recruiter]:
    """The recruiters that these nodes are, ordered by id; all joins must lie between the nodes."""
    strengths = {pair: join.probability for pair, join in joins.items()}
    groups = _groups(nodes, strengths, settings.joins.enough, settings.guards.largest_actor, _Verdicts(nodes, judged))
    group_of = {node: number for number, group in enumerate(groups) for node in group.nodes}
    reasons_of: dict[int, list[JoinReason]] = defaultdict(list)
    for pair in sorted(joins):
        if group_of[pair[0]] == group_of[pair[1]]:
            reasons_of[group_of[pair[0]]] += joins[pair].reasons
    actors = []
    for number, group in enumerate(groups):
        profiles = [joiner.profile(node) for node in group.nodes]
        reasons = [*reasons_of[number], *_judged_reasons(group.nodes, joiner, judged)]
        actors.append(Recruiter(_actor(profiles, group.weakest, reasons, settings.links.told_share), group.nodes))
    return sorted(actors, key=lambda found: found.actor.id)


class _Verdicts:
    """What investigators decided on the contacts of these nodes."""

    def __init__(self, nodes: Iterable[str], judged: InForce) -> None:
        nodes_of: dict[str, list[str]] = defaultdict(list)
        for node in nodes:
            nodes_of[contact_of(node)].append(node)
        self.same = sorted(
            pair_of(left, right)
            for pair in judged.same
            for left in nodes_of.get(pair[0], ())
            for right in nodes_of.get(pair[1], ())
        )
        self.enemies: dict[str, set[str]] = defaultdict(set)
        for pair in judged.different:
            if pair[0] in nodes_of and pair[1] in nodes_of:
                self.enemies[pair[0]].add(pair[1])
                self.enemies[pair[1]].add(pair[0])


class _Camps:
    """Unions that never bring together what was judged to be different."""

    def __init__(self, nodes: Sequence[str], enemies: Mapping[str, set[str]]) -> None:
        self._unions = Unions(nodes)
        self._nodes = {node: [node] for node in nodes}
        self._enemies = enemies
        self._members: dict[str, set[str]] = {node: {contact_of(node)} for node in nodes} if enemies else {}

    def union(self, left: str, right: str) -> bool:
        left, right = self._unions.find(left), self._unions.find(right)
        if left == right:
            return False
        if self._members:
            small, large = sorted((self._members[left], self._members[right]), key=len)
            if any(not large.isdisjoint(self._enemies.get(member, ())) for member in small):
                return False
        self._unions.union(left, right)
        together = self._nodes.pop(left) + self._nodes.pop(right)
        self._nodes[self._unions.find(left)] = together
        if self._members:
            merged = self._members.pop(left) | self._members.pop(right)
            self._members[self._unions.find(left)] = merged
        return True

    def find(self, node: str) -> str:
        return self._unions.find(node)

    def members(self, root: str) -> Sequence[str]:
        """The nodes of a group."""
        return self._nodes[root]

    def groups(self) -> list[Sequence[str]]:
        return self._unions.groups()


class _Crossing:
    """Counts the joins between two groups: one alone does not make one recruiter of two who each have many contacts."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._joined: dict[str, list[str]] = defaultdict(list)
        for left, right in pairs:
            self._joined[left].append(right)
            self._joined[right].append(left)

    def holds(self, one: str, other: str, camps: _Camps) -> bool:
        """Whether a good part of the smaller group is joined with the other one."""
        small, large = sorted((one, other), key=lambda group: len(camps.members(group)))
        nodes = camps.members(small)
        if len(nodes) <= _SMALL:
            return True
        tied = sum(any(camps.find(mate) == large for mate in self._joined[node]) for node in nodes)
        return tied >= _TIED * len(nodes)


def _groups(
    nodes: Sequence[str], strengths: Mapping[tuple[str, str], float], enough: float, largest: int, verdicts: _Verdicts
) -> list[_Group]:
    """Sets of nodes held together by joins of at least `enough`; too large a set is cut at its weaker joins."""
    pairs = sorted((pair for pair in strengths if strengths[pair] >= enough), key=lambda pair: (-strengths[pair], pair))
    camps = _Camps(nodes, verdicts.enemies)
    weakest: dict[str, float] = {}
    inside_of_all = set(nodes)
    for pair in verdicts.same:
        if inside_of_all.issuperset(pair) and camps.union(*pair):
            weakest[camps.find(pair[0])] = _CERTAIN
    crossing = _Crossing(pairs)
    for pair in pairs:  # the strongest first: the last join that is needed is the weakest (Kruskal, 1956)
        if crossing.holds(camps.find(pair[0]), camps.find(pair[1]), camps) and camps.union(*pair):
            weakest[camps.find(pair[0])] = strengths[pair]
    groups = []
    inside: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for pair in pairs:
        if camps.find(pair[0]) == camps.find(pair[1]):
            inside[camps.find(pair[0])][pair] = strengths[pair]
    for members in camps.groups():
        if len(members) > largest and enough + _STRICTER < 1:
            groups += _groups(members, inside[members[0]], enough + _STRICTER, largest, verdicts)
        else:
            groups.append(_Group(members, weakest.get(members[0])))
    return groups


def _judged_reasons(nodes: Sequence[str], joiner: Joiner, judged: InForce) -> list[JoinReason]:
    if not judged.same:
        return []
    profile_of = {contact_of(node): joiner.profile(node) for node in nodes}
    return [
        JoinReason(
            left=left,
            right=right,
            reason=JUDGED_SAME,
            weight=_CERTAIN,
            posts=tuple(dict.fromkeys(profile_of[contact].offers[0].post_id for contact in (left, right))),
        )
        for left, right in sorted(judged.same)
        if left in profile_of and right in profile_of
    ]


def _actor(profiles: Sequence[Profile], weakest: float | None, joins: Sequence[JoinReason], share: float) -> Actor:
    """The recruiter; its id comes from the contact that was captured first, so that it stays when others are added."""
    first = min(profiles, key=lambda profile: (profile.offers[0].captured, profile.node))
    often = min(profiles, key=lambda profile: (-len(profile.offers), profile.node))
    contacts = sorted({contact_of(profile.node) for profile in profiles})
    offers = {post.post_id: post for profile in profiles for post in profile.offers}
    return Actor(
        id=actor_id(first.node),
        name=_name(contact_of(often.node), len(contacts) - 1),
        identifiers=tuple(contacts),
        posts=tuple(sorted(offers)),
        confidence=_alone(profiles) if weakest is None else weakest,
        joins=tuple(joins),
        destinations=told_destinations(offers.values(), share),
        suspect=suspect_of(offers.values()),
        first_seen=min(profile.first for profile in profiles),
        last_seen=max(profile.last for profile in profiles),
    )


def _alone(profiles: Iterable[Profile]) -> float:
    """How sure a contact is that nothing is joined with: the surest sighting of each witness, together."""
    surest: dict[str, float] = {}
    for profile in profiles:
        for post in profile.offers:
            sure = _confidence(post, contact_of(profile.node))
            surest[post.witness] = max(sure, surest.get(post.witness, 0.0))
    return either(surest.values())


def _confidence(post: Observation, contact: str) -> float:
    return post.contacts[bisect_left(post.contacts, contact, key=attrgetter("id"))].confidence


def _name(contact: str, others: int) -> str:
    label, _, value = contact.partition(":")
    name = value if label in ("phone", "email") else f"{value} ({label})"
    return name if not others else f"{name} and {others} more contact{'s' if others > 1 else ''}"
