"""Recruiters and networks around changed posts, found anew and kept instead of the old ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casefile.judgements import InForce
from casefile.records import Actor, Entity, Link, LinkKind, Network
from casefile.store.connected import Kept
from graph.actors import Recruiter
from graph.ascribing import Ascriber
from graph.centrality import betweenness
from graph.joins import Joiner
from graph.keeping import KeptGround, keep_nodes
from graph.networks import HOLDS, find_networks, most_sharers
from graph.observation import Observation
from graph.profiles import contact_of
from graph.settings import GraphSettings
from graph.texts import is_telling


class Region:
    """Recruiters that are found anew, and those that were there before."""

    def __init__(
        self,
        kept: Kept,
        ground: KeptGround,
        joiner: Joiner,
        settings: GraphSettings,
        judged: InForce,
        old: Mapping[str, Actor],
        found: Sequence[Recruiter],
    ) -> None:
        self._kept, self._ground, self._joiner = kept, ground, joiner
        self._owner = {node: recruiter.actor.id for recruiter in found for node in recruiter.nodes}
        self._ascriber = Ascriber(ground, joiner, self._actor_of, settings, judged)
        self.old = old
        self.new = {
            recruiter.actor.id: replace(recruiter.actor, network=_network_of(old.get(recruiter.actor.id)))
            for recruiter in found
        }
        self.gone = set(old) - set(self.new)
        self.changed = {identity for identity, actor in self.new.items() if actor != old.get(identity)}
        self._moved = self._find_moved()
        self._save(found)
        self.relinked: set[str] = set()
        self.links: dict[str, Sequence[Link]] = {}

    def _actor_of(self, node: str) -> str | None:
        return self._owner.get(node) or self._kept.owner(node)

    def _find_moved(self) -> set[str]:
        """The contacts that belong to another recruiter than before."""
        moved = {contact_of(node) for node, actor in self._owner.items() if self._kept.owner(node) != actor}
        for identity, actor in self.old.items():
            if identity in self.gone or identity in self.changed:
                moved.update(actor.identifiers)
        return moved

    def _save(self, found: Sequence[Recruiter]) -> None:
        self._kept.drop("actors", sorted(self.gone))
        for identity in sorted(self.old):
            self._kept.unset_nodes(identity)
        keep_nodes(self._kept, found)
        self._kept.put([self.new[identity] for identity in sorted(self.changed)])

    def actor(self, identity: str) -> Actor:
        """A recruiter of the case as it is now."""
        found: Actor = self.new.get(identity) or self._kept.get("actors", identity)
        return found

    def relink(self, dirty: Sequence[Observation]) -> set[str]:
        """Renew the links of all recruiters that are meant by other posts, or otherwise, than before; their ends."""
        posts = list(dirty)
        for contact in self._moved:
            posts += self._ground.posts(contact)
        for post in dirty:  # a text is repeated from the second time on: the first one learns it now
            posts += self._ground.posts(post.witness, 3) if is_telling(post.witness) else ()
        actors = {actor for post in posts for actor in self._ascriber.actors_in(post)} | self.changed
        ends: set[str] = set()
        for identity in sorted(actors | self.gone):
            old = {link.id: link for link in self._kept.links_from(identity)}
            links = (
                {}
                if identity in self.gone
                else {link.id: link for link in self._ascriber.links_of(self.actor(identity))}
            )
            self._kept.drop("links", sorted(old.keys() - links.keys()))
            fresh = [links[key] for key in sorted(links) if links[key] != old.get(key)]
            self._kept.put(fresh)
            self.links[identity] = list(links.values())
            ends.update(link.to_id for link in (*old.values(), *links.values()))
        self.relinked = actors
        return ends


def _network_of(known: Actor | Entity | None) -> str | None:
    return known.network if known else None


class Networks:
    """The networks around changed recruiters, found anew."""

    def __init__(self, kept: Kept, ground: KeptGround, settings: GraphSettings, region: Region) -> None:
        self._kept, self._ground, self._settings, self._region = kept, ground, settings, region
        self._sharers: dict[str, dict[str, float]] = {}
        self._entities: dict[str, Entity | None] = {}
        self._links: dict[str, Sequence[Link]] = {}

    def renew(self, renamed: Iterable[str]) -> None:
        """Find these networks and keep them; `renamed` entities may give a network another name."""
        old: dict[str, Network] = {}
        actors: dict[str, Actor] = {}
        queue = sorted(self._region.relinked | self._region.changed)
        for identity in self._region.gone:
            queue += self._old_network(self._region.old[identity].network, old)
        for identity in sorted(renamed):
            queue += self._old_network(_network_of(self._entity(identity)), old)
        while queue:
            identity = queue.pop()
            if identity in actors or identity in self._region.gone:
                continue
            actor = actors[identity] = self._region.actor(identity)
            queue += self._old_network(actor.network, old)
            for key in sorted(key for key in self._shared_by(actor) if key not in self._sharers):
                queue += self._old_network(_network_of(self._entity(key)), old)
                sharers = self._sharers_of(key)
                if len(sharers) <= most_sharers(key, self._settings.networks):
                    queue += sorted(sharers)
        self._save(old, actors)

    def _old_network(self, identity: str | None, old: dict[str, Network]) -> list[str]:
        """The recruiters of a network that was there before."""
        if identity is None or identity in old:
            return []
        network = self._kept.get("networks", identity)
        if network is None:
            return []
        old[identity] = network
        return [member for member in network.members if member.startswith("actor:")]

    def _shared_by(self, actor: Actor) -> set[str]:
        held = {link.to_id for link in self._links_from(actor.id) if link.kind in HOLDS}
        for contact in actor.identifiers:
            held.update(self._kept.linked("account", contact, [LinkKind.POSTED]))
        return held

    def _sharers_of(self, key: str) -> dict[str, float]:
        if key not in self._sharers:
            most = most_sharers(key, self._settings.networks) + 1  # what more share holds nothing together
            self._sharers[key] = (
                self._kept.posted_for(key, most)
                if key.startswith("account:")
                else self._kept.linked("actor", key, HOLDS, most)
            )
        return self._sharers[key]

    def _save(self, old: Mapping[str, Network], actors: Mapping[str, Actor]) -> None:
        least = self._settings.networks.suspect
        suspicious = (actor for actor in actors.values() if actor.suspect >= least)
        posts = {post.post_id: post for actor in suspicious for post in self._posts_of(actor)}
        found = find_networks(posts, self._name, actors.values(), self._sharers, self._settings.networks)
        new = {network.id: network for network in found}
        self._kept.drop("networks", sorted(old.keys() - new.keys()))
        self._kept.put([network for network in found if network != old.get(network.id)])
        network_of = {member: network.id for network in found for member in network.members}
        between: dict[str, float] = {}
        for network in found:
            links = [link for member in network.members for link in self._links_from(member)]
            between |= betweenness(network.members, links, self._settings.centrality, self._settings.networks.seed)
        members = {member for network in old.values() for member in network.members} | network_of.keys() | actors.keys()
        for member in sorted(members):
            self._settle(member, network_of.get(member), between.get(member, 0.0))

    def _settle(self, member: str, network: str | None, between: float) -> None:
        if member.startswith("actor:"):
            actor: Actor | None = self._kept.get("actors", member)
            if actor is not None and actor.network != network:
                self._kept.put([replace(actor, network=network)])
            return
        entity = self._entity(member)
        if entity is not None and (entity.network, entity.betweenness) != (network, between):
            self._kept.put([replace(entity, network=network, betweenness=between)])

    def _posts_of(self, actor: Actor) -> Iterator[Observation]:
        wanted = set(actor.posts)
        for contact in actor.identifiers:
            yield from (post for post in self._ground.posts(contact) if post.post_id in wanted)

    def _name(self, identity: str) -> str:
        entity = self._entity(identity)
        return entity.name if entity else identity

    def _entity(self, identity: str) -> Entity | None:
        if identity not in self._entities:
            self._entities[identity] = self._kept.get("entities", identity)
        return self._entities[identity]

    def _links_from(self, identity: str) -> Sequence[Link]:
        found = self._links.get(identity)
        if found is None:
            found = self._links[identity] = self._region.links.get(identity) or self._kept.links_from(identity)
        return found
