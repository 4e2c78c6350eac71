"""Key recruiters of a network: how many they touch, how much runs through them, and what falls apart without them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from casefile.records import Actor, Connections, Link, LinkKind, Network
from graph.centrality import betweenness, degrees
from graph.networks import actors_by_contact, find_sharers
from graph.settings import GraphSettings, load_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyActor:
    """A recruiter's part in its network.

    `degree` counts its neighbours, `betweenness` (0 to 1) the shortest ways between members that lead through it.
    Without it the other recruiters fall into `parts` (sets that nothing holds together any more; one: nothing breaks),
    and the network loses `posts_lost`, `contacts_lost` and the destinations that no other member tells.
    """

    actor: Actor
    degree: int
    betweenness: float
    parts: tuple[tuple[str, ...], ...]
    posts_lost: tuple[str, ...]
    contacts_lost: tuple[str, ...]
    destinations_lost: tuple[str, ...]


def divided(connections: Connections) -> Mapping[str, Connections]:
    """What belongs to each network, by its id, in one pass: its recruiters, and the links that touch its members."""
    home = {member: network.id for network in connections.networks for member in network.members}
    links: dict[str, list[Link]] = defaultdict(list)
    for link in connections.links:
        for network_id in {home[end] for end in (link.from_id, link.to_id) if end in home}:
            links[network_id].append(link)
    actors: dict[str, list[Actor]] = defaultdict(list)
    for actor in connections.actors:
        if actor.id in home:
            actors[home[actor.id]].append(actor)
    return {
        network.id: Connections(
            entities=(), actors=tuple(actors[network.id]), links=tuple(links[network.id]), networks=(network,)
        )
        for network in connections.networks
    }


def find_key_actors(
    connections: Connections, network: Network, settings: GraphSettings | None = None
) -> list[KeyActor]:
    """The recruiters of a network, the one that most depends on first: by what breaks, by what runs through, by posts."""
    settings = settings or load_settings()
    members = set(network.members)
    actors = [actor for actor in connections.actors if actor.id in members]
    # A place or a site holds nobody together; what one recruiter alone uses hangs on him only.
    links = [link for link in connections.links if link.from_id in members and link.to_id in members]
    ends = ((link.from_id, link.to_id) for link in links)
    between = betweenness(network.members, ends, settings.centrality, settings.networks.seed)
    touched = degrees(link for link in connections.links if link.from_id in members or link.to_id in members)
    web = shared_things(actors, links)
    told = _destinations(connections.links, {actor.id for actor in actors})
    posts = Counter(post for actor in actors for post in actor.posts)
    contacts = Counter(contact for actor in actors for contact in actor.identifiers)
    found = [
        KeyActor(
            actor=actor,
            degree=touched.get(actor.id, 0),
            betweenness=between.get(actor.id, 0.0),
            parts=tuple(_parts_without(web, actor.id)),
            posts_lost=tuple(post for post in actor.posts if posts[post] == 1),
            contacts_lost=tuple(contact for contact in actor.identifiers if contacts[contact] == 1),
            destinations_lost=tuple(sorted(place for place, tellers in told.items() if tellers == {actor.id})),
        )
        for actor in actors
    ]
    return sorted(found, key=lambda key: (-len(key.parts), -key.betweenness, -len(key.posts_lost), key.actor.id))


def shared_things(actors: Sequence[Actor], links: Iterable[Link]) -> nx.Graph[str]:
    """Recruiters with the accounts, companies and texts that two of them share; weights are confidences."""
    web: nx.Graph[str] = nx.Graph()
    web.add_nodes_from(actor.id for actor in actors)
    for thing, users in find_sharers(links, actors_by_contact(actors)).items():
        inside = {user: sure for user, sure in users.items() if user in web}
        if len(inside) > 1:
            web.add_weighted_edges_from((user, thing, sure) for user, sure in inside.items())
    return web


def _parts_without(web: nx.Graph[str], actor: str) -> list[tuple[str, ...]]:
    """The sets of other recruiters that still hang together when one is gone, the largest first."""
    rest = nx.restricted_view(web, [actor], [])
    parts = (
        tuple(sorted(node for node in part if node.startswith("actor:"))) for part in nx.connected_components(rest)
    )
    return sorted((part for part in parts if part), key=lambda part: (-len(part), part))


def _destinations(links: Iterable[Link], actors: set[str]) -> Mapping[str, set[str]]:
    told: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.kind is LinkKind.SENDS_TO and link.from_id in actors:
            told[link.to_id].add(link.from_id)
    return told


def communities_in(
    connections: Connections, network: Network, settings: GraphSettings | None = None
) -> list[Sequence[str]]:
    """The closer circles of recruiters in a network, the largest first (Louvain: Blondel and others, 2008)."""
    settings = settings or load_settings()
    members = set(network.members)
    actors = [actor for actor in connections.actors if actor.id in members]
    web = shared_things(actors, (link for link in connections.links if link.from_id in members))
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(web))
    edges = sorted((min(a, b), max(a, b)) for a, b in web.edges())
    ordered.add_weighted_edges_from((a, b, web.edges[a, b]["weight"]) for a, b in edges)
    found = nx.community.louvain_communities(ordered, weight="weight", seed=settings.networks.seed)
    circles = (sorted(node for node in community if node.startswith("actor:")) for community in found)
    return sorted((circle for circle in circles if circle), key=lambda circle: (-len(circle), circle))
