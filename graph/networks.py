"""Networks: suspicious recruiters that hang together by accounts, companies and texts; never by a place alone.

Two recruiters that send people to the same town are not one network for that. Honest offers stay out: a recruiter
whose offers score below the threshold is left out before anything is put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import igraph

from casefile.identity import short_hash
from casefile.records import Actor, Entity, Label, Link, LinkKind, Network, Role
from graph.entities import ACCOUNT, TEXT
from graph.observation import Observation
from graph.randomness import seeded
from graph.settings import NetworkSettings
from graph.unions import Unions

_FEW_NAMES = 2


class _Tie(NamedTuple):
    """What two members of a network have between them."""

    actor: str
    other: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Case:
    """What networks are made from."""

    posts: Mapping[str, Observation]
    entities: Mapping[str, Entity]
    actors: Mapping[str, Actor]
    links_of: Mapping[str, Sequence[Link]]
    witness_of: Mapping[str, str]


def find_networks(
    posts: Iterable[Observation],
    entities: Iterable[Entity],
    actors: Iterable[Actor],
    links: Iterable[Link],
    witness_of: Mapping[str, str],
    settings: NetworkSettings,
) -> list[Network]:
    """The networks of a case, ordered by id; no member is in two of them."""
    links_of: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        links_of[link.from_id].append(link)
    case = _Case(
        posts={post.post_id: post for post in posts},
        entities={entity.id: entity for entity in entities},
        actors={actor.id: actor for actor in actors},
        links_of=links_of,
        witness_of=witness_of,
    )
    suspicious = {actor.id for actor in case.actors.values() if _suspect(actor.posts, case) >= settings.suspect}
    ties = [tie for tie in _ties(case, suspicious, settings) if tie.weight >= settings.least_link]
    found = (_network(members, case, settings.place_share) for members in _communities(suspicious, ties, settings))
    return sorted(
        (network for network in found if _is_network(network, case, settings)), key=lambda network: network.id
    )


def _suspect(post_ids: Iterable[str], case: _Case) -> float:
    """How suspect posts are together: the mean of the more suspect half, each text counted once."""
    highest: dict[str, float] = {}
    for post_id in post_ids:
        witness = case.witness_of[post_id]
        highest[witness] = max(case.posts[post_id].suspect, highest.get(witness, 0.0))
    upper = sorted(highest.values(), reverse=True)[: (len(highest) + 1) // 2]
    return round(sum(upper) / len(upper), 6) if upper else 0.0


def _ties(case: _Case, suspicious: set[str], settings: NetworkSettings) -> Iterator[_Tie]:
    """What holds suspicious recruiters together: few enough of them must share it, or it is everybody's."""
    actor_of = {contact: actor.id for actor in case.actors.values() for contact in actor.identifiers}
    shared: dict[str, dict[str, float]] = defaultdict(dict)
    for links in case.links_of.values():
        for link in links:
            if link.kind in (LinkKind.RECRUITS_FOR, LinkKind.WORKS_FOR, LinkKind.SAME_TEXT):
                shared[link.to_id][link.from_id] = link.confidence
            elif link.kind is LinkKind.POSTED and link.to_id in actor_of and _label(link.from_id, case) == ACCOUNT:
                actor = actor_of[link.to_id]
                shared[link.from_id][actor] = max(link.confidence, shared[link.from_id].get(actor, 0.0))
    most = {ACCOUNT: settings.account_actors, TEXT: settings.text_actors}
    for other in sorted(shared):
        if len(shared[other]) <= most.get(_label(other, case), settings.company_actors):
            for actor in sorted(shared[other].keys() & suspicious):
                yield _Tie(actor, other, shared[other][actor])


def _label(identity: str, case: _Case) -> str:
    return case.entities[identity].label if identity in case.entities else ""


def _communities(actors: Iterable[str], ties: Sequence[_Tie], settings: NetworkSettings) -> Iterator[Sequence[str]]:
    """Recruiters with what ties them; a large group is divided (Louvain: Blondel and others, 2008)."""
    unions = Unions(actors)
    for tie in ties:
        unions.union(tie.actor, tie.other)
    ties_of: dict[str, list[_Tie]] = defaultdict(list)
    for tie in ties:
        ties_of[unions.find(tie.actor)].append(tie)
    tied_actors = set(actors)
    for members in unions.groups():
        if sum(member in tied_actors for member in members) <= settings.largest_whole:
            yield members
        else:
            yield from _divided(members, ties_of[members[0]], settings.seed)


