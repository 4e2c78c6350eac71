"""New posts into a connected case: only what lies around them is connected anew, and the result is the same.

All that connecting finds depends on what is near (`joins`, `ascribing`, `networks`). So from the posts that changed
follow the contacts whose joins may change, from these the recruiters, from these links and networks; nothing else is
looked at. What cannot be known from near (a post captured before others, another text of an old post) asks for a
rebuild of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casefile.identity import link_id
from casefile.judgements import InForce
from casefile.records import Actor, Campaign, Entity, Link, LinkKind, Network
from casefile.store.connected import Kept
from graph.actors import Recruiter, find_actors, find_joins
from graph.ascribing import Ascriber, judged_links
from graph.campaign_records import Read, find_campaigns
from graph.campaigns import CampaignIndex
from graph.centrality import betweenness
from graph.entities import NAMED_BY, Sightings, seen_in
from graph.ground import name_keys
from graph.joins import Join, Joiner
from graph.keeping import KeptGround, campaign_key, decode, keep, kept_keys, key_number, moment
from graph.ledger import MOST_PROOFS, Claim, Ledger
from graph.links import said_by_itself
from graph.networks import HOLDS, find_networks, most_sharers
from graph.observation import Observation, draft_of
from graph.profiles import contact_of
from graph.settings import GraphSettings
from graph.texts import is_telling


class NeedsRebuild(Exception):
    """What changed cannot be told from near: the whole case must be connected again."""


class Update:
    """One update; to be run inside one transaction, once."""

    def __init__(
        self,
        kept: Kept,
        index: CampaignIndex,
        read: Read,
        settings: GraphSettings,
        titles: Mapping[str, str],
        judged: InForce,
    ) -> None:
        self._kept, self._index, self._read = kept, index, read
        self._settings, self._titles, self._judged = settings, titles, judged
        self._old: list[Observation] = []
        self._new: list[Observation] = []

    def run(self, post_ids: Collection[str]) -> None:
        """Connect what changed; raises NeedsRebuild, then everything must be taken back."""
        changes = self._observe(post_ids)
        if not changes:
            return
        before = Joiner(KeptGround(self._kept), self._settings, self._judged)
        contacts = self._contacts(self._old + self._new)
        nobodys = {contact for contact in contacts if before.is_nobodys(contact)}
        self._write(changes, contacts)
        self._ground = KeptGround(self._kept)
        self._joiner = Joiner(self._ground, self._settings, self._judged)
        turned = {contact for contact in contacts if self._joiner.is_nobodys(contact) != (contact in nobodys)}
        region = self._recruiters(self._touched(contacts, turned))
        ends = self._claims()
        ends |= region.relink(self._old + self._new)
        self._entities(ends)
        Networks(self._kept, self._ground, self._settings, region).renew(self._renamed)
        self._campaigns()

    # What was read ---------------------------------------------------------------------------------------------------
    def _observe(self, post_ids: Collection[str]) -> list[tuple[int | None, str | None, Observation]]:
        """The observations that are new or changed, in capture order, with the number and the shape of each."""
        reads = {read.post.id: read for read in self._read(post_ids)}
        last = self._kept.last()
        newest = (decode(last).captured, decode(last).post_id) if last else None
        changes: list[tuple[int | None, str | None, Observation]] = []
        for post_id in post_ids:
            if post_id not in reads and self._kept.observation(post_id):
                raise NeedsRebuild
        for read in sorted(reads.values(), key=lambda read: (read.first_seen, read.post.id)):
            draft, shape = draft_of(read, self._settings, self._judged.hidden)
            known = self._kept.observation(draft.post_id)
            if known is None:
                if newest and (draft.captured, draft.post_id) <= newest:
                    raise NeedsRebuild
                post = draft.of_campaign(self._index.place(draft.post_id, shape))
                if post.post_id in self._judged.hidden:
                    continue
                changes.append((None, shape.key, post))
            else:
                old = decode(known[2])
                if known[1] != shape.key or old.captured != draft.captured:
                    raise NeedsRebuild
                post = draft.of_campaign(old.witness)
                if post == old:
                    continue
                self._old.append(old)
                changes.append((known[0], shape.key, post))
            self._new.append(post)
        return changes

    def _write(self, changes: Iterable[tuple[int | None, str | None, Observation]], contacts: Collection[str]) -> None:
        numbers = {post.post_id: number for number, _, post in changes}
        for old in self._old:
            number = numbers[old.post_id]
            assert number is not None
            self._kept.remove(number, kept_keys(old, self._settings))
        for number, shape, post in changes:
            keep(self._kept, post, shape, self._settings, number)
        ground = KeptGround(self._kept)
        for contact in sorted(contacts):
            if any(post.offers_work for post in ground.posts(contact)):
                self._kept.add_namesakes((key, contact) for key in name_keys(contact))
            else:
                self._kept.remove_namesake(contact, name_keys(contact))

    # Who may be touched ----------------------------------------------------------------------------------------------
    def _contacts(self, posts: Iterable[Observation]) -> set[str]:
        return {named.id for post in posts for named in post.contacts}

    def _touched(self, contacts: set[str], turned: set[str]) -> set[str]:
        """The contacts whose joins may be others now."""
        most = self._settings.guards.looked_at
        dirty = self._old + self._new
        own = set(contacts)  # those whose posts, or whose posts' meaning, changed
        for post in dirty:
            own |= self._contacts(self._ground.posts(post.witness, most))
        for contact in turned:
            own |= self._contacts(self._ground.posts(contact))
        hubs = {key for post in dirty for key in (post.account, post.witness) if key}
        touched = set(own)
        for contact in own:
            for profile in self._joiner.profiles(contact):
                hubs |= profile.accounts | profile.witnesses
                touched |= self._contacts(profile.offers)
        for hub in hubs:
            touched |= self._contacts(self._ground.posts(hub, most))
        for contact in contacts:
            for key in name_keys(contact):
                alike = self._ground.namesakes(key)
                touched.update(alike if len(alike) <= self._settings.guards.base_contacts + 2 else ())
        return touched

    def _recruiters(self, touched: Iterable[str]) -> Region:
        """The recruiters around the touched contacts: all that hang together with them, before or now."""
        same: dict[str, set[str]] = {}
        for left, right in self._judged.same:
            same.setdefault(left, set()).add(right)
            same.setdefault(right, set()).add(left)
        queue, reached = list(touched), set[str]()
        old: dict[str, Actor] = {}
        joins: dict[tuple[str, str], Join] = {}
        while queue:
            contact = queue.pop()
            if contact in reached:
                continue
            reached.add(contact)
            for identity in self._kept.actors_of(contact):
                if identity not in old:
                    old[identity] = self._kept.get("actors", identity)
                    queue += old[identity].identifiers
            nodes = [profile.node for profile in self._joiner.profiles(contact)]
            found = find_joins(nodes, self._joiner, self._judged)
            joins |= found
            queue += [contact_of(node) for pair in found for node in pair]
            queue += same.get(contact, ())
        nodes = [profile.node for contact in sorted(reached) for profile in self._joiner.profiles(contact)]
        recruiters = find_actors(sorted(nodes), joins, self._joiner, self._settings, self._judged)
        return Region(self._kept, self._ground, self._joiner, self._settings, self._judged, old, recruiters)

    # What the posts claim by themselves ------------------------------------------------------------------------------
    def _claims(self) -> set[str]:
        """Renew the links that changed posts prove whoever their recruiters are; returns the ends of these links."""
        claims = {said.claim for post in self._old + self._new for said in said_by_itself(post, self._settings)}
        for claim in sorted(claims):
            link = next(iter(judged_links(self._link(claim), self._judged)), None)
            if link is None:
                self._kept.drop("links", [link_id(*claim)])
            else:
                self._kept.put([link])
        return {end for claim in claims for end in (claim.from_id, claim.to_id)}

    def _link(self, claim: Claim) -> Iterator[Link]:
        key, ledger = link_id(*claim), Ledger()
        for post in self._ground.posts(key, MOST_PROOFS):
            for said in said_by_itself(post, self._settings):
                if said.claim == claim:
                    ledger.enter(post, said)
        for link in ledger.links():
            span = self._kept.span(key_number(key))
            yield replace(link, first_seen=moment(span.first), last_seen=moment(span.last))

    # Entities --------------------------------------------------------------------------------------------------------
    def _entities(self, ends: Collection[str]) -> None:
        """Renew what changed posts show, and how many neighbours the ends of changed links have."""
        shown = {identity for post in self._old + self._new for identity, *_ in seen_in(post, self._titles)}
        self._renamed: set[str] = set()
        for identity in sorted(shown | {end for end in ends if not end.startswith("actor:")}):
            known: Entity | None = self._kept.get("entities", identity)
            texts = is_telling(identity)
            entity = self._entity(identity) if identity in shown or texts or known is None else known
            if entity is None or (texts and not self._kept.links_to(identity)):
                self._kept.drop("entities", [identity])
                continue
            if known is not None:
                entity = replace(entity, network=known.network, betweenness=known.betweenness)
                if entity.name != known.name:
                    self._renamed.add(identity)
            entity = replace(entity, degree=self._kept.degree(identity))
            if entity != known:
                self._kept.put([entity])
        if any(identity.startswith("place:") for identity in self._renamed):
            raise NeedsRebuild  # every network that sends people there would be called otherwise

    def _entity(self, identity: str) -> Entity | None:
        sightings: Sightings | None = None
        for post in self._ground.posts(identity, NAMED_BY):
            for seen, label, name, place in seen_in(post, self._titles):
                if seen == identity:
                    sightings = sightings or Sightings(label)
                    sightings.add(name, place, post.at)
        if sightings is None:
            return None
        span = self._kept.span(key_number(identity))
        entity = sightings.entity(identity)
        return replace(entity, posts=span.posts, first_seen=moment(span.first), last_seen=moment(span.last))

    # Campaigns -------------------------------------------------------------------------------------------------------
    def _campaigns(self) -> None:
        """Renew the campaigns of changed posts."""
        for witness in sorted({post.witness for post in self._old + self._new}):
            known: Campaign | None = self._kept.get("campaigns", witness)
            found = find_campaigns(self._ground.posts(campaign_key(witness)), self._read)
            if not found:
                self._kept.drop("campaigns", [witness])
            for campaign in found:
                self._kept.put([replace(campaign, translation_of=known.translation_of if known else None)])


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
        self._moved = self._find_moved(found)
        self._save(found)
        self.relinked: set[str] = set()

    def _actor_of(self, node: str) -> str | None:
        return self._owner.get(node) or self._kept.owner(node)

    def _find_moved(self, found: Sequence[Recruiter]) -> set[str]:
        """The contacts that belong to another recruiter than before."""
        nodes = {node: recruiter.actor.id for recruiter in found for node in recruiter.nodes}
        moved = {contact_of(node) for node, actor in nodes.items() if self._kept.owner(node) != actor}
        for identity, actor in self.old.items():
            if identity in self.gone or identity in self.changed:
                moved.update(actor.identifiers)
        return moved

    def _save(self, found: Sequence[Recruiter]) -> None:
        self._kept.drop("actors", sorted(self.gone))
        for identity in sorted(self.old):
            self._kept.unset_nodes(identity)
        for recruiter in found:
            self._kept.set_nodes(recruiter.actor.id, ((node, contact_of(node)) for node in recruiter.nodes))
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
            ends.update(link.to_id for link in (*old.values(), *links.values()))
        self.relinked = actors
        return ends


def _network_of(actor: Actor | None) -> str | None:
    return actor.network if actor else None


class Networks:
    """The networks around changed recruiters, found anew."""

    def __init__(self, kept: Kept, ground: KeptGround, settings: GraphSettings, region: Region) -> None:
        self._kept, self._ground, self._settings, self._region = kept, ground, settings, region
        self._sharers: dict[str, dict[str, float]] = {}

    def renew(self, renamed: Iterable[str]) -> None:
        """Find these networks and keep them; `renamed` entities may give a network another name."""
        old: dict[str, Network] = {}
        actors: dict[str, Actor] = {}
        queue = sorted(self._region.relinked | self._region.changed)
        for identity in self._region.gone:
            queue += self._old_network(self._region.old[identity].network, old)
        for identity in sorted(renamed):
            entity: Entity | None = self._kept.get("entities", identity)
            queue += self._old_network(entity.network if entity else None, old)
        while queue:
            identity = queue.pop()
            if identity in actors or identity in self._region.gone:
                continue
            actor = actors[identity] = self._region.actor(identity)
            queue += self._old_network(actor.network, old)
            for key in self._shared_by(actor):
                entity = self._kept.get("entities", key)
                queue += self._old_network(entity.network if entity else None, old)
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

    def _shared_by(self, actor: Actor) -> list[str]:
        held = {link.to_id for link in self._kept.links_from(actor.id) if link.kind in HOLDS}
        for contact in actor.identifiers:
            posted = (link for link in self._kept.links_to(contact) if link.kind is LinkKind.POSTED)
            held.update(link.from_id for link in posted if link.from_id.startswith("account:"))
        return sorted(held)

    def _sharers_of(self, key: str) -> dict[str, float]:
        if key not in self._sharers:
            shared: dict[str, float] = {}
            if key.startswith("account:"):
                for link in self._kept.links_from(key):
                    for actor in self._kept.actors_of(link.to_id) if link.kind is LinkKind.POSTED else ():
                        shared[actor] = max(link.confidence, shared.get(actor, 0.0))
            else:
                most = most_sharers(key, self._settings.networks) + 1
                shared = self._kept.linked_actors(key, HOLDS, most)
            self._sharers[key] = shared
        return self._sharers[key]

    def _save(self, old: Mapping[str, Network], actors: Mapping[str, Actor]) -> None:
        posts = {post.post_id: post for actor in actors.values() for post in self._posts_of(actor)}
        found = find_networks(posts, self._name, actors.values(), self._sharers, self._settings.networks)
        new = {network.id: network for network in found}
        self._kept.drop("networks", sorted(old.keys() - new.keys()))
        self._kept.put([network for network in found if network != old.get(network.id)])
        network_of = {member: network.id for network in found for member in network.members}
        between: dict[str, float] = {}
        for network in found:
            links = [link for member in network.members for link in self._kept.links_from(member)]
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
        entity: Entity | None = self._kept.get("entities", member)
        if entity is not None and (entity.network, entity.betweenness) != (network, between):
            self._kept.put([replace(entity, network=network, betweenness=between)])

    def _posts_of(self, actor: Actor) -> Iterator[Observation]:
        wanted = set(actor.posts)
        for contact in actor.identifiers:
            yield from (post for post in self._ground.posts(contact) if post.post_id in wanted)

    def _name(self, identity: str) -> str:
        entity: Entity = self._kept.get("entities", identity)
        return entity.name
