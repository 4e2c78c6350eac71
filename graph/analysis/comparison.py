"""What two networks have in common, and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casefile.records import Campaign, Connections, LinkKind, Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """Ids of one sort: those that both networks have, and those that only one has."""

    what: str
    both: tuple[str, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]

    @property
    def share(self) -> float:
        """How much of all is common (Jaccard, 1901); 0 where there is nothing."""
        everything = len(self.both) + len(self.only_left) + len(self.only_right)
        return round(len(self.both) / everything, 6) if everything else 0.0


def compare_networks(connections: Connections, left: Network, right: Network) -> list[Aspect]:
    """Both networks side by side, what binds most first; a place or a language in common proves nothing."""
    reach = [_reach(connections, network) for network in (left, right)]
    texts = [{campaign.id for campaign in _campaigns(connections, network)} for network in (left, right)]
    sorts = {
        "contacts": [_contacts(connections, network) for network in (left, right)],
        "posts": [set(network.posts) for network in (left, right)],
        "texts": texts,
        "accounts": [_of(ids, "account:") for ids in reach],
        "companies": [_companies(connections, network) for network in (left, right)],
        "persons": [_of(ids, "person:") for ids in reach],
        "addresses": [_of(ids, "url:") for ids in reach],
        "destinations": [set(network.destinations) for network in (left, right)],
        "origins": [set(network.origins) for network in (left, right)],
    }
    return [_aspect(what, one, other) for what, (one, other) in sorts.items()]


def translated_texts(connections: Connections, left: Network, right: Network) -> list[tuple[str, str]]:
    """Campaigns of one network that may be translated from one of the other: a hint, no finding."""
    ours = {campaign.id for campaign in _campaigns(connections, left)}
    theirs = {campaign.id for campaign in _campaigns(connections, right)}
    pairs = ((c.id, c.translation_of) for c in connections.campaigns if c.translation_of)
    return [
        (one, other) for one, other in pairs if (one in ours and other in theirs) or (one in theirs and other in ours)
    ]


def _aspect(what: str, left: set[str], right: set[str]) -> Aspect:
    return Aspect(
        what=what,
        both=tuple(sorted(left & right)),
        only_left=tuple(sorted(left - right)),
        only_right=tuple(sorted(right - left)),
    )


def _contacts(connections: Connections, network: Network) -> set[str]:
    members = set(network.members)
    return {contact for actor in connections.actors if actor.id in members for contact in actor.identifiers}


def _companies(connections: Connections, network: Network) -> set[str]:
    members = set(network.members)
    kinds = (LinkKind.RECRUITS_FOR, LinkKind.WORKS_FOR)
    found = (link for link in connections.links if link.kind in kinds and link.from_id in members)
    return {link.to_id for link in found}


def _reach(connections: Connections, network: Network) -> set[str]:
    """What the members of a network are linked with, and the accounts that give their contacts."""
    members = set(network.members)
    found = {link.to_id for link in connections.links if link.from_id in members}
    posted = (link for link in connections.links if link.kind is LinkKind.POSTED and link.to_id in members)
    return found | {link.from_id for link in posted}


def _campaigns(connections: Connections, network: Network) -> Iterator[Campaign]:
    posts = set(network.posts)
    return (campaign for campaign in connections.campaigns if not posts.isdisjoint(campaign.posts))


def _of(ids: Iterable[str], prefix: str) -> set[str]:
    return {identity for identity in ids if identity.startswith(prefix)}