def _divided(members: Sequence[str], ties: Sequence[_Tie], seed: int) -> Iterator[Sequence[str]]:
    number = {member: index for index, member in enumerate(members)}
    graph = igraph.Graph(n=len(members), edges=[(number[tie.actor], number[tie.other]) for tie in ties])
    with seeded(seed):
        communities = graph.community_multilevel(weights=[tie.weight for tie in ties])
    tied = {tie.actor for tie in ties}
    for community in communities:
        if tied.intersection(together := sorted(members[index] for index in community)):
            yield together


def _network(members: Sequence[str], case: _Case, share: float) -> Network:
    """The network of these recruiters, companies, accounts and texts; its id comes from its first recruiter's."""
    actors = [case.actors[member] for member in members if member in case.actors]
    contacts = {contact for actor in actors for contact in actor.identifiers}
    posts = sorted({post_id for actor in actors for post_id in actor.posts})
    first = min(actors, key=lambda actor: (min(case.posts[post_id].captured for post_id in actor.posts), actor.id))
    observed = [case.posts[post_id] for post_id in posts]
    destinations, origins = _places(observed, case.witness_of, share)
    times = [post.at for post in observed]
    return Network(
        id=f"network:{short_hash('network', first.id)}",
        name=_name(actors, members, destinations, case),
        members=tuple(sorted({*members, *contacts})),
        posts=tuple(posts),
        destinations=destinations,
        origins=origins,
        suspect=_suspect(posts, case),
        first_seen=min(times),
        last_seen=max(times),
    )


def _places(
    posts: Iterable[Observation], witness_of: Mapping[str, str], share: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Destinations and origins, the most told first; a place plays the part that most witnesses give it.

    What less than `share` of the witnesses of the most told place say is left out, and a country is left out where a
    place in it is named.
    """
    witnesses: dict[str, dict[Role, set[str]]] = defaultdict(lambda: defaultdict(set))
    for post in posts:
        for place in post.of(Label.LOC):
            witnesses[place.id][_PART[place.role]].add(witness_of[post.post_id])
    told: dict[Role, dict[str, int]] = {Role.DESTINATION: {}, Role.ORIGIN: {}, Role.TRANSIT: {}}
    for place_id, parts in witnesses.items():
        counts = {part: len(parts[part]) for part in told if part in parts}
        if counts:
            part = max(counts, key=lambda part: counts[part])  # of equals the first: where people are sent weighs most
            told[part][place_id] = counts[part]
    return _most_told(told[Role.DESTINATION], share), _most_told(told[Role.ORIGIN], share)


_PART = {
    Role.DESTINATION: Role.DESTINATION,
    Role.WORKSITE: Role.DESTINATION,
    Role.ORIGIN: Role.ORIGIN,
    Role.TRANSIT: Role.TRANSIT,
    Role.MENTION: Role.MENTION,
}


def _most_told(counts: Mapping[str, int], share: float) -> tuple[str, ...]:
    enough = share * max(counts.values(), default=0)
    kept = {place: count for place, count in counts.items() if count >= enough}
    finer = {place.partition("/")[0] for place in kept if "/" in place}
    named = (place for place in kept if "/" in place or place not in finer)
    return tuple(sorted(named, key=lambda place: (-kept[place], place)))


def _name(actors: Sequence[Actor], members: Sequence[str], destinations: Sequence[str], case: _Case) -> str:
    """In plain words: where it sends, in whose name or by which contact, and how many recruiters."""
    towns = [case.entities[place].name for place in destinations[:_FEW_NAMES]]
    companies = [case.entities[member] for member in members if member.startswith("org:")]
    if companies:
        who = min(companies, key=lambda company: (-company.posts, company.id)).name
    else:
        who = min(actors, key=lambda actor: (-len(actor.posts), actor.id)).name
    where = f"Towards {' and '.join(towns)}" if towns else "Destination unknown"
    more = f", {len(actors)} recruiters" if len(actors) > 1 else ""
    return f"{where}: {who}{more}"


def _is_network(network: Network, case: _Case, settings: NetworkSettings) -> bool:
    """A network has two contacts or two offers at least, and is suspect as a whole."""
    contacts = sum(len(case.actors[member].identifiers) for member in network.members if member in case.actors)
    return network.suspect >= settings.suspect and (contacts >= 2 or len(network.posts) >= 2)
