"""New posts into a connected case: only what lies around them is connected anew, and the result is the same.

All that connecting finds depends on what is near (`joins`, `ascribing`, `networks`). So from the posts that changed
follow the contacts whose joins may change, from these the recruiters, from these links and networks; nothing else is
looked at. What cannot be known from near (a post captured before others, another text of an old post) asks for a
rebuild of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from casefile.identity import link_id
from casefile.judgements import InForce
from casefile.records import Actor, Campaign, Entity, Link
from casefile.store.connected import Kept
from graph.actors import find_actors, find_joins
from graph.ascribing import judged_links
from graph.campaign_records import Read, find_campaigns
from graph.campaigns import CampaignIndex
from graph.entities import NAMED_BY, Sightings, seen_in
from graph.evidence import Join
from graph.garbage import no_collection
from graph.ground import name_keys
from graph.joins import Joiner
from graph.keeping import KeptGround, campaign_key, decode, keep, keep_namesakes, kept_keys, key_number, moment
from graph.ledger import MOST_PROOFS, Claim, Ledger
from graph.links import said_by_itself
from graph.observation import Observation, draft_of
from graph.profiles import contact_of
from graph.renewing import Networks, Region
from graph.settings import GraphSettings
from graph.templates import MOST_POSTS
from graph.texts import is_telling


class NeedsRebuild(Exception):
    """What changed cannot be told from near: the whole case must be connected again."""


class _Change(NamedTuple):
    """What connecting sees of a post now; the number of its observation (None: it is new) and the key of its text's shape."""

    number: int | None
    shape: str | None
    post: Observation


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
        with no_collection():
            changes = self._observe(post_ids)
            if changes:
                self._renew(changes)

    def _renew(self, changes: Sequence[_Change]) -> None:
        ground = KeptGround(self._kept)
        before = Joiner(ground, self._settings, self._judged)
        contacts = self._contacts(self._old + self._new)
        nobodys = {contact for contact in contacts if before.is_nobodys(contact)}
        self._write(changes)
        self._ground = ground.after({number for number, *_ in changes if number is not None})
        self._joiner = Joiner(self._ground, self._settings, self._judged)
        turned = {contact for contact in contacts if self._joiner.is_nobodys(contact) != (contact in nobodys)}
        region = self._recruiters(self._touched(contacts, turned))
        ends = self._claims()
        ends |= region.relink(self._old + self._new)
        self._entities(ends)
        Networks(self._kept, self._ground, self._settings, region).renew(self._renamed)
        self._campaigns()

    # What was read ---------------------------------------------------------------------------------------------------
    def _observe(self, post_ids: Collection[str]) -> list[_Change]:
        """The observations that are new or changed, in capture order."""
        reads = {read.post.id: read for read in self._read(post_ids)}
        kept_last = self._kept.last()
        last = decode(kept_last) if kept_last else None
        newest = (last.captured, last.post_id) if last else None
        changes: list[_Change] = []
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
                changes.append(_Change(None, shape.key, post))
            else:
                old = decode(known[2])
                if known[1] != shape.key or old.captured != draft.captured:
                    raise NeedsRebuild
                post = draft.of_campaign(old.witness)
                if post == old:
                    continue
                self._old.append(old)
                changes.append(_Change(known[0], shape.key, post))
            self._new.append(post)
        return changes

    def _write(self, changes: Iterable[_Change]) -> None:
        numbers = {post.post_id: number for number, _, post in changes}
        for old in self._old:
            number = numbers[old.post_id]
            assert number is not None
            self._kept.remove(number, kept_keys(old, self._settings))
        for number, shape, post in changes:
            keep(self._kept, post, shape, self._settings, number)
        offered = keep_namesakes(self._kept, self._new)
        ground = KeptGround(self._kept)
        for contact in sorted(self._contacts(self._old) - offered):
            if not any(post.offers_work for post in ground.posts(contact)):
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
        accounts = {post.account for post in dirty if post.account}
        texts = {post.witness for post in dirty}
        touched = set(own)
        for contact in own:
            for profile in self._joiner.profiles(contact):
                accounts |= profile.accounts
                texts |= profile.witnesses
                touched |= self._contacts(profile.offers)
        for text in texts:
            touched |= self._contacts(self._ground.posts(text, most))
        for account in accounts:  # in lists it speaks of others; where a list became none, a contact turned
            posts = self._ground.posts(account, most)
            touched |= self._contacts(post for post in posts if not self._joiner.is_list(post))
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
            degree = self._kept.degree(identity)
            if is_telling(identity) and not degree:  # of texts only those that a link leads to
                self._kept.drop("entities", [identity])
                continue
            known: Entity | None = self._kept.get("entities", identity)
            entity = known if known and identity not in shown else self._entity(identity, known)
            if entity is None:
                self._kept.drop("entities", [identity])
                continue
            if known is not None:
                entity = replace(entity, network=known.network, betweenness=known.betweenness)
                if entity.name != known.name:
                    self._renamed.add(identity)
            entity = replace(entity, degree=degree)
            if entity != known:
                self._kept.put([entity])
        if any(identity.startswith("place:") for identity in self._renamed):
            raise NeedsRebuild  # every network that sends people there would be called otherwise

    def _entity(self, identity: str, known: Entity | None) -> Entity | None:
        span = self._kept.span(key_number(identity))
        if known and known.posts >= NAMED_BY and not self._old:  # it is called after its first posts, and has these
            return replace(known, posts=span.posts, first_seen=moment(span.first), last_seen=moment(span.last))
        sightings: Sightings | None = None
        for post in self._ground.posts(identity, NAMED_BY):
            for seen, label, name, place in seen_in(post, self._titles):
                if seen == identity:
                    sightings = sightings or Sightings(label)
                    sightings.add(name, place, post.at)
        if sightings is None:
            return None
        entity = sightings.entity(identity)
        return replace(entity, posts=span.posts, first_seen=moment(span.first), last_seen=moment(span.last))

    # Campaigns -------------------------------------------------------------------------------------------------------
    def _campaigns(self) -> None:
        """Renew the campaigns of changed posts."""
        dirty = {post.post_id for post in self._old + self._new}
        for witness in sorted({post.witness for post in self._old + self._new}):
            known: Campaign | None = self._kept.get("campaigns", witness)
            group = self._ground.posts(campaign_key(witness))
            worded = known and dirty.isdisjoint(post.post_id for post in group[:MOST_POSTS])
            found = find_campaigns(group, self._read, {witness: known.template} if known and worded else {})
            if not found:
                self._kept.drop("campaigns", [witness])
            for campaign in found:
                self._kept.put([replace(campaign, translation_of=known.translation_of if known else None)])
