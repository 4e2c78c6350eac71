"""Networks: suspicious recruiters that hang together by accounts, companies and texts; never by a place alone.

Two recruiters that send people to the same town are not one network for that. Honest offers stay out: a recruiter
whose offers score below the threshold is left out before anything is put together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import igraph

from casefile.identity import short_hash
from casefile.records import Actor, Label, Link, LinkKind, Network
from graph.observation import Observation
from graph.randomness import seeded
from graph.settings import NetworkSettings
from graph.telling import suspect_of, told_places
from graph.unions import Unions

_FEW_NAMES = 2


class _Tie(NamedTuple):
    """What two members of a network have between them."""

    actor: str
    other: str
    weight: float


Sharers = Mapping[str, Mapping[str, float]]
"""Who shares an account, a company or a text: by its id the actors, each with the confidence of that."""

HOLDS = (LinkKind.RECRUITS_FOR, LinkKind.WORKS_FOR, LinkKind.SAME_TEXT)
"""Links from actors to what they may share."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What networks are made from."""

    posts: Mapping[str, Observation]
    names: Callable[[str], str]
    actors: Mapping[str, Actor]


def find_networks(
    posts: Mapping[str, Observation],
    names: Callable[[str], str],
    actors: Iterable[Actor],
    sharers: Sharers,
    settings: NetworkSettings,
) -> list[Network]:
    """The networks of these actors, ordered by id; no member is in two of them.

    `posts` are the actors' by id, `names` tells what an entity is called, `sharers` holds all actors of a case.
    """
    case = _Case(posts, names, {actor.id: actor for actor in actors})
    suspicious = {actor.id for actor in case.actors.values() if actor.suspect >= settings.suspect}
    ties = [tie for tie in _ties(sharers, suspicious, settings) if tie.weight >= settings.least_link]
    found = (_network(members, case, settings.place_share) for members in _communities(suspicious, ties, settings))
    return sorted(
        (network for network in found if _is_network(network, case, settings)), key=lambda network: network.id
    )


def actors_by_contact(actors: Iterable[Actor]) -> dict[str, list[str]]:
    """The recruiters that each contact belongs to, one after the other."""
    found: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for contact in actor.identifiers:
            found[contact].append(actor.id)
    return found


def find_sharers(links: Iterable[Link], actors_of: Mapping[str, Iterable[str]]) -> Sharers:
    """Who shares what, from all links; `actors_of` gives the actors of a contact."""
    shared: dict[str, dict[str, float]] = defaultdict(dict)
    for link in links:
        if link.kind in HOLDS and link.from_id.startswith("actor:"):
            shared[link.to_id][link.from_id] = link.confidence
        elif link.kind is LinkKind.POSTED and link.from_id.startswith("account:"):
            for actor in actors_of.get(link.to_id, ()):
                shared[link.from_id][actor] = max(link.confidence, shared[link.from_id].get(actor, 0.0))
    return shared


def most_sharers(identity: str, settings: NetworkSettings) -> int:
    """How many actors may share a thing before it holds nothing together: then it is everybody's."""
    kind = identity.partition(":")[0]
    return {"account": settings.account_actors, "text": settings.text_actors}.get(kind, settings.company_actors)


def _ties(sharers: Sharers, suspicious: set[str], settings: NetworkSettings) -> Iterator[_Tie]:
    """What holds suspicious recruiters together: few enough of them must share it."""
    for other in sorted(sharers):
        if len(sharers[other]) <= most_sharers(other, settings):
            for actor in sorted(sharers[other].keys() & suspicious):
                yield _Tie(actor, other, sharers[other][actor])


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
    destinations, origins = told_places(observed, share)
    times = [post.at for post in observed]
    return Network(
        id=f"network:{short_hash('network', first.id)}",
        name=_name(actors, members, destinations, observed, case),
        members=tuple(sorted({*members, *contacts})),
        posts=tuple(posts),
        destinations=destinations,
        origins=origins,
        suspect=suspect_of(observed),
        first_seen=min(times),
        last_seen=max(times),
    )


def _name(
    actors: Sequence[Actor],
    members: Sequence[str],
    destinations: Sequence[str],
    posts: Iterable[Observation],
    case: _Case,
) -> str:
    """In plain words: where it sends, in whose name or by which contact, and how many recruiters."""
    towns = [case.names(place) for place in destinations[:_FEW_NAMES]]
    companies = [member for member in members if member.startswith("org:")]
    if companies:
        told = Counter(named.id for post in posts for named in post.of(Label.ORG))
        who = case.names(min(companies, key=lambda company: (-told[company], company)))
    else:
        who = min(actors, key=lambda actor: (-len(actor.posts), actor.id)).name
    where = f"Towards {' and '.join(towns)}" if towns else "Destination unknown"
    more = f", {len(actors)} recruiters" if len(actors) > 1 else ""
    return f"{where}: {who}{more}"


def _is_network(network: Network, case: _Case, settings: NetworkSettings) -> bool:
    """A network has two contacts or two offers at least, and is suspect as a whole."""
    contacts = sum(len(case.actors[member].identifiers) for member in network.members if member in case.actors)
    return network.suspect >= settings.suspect and (contacts >= 2 or len(network.posts) >= 2)
