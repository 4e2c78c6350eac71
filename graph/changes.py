"""What changed between two states of a case's networks, and which networks fell silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casefile.records import Connections, Network


class ChangeKind(StrEnum):
    """What can happen to a network."""

    NEW = "new"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    GROWN = "grown"
    SILENT = "silent"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened to one network (as it is now; as it was, if it is gone).

    `contacts`, `posts` and `destinations` are what is new; `before` are the networks that it was.
    """

    kind: ChangeKind
    network: Network
    before: tuple[Network, ...] = ()
    contacts: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()


def network_changes(before: Connections, after: Connections) -> list[Change]:
    """What happened between two states, in the order of ChangeKind, the network on most posts first.

    A network goes on where its contacts are: each contact belongs to one recruiter, each recruiter to one network.
    """
    old, new = _contacts_of_networks(before), _contacts_of_networks(after)
    was_in = {contact: network for network, contacts in old.items() for contact in contacts}
    networks = {network.id: network for network in before.networks}
    parts: dict[str, set[str]] = defaultdict(set)  # where the contacts of an old network are now
    changes: list[Change] = []
    for network in after.networks:
        origins = sorted({was_in[contact] for contact in new[network.id] if contact in was_in})
        for origin in origins:
            parts[origin].add(network.id)
        changes += _of_one(network, [networks[origin] for origin in origins], new[network.id], old)
    now = {network.id: network for network in after.networks}
    for network in before.networks:
        if not parts[network.id]:
            changes.append(Change(kind=ChangeKind.GONE, network=network))
        elif len(parts[network.id]) > 1:
            changes += [Change(kind=ChangeKind.SPLIT, network=now[p], before=(network,)) for p in parts[network.id]]
    return in_order(changes)


def in_order(changes: Sequence[Change]) -> list[Change]:
    """The changes in the order of ChangeKind, the network on most posts first."""
    order = list(ChangeKind)
    return sorted(changes, key=lambda c: (order.index(c.kind), -len(c.network.posts), c.network.id))


def _of_one(
    network: Network, before: Sequence[Network], contacts: frozenset[str], old: Mapping[str, frozenset[str]]
) -> Iterator[Change]:
    new_contacts = tuple(sorted(contacts.difference(*(old[one.id] for one in before))))
    new_posts = tuple(sorted(set(network.posts).difference(*(one.posts for one in before))))
    known = {place for one in before for place in one.destinations}
    elsewhere = tuple(place for place in network.destinations if not _is_known(place, known))
    if not before:
        yield Change(
            kind=ChangeKind.NEW, network=network, contacts=new_contacts, posts=new_posts, destinations=elsewhere
        )
        return
    told = tuple(before)
    if len(before) > 1:
        yield Change(kind=ChangeKind.MERGED, network=network, before=told, contacts=new_contacts, posts=new_posts)
    elif new_contacts or new_posts:
        yield Change(kind=ChangeKind.GROWN, network=network, before=told, contacts=new_contacts, posts=new_posts)
    if elsewhere:
        yield Change(kind=ChangeKind.MOVED, network=network, before=told, posts=new_posts, destinations=elsewhere)


def _is_known(place: str, known: set[str]) -> bool:
    """Whether a place was known, or is the country of one that was."""
    return place in known or any(one.startswith(f"{place}/") for one in known)


def _contacts_of_networks(connections: Connections) -> dict[str, frozenset[str]]:
    recruiting = {contact for actor in connections.actors for contact in actor.identifiers}
    return {network.id: frozenset(recruiting.intersection(network.members)) for network in connections.networks}


def silent_networks(after: Connections, seen: Mapping[str, datetime], since: datetime) -> list[Change]:
    """Networks that posted in the time before `since`, as long as that from `since` to the newest post, and not after.

    `seen` tells when each post was first seen. Where nothing was seen since, nobody can be said to be silent.
    """
    newest = max(seen.values(), default=since)
    if newest < since:
        return []
    earliest = since - (newest - since)
    silent = []
    for network in after.networks:
        last = max((seen[post] for post in network.posts if post in seen), default=None)
        if last is not None and earliest <= last < since:
            silent.append(Change(kind=ChangeKind.SILENT, network=network, before=(network,)))
    return in_order(silent)
