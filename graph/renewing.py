"""Recruiters and networks around changed posts, found anew and kept instead of the old ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casefile.judgements import InForce, Pair
from casefile.records import Actor, Entity, Link, LinkKind, Network
from casefile.store.connected import Kept, Owner
from graph.actors import Recruiter
from graph.ascribing import Ascriber
from graph.centrality import betweenness
from graph.joins import Joiner
from graph.keeping import KeptGround, keep_nodes, microseconds
from graph.ledger import Claim
from graph.networks import HOLDS, find_networks, most_sharers
from graph.observation import Observation
from graph.relinking import LinkChanges
from graph.reweighing import Found, Posts
from graph.settings import GraphSettings
from graph.texts import is_telling


class Region:
    """Recruiters that are found anew, and those that were there before."""

    def __init__(
        self, kept: Kept, ground: KeptGround, joiner: Joiner, settings: GraphSettings, judged: InForce, found: Found
    ) -> None:
        self._kept, self._ground, self._joiner, self._settings = kept, ground, joiner, settings
        self._contacts = found.contacts
        self._node_owners = {node: recruiter.actor.id for recruiter in found.now for node in recruiter.nodes}
        self._owners: dict[str, Sequence[Owner]] = {}
        self._ascriber = Ascriber(ground, self._owner_of, settings, judged)
        self.old = found.before
        self.new = {
            recruiter.actor.id: replace(recruiter.actor, network=_network_of(self.old.get(recruiter.actor.id)))
            for recruiter in found.now
        }
        self.gone = set(self.old) - set(self.new)
        self.changed = {identity for identity, actor in self.new.items() if actor != self.old.get(identity)}
        before = {contact: self._owned(contact) for contact in self._contacts}
        self._save(found.now)
        self.moved = {contact for contact, owned in before.items() if self._owned(contact) != owned}
        self.relinked: set[str] = set()
        self.shared: Counter[str] = Counter()  # what is shared otherwise than before: how many share it now who did not

    def _owner_of(self, contact: str, post: Observation) -> str | None:
        if contact in self._contacts:
            node = self._joiner.node(contact, post)
            return None if node is None else self._node_owners[node]
        owners = self._owners.get(contact)
        if owners is None:
            owners = self._owners[contact] = self._kept.owners(contact)
        found = None
        for owner in owners:  # the earliest first; see Joiner.node
            if found is None or microseconds(post.at) >= owner.begins:
                found = owner.actor
        return found

    def _owned(self, contact: str) -> list[tuple[str, int]]:
        """Whose a contact is, and since when; when it began to be the first one's does not matter."""
        owners = self._kept.owners(contact)
        return [(owner.actor, owner.begins if number else 0) for number, owner in enumerate(owners)]

    def _save(self, found: Sequence[Recruiter]) -> None:
        self._kept.drop("actors", sorted(self.gone))
        for identity in sorted(self.old):
            self._kept.unset_nodes(identity)
        keep_nodes(self._kept, found, self._joiner)
        self._kept.put([self.new[identity] for identity in sorted(self.changed)])

    def actor(self, identity: str) -> Actor:
        """A recruiter of the case as it is now."""
        found: Actor = self.new.get(identity) or self._kept.get("actors", identity)
        return found

    def relink(self, posts: Posts, rejudged: Iterable[Claim], changes: LinkChanges) -> None:
        """Renew the links of all recruiters that are meant by other posts, or otherwise, than before, or judged otherwise."""
        meant = posts.all
        for contact in self.moved:
            meant += self._ground.posts(contact)
        fresh = Counter(post.witness for post in posts.new if post.offers_work and is_telling(post.witness))
        for text, more in fresh.items():  # a text is repeated from the second time on: the first one learns it now
            first = self._ground.posts(text, more + 2)
            meant += first if len(first) - more < 2 else ()
        for post in posts.reread:
            meant += self._ground.posts(post.witness, 3) if is_telling(post.witness) else ()
        self.relinked = {actor for post in meant for actor in self._ascriber.actors_in(post)}
        self.relinked.update(owner.actor for claim in rejudged for owner in self._kept.owners(claim.from_id))
        for identity in self.changed:
            if identity not in self.old or self.old[identity].identifiers != self.new[identity].identifiers:
                self.relinked.add(identity)
        for identity in sorted(self.relinked | self.gone):
            old = {link.id: link for link in self._kept.links_from(identity)}
            known = identity not in self.gone
            links = {link.id: link for link in self._ascriber.links_of(self.actor(identity))} if known else {}
            changes.replace(old, links)
            before, now = _held(old.values()), _held(links.values())
            self.shared.update(dict.fromkeys(before - now, 0) | dict.fromkeys(now - before, 1))
        for contact in self.moved:
            self.shared.update(self._kept.linked("account", contact, [LinkKind.POSTED]).keys())


def _held(links: Iterable[Link]) -> set[str]:
    return {link.to_id for link in links if link.kind in HOLDS}


def _network_of(known: Actor | Entity | None) -> str | None:
    return known.network if known else None


