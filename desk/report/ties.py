"""The connections of a case, arranged by network, without what must not be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from casefile.records import Actor, Connections, Entity, Label, Link, LinkKind, Network
from desk.report.tally import Tally
from desk.report.wording import LABEL_WORDS, defang

_LONGEST = 200  # characters of a name; strangers choose them
_NAMED_BY_POSTS = frozenset(label.value for label in Label)
_KINDS = {
    **{label.value: words for label, words in LABEL_WORDS.items()},
    "SOURCE": "source",
    "ACCOUNT": "account at a source",
    "TEXT": "repeated text",
}
_PREFIXES = {
    "phone": "phone",
    "email": "e-mail",
    "wallet": "wallet",
    "org": "company",
    "place": "place",
    "url": "web address",
}


@dataclass(slots=True)
class Ties:
    """One network with its actors, links and entities as far as job offers prove them."""

    network: Network
    actors: list[Actor] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # id -> name
    kinds: dict[str, str] = field(default_factory=dict)  # id -> what it is, in words
    entities: dict[str, Entity] = field(default_factory=dict)

    def among(self, kind: LinkKind) -> list[Link]:
        """The links of one kind, the most certain first."""
        found = (link for link in self.links if link.kind is kind)
        return sorted(found, key=lambda link: (-link.confidence, -len(link.posts), link.id))

    def name(self, identity: str) -> str:
        """What to call an entity or actor."""
        return self.names.get(identity) or (identity.partition(":")[2] or identity)[:_LONGEST]


def by_network(connections: Connections, tally: Tally, networks: Sequence[Network]) -> list[Ties]:
    """The ties of each of these networks, in their order; one pass over all connections."""
    ties = {network.id: Ties(network) for network in networks}
    entities = {entity.id: entity for entity in connections.entities}
    actors = {actor.id: actor for actor in connections.actors}
    homes: dict[str, list[Ties]] = defaultdict(list)
    for network in networks:
        for member in dict.fromkeys(network.members):
            homes[member].append(ties[network.id])
    for actor in connections.actors:
        if actor.network in ties and actor.id not in homes:
            homes[actor.id].append(ties[actor.network])
    for identity, found in homes.items():
        if identity in actors and _any_in(actors[identity].posts, tally.offers):
            for tie in found:
                tie.actors.append(actors[identity])
                _name(tie, identity, None, actors[identity])
    _add_links(connections, tally, homes, entities, actors)
    for tie in ties.values():
        tie.actors.sort(key=lambda actor: (-len(actor.posts), actor.id))
    return list(ties.values())


def _add_links(
    connections: Connections,
    tally: Tally,
    homes: dict[str, list[Ties]],
    entities: dict[str, Entity],
    actors: dict[str, Actor],
) -> None:
    own = {id(tie): frozenset(tie.network.posts) for ties in homes.values() for tie in ties}
    for link in connections.links:
        # What leads into a network from outside may be honest; only who posted a member's contact belongs to it.
        near = homes.get(link.from_id) or (homes.get(link.to_id) if link.kind is LinkKind.POSTED else None) or ()
        for tie in near:
            proof = tuple(post for post in link.posts if post in own[id(tie)] and post in tally.offers)
            ends = (link.from_id, link.to_id)
            if proof and all(may_be_shown(end, entities.get(end), tally.offered) for end in ends):
                tie.links.append(replace(link, posts=proof))
                for end in ends:
                    _name(tie, end, entities.get(end), actors.get(end))


def may_be_shown(identity: str, entity: Entity | None, offered: Container[str]) -> bool:
    """Whether an entity may be named: what posts name, only if a job offer names it."""
    return entity is None or entity.label not in _NAMED_BY_POSTS or identity in offered


def _name(tie: Ties, identity: str, entity: Entity | None, actor: Actor | None) -> None:
    if identity in tie.names:
        return
    if actor is not None:
        tie.names[identity], tie.kinds[identity] = actor.name[:_LONGEST], "recruiter"
    elif entity is not None:
        words = _KINDS.get(entity.label) or entity.label.lower()
        name = entity.name[:_LONGEST]
        tie.names[identity] = defang(name) if entity.label == Label.URL.value else name
        tie.kinds[identity] = words
        tie.entities[identity] = entity
    else:
        prefix, _, rest = identity.partition(":")
        tie.names[identity], tie.kinds[identity] = (rest or identity)[:_LONGEST], _PREFIXES.get(prefix, "account")


def _any_in(posts: Sequence[str], offers: Container[str]) -> bool:
    return any(post in offers for post in posts)