class Networks:
    """The networks around changed recruiters, found anew.

    Only suspicious recruiters are in networks. So from those that changed, and from those that share a thing which more
    or fewer share now, follow all that share things with them.
    """

    def __init__(self, kept: Kept, ground: KeptGround, settings: GraphSettings, region: Region) -> None:
        self._kept, self._ground, self._settings, self._region = kept, ground, settings.networks, region
        self._centrality = settings.centrality
        self._sharers: dict[str, dict[str, float]] = {}
        self._actors: dict[str, Actor] = {}
        self._entities: dict[str, Entity | None] = {}

    def renew(self, renamed: Iterable[str], posted: Counter[str], neighbours: Iterable[Pair]) -> None:
        """Find these networks and keep them.

        `renamed` entities may give a network another name; `posted` are accounts that give other contacts than before,
        each with the number of new ones; `neighbours` are nodes that came together or went apart.
        """
        old: dict[str, Network] = {}
        actors: dict[str, Actor] = {}
        queue = sorted(self._region.relinked | self._region.changed)
        for identity in self._region.gone:
            queue += self._old_network(self._region.old[identity].network, old)
        for identity in sorted(renamed):
            queue += self._old_network(_network_of(self._entity(identity)), old)
        for key in sorted(self._region.shared.keys() | posted.keys()):
            queue += self._crossing(key, self._region.shared[key] + posted[key])
        while queue:
            identity = queue.pop()
            if identity in actors or identity in self._region.gone:
                continue
            actor = self._actor(identity)
            queue += self._old_network(actor.network, old)
            if actor.suspect < self._settings.suspect:
                continue
            actors[identity] = actor
            for key in self._shared_by(actor):
                if key not in self._sharers:
                    sharers = self._sharers_of(key)
                    queue += sorted(sharers) if len(sharers) <= most_sharers(key, self._settings) else ()
        self._save(old, actors, set(neighbours))

    def _crossing(self, key: str, more: int) -> list[str]:
        """Who shares a thing that holds together, or held before so many more came to share it."""
        most = most_sharers(key, self._settings) + more
        sharers = self._ask_sharers(key, most + 1)
        return sorted(sharers) if len(sharers) <= most else []

    def _actor(self, identity: str) -> Actor:
        if identity not in self._actors:
            self._actors[identity] = self._region.actor(identity)
        return self._actors[identity]

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
        held = set(self._kept.leads_to(actor.id, HOLDS))
        for contact in actor.identifiers:
            held.update(self._kept.linked("account", contact, [LinkKind.POSTED]))
        return held

    def _sharers_of(self, key: str) -> dict[str, float]:
        if key not in self._sharers:
            # What more share holds nothing together.
            self._sharers[key] = self._ask_sharers(key, most_sharers(key, self._settings) + 1)
        return self._sharers[key]

    def _ask_sharers(self, key: str, most: int) -> dict[str, float]:
        if key.startswith("account:"):
            return self._kept.posted_for(key, most)
        return self._kept.linked("actor", key, HOLDS, most)

    def _save(self, old: Mapping[str, Network], actors: Mapping[str, Actor], neighbours: set[Pair]) -> None:
        posts = {post.post_id: post for actor in actors.values() for post in self._posts_of(actor)}
        found = find_networks(posts, self._name, actors.values(), self._sharers, self._settings)
        new = {network.id: network for network in found}
        self._kept.drop("networks", sorted(old.keys() - new.keys()))
        self._kept.put([network for network in found if network != old.get(network.id)])
        network_of = {member: network.id for network in found for member in network.members}
        was_in = {member: network.id for network in old.values() for member in network.members}
        stirred = {was_in[member] for member in was_in if network_of.get(member) != was_in[member]}
        stirred |= {network_of[member] for member in network_of if was_in.get(member) != network_of[member]}
        homes = ((network_of.get(one), network_of.get(other)) for one, other in neighbours)
        stirred |= {one for one, other in homes if one is not None and one == other}
        between: dict[str, float] = {}
        for network in (network for network in found if network.id in stirred):
            between |= betweenness(
                network.members, self._kept.ends_from(network.members), self._centrality, self._settings.seed
            )
        members = {member for identity in stirred & old.keys() for member in old[identity].members} | between.keys()
        entities = (member for member in sorted(members) if not member.startswith("actor:"))
        placed = {e: (network_of.get(e), between.get(e, 0.0)) for e in entities if e in between or e not in network_of}
        self._kept.put(list(self._placed_entities(placed)))
        actors_now = (self._actor(identity) for identity in sorted(self._region.changed | actors.keys()))
        self._kept.put(
            [replace(a, network=network_of.get(a.id)) for a in actors_now if a.network != network_of.get(a.id)]
        )

    def _placed_entities(self, placed: Mapping[str, tuple[str | None, float]]) -> Iterator[Entity]:
        """The entities that are in another network than before, or elsewhere in it."""
        for entity in self._kept.each("entities", list(placed)):
            network, between = placed[entity.id]
            if (entity.network, entity.betweenness) != (network, between):
                yield replace(entity, network=network, betweenness=between)

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
