"""Whom a contact may belong with, and whose contact it is: what lies around it, looked up once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from casefile.judgements import NOTHING_JUDGED, InForce
from casefile.store.joins import Standing
from graph.evidence import Hub, Join, Weighing, lists_may_join, texts_may_join
from graph.ground import Ground, name_keys
from graph.guards import is_everybodys, is_list, is_shared_author, unrelated
from graph.identities import base_of, is_same_number
from graph.observation import Observation
from graph.profiles import Profile, contact_of, make_profiles
from graph.settings import GraphSettings
from graph.texts import is_telling

_LOOKED_AT = 50  # posts
_TWICE = 2  # posts, or one that gives nothing else
_OFTEN = 0.5  # of the posts of the account that gives a contact most


_NOBODY = Hub({}, 0, 0)


class Joiner:
    """Finds and weighs the joins of contacts on a ground; remembers what it looked up."""

    def __init__(self, ground: Ground, settings: GraphSettings, judged: InForce = NOTHING_JUDGED) -> None:
        self._judged = judged
        self._ground, self._settings = ground, settings
        self._pause = timedelta(days=settings.guards.pause_days)
        self._by_lists, self._by_texts = lists_may_join(settings.joins), texts_may_join(settings.joins)
        self._profiles: dict[str, tuple[Profile, ...]] = {}
        self._by_node: dict[str, Profile] = {}
        self._accounts: dict[str, Hub] = {}
        self._texts: dict[str, Hub] = {}
        self._nobodys: dict[str, bool] = {}
        self._lists: dict[str, bool] = {}
        self._partners: dict[str, int] = {}
        self._homes_of: dict[str, frozenset[str]] = {}
        self._first_posters: dict[str, dict[str, str | None]] = {}

    @property
    def enough(self) -> float:
        """From which probability on two contacts are joined."""
        return self._settings.joins.enough

    # What is known of contacts ---------------------------------------------------------------------------------------
    def profiles(self, contact: str) -> tuple[Profile, ...]:
        """The owners of a contact, one after the other; none where it is everybody's or no job offer gives it."""
        found = self._profiles.get(contact)
        if found is None:
            found = () if self.is_nobodys(contact) else self._make_profiles(contact)
            self._profiles[contact] = found
            self._by_node.update((profile.node, profile) for profile in found)
        return found

    def is_nobodys(self, contact: str) -> bool:
        """Whether a contact is nobody's in particular, or was judged to be no recruiter's."""
        found = self._nobodys.get(contact)
        if found is None:
            known = self._ground.verdict(contact)
            found = self._nobodys[contact] = self._looks_like_nobodys(contact) if known is None else known
        return found

    def _looks_like_nobodys(self, contact: str) -> bool:
        if (contact,) in self._judged.rejected:
            return True
        posts = self._ground.posts(contact, self._settings.guards.looked_at)
        confirmed = (contact,) in self._judged.confirmed
        return not confirmed and is_everybodys(contact, posts, self._settings.guards)

    def _make_profiles(self, contact: str) -> tuple[Profile, ...]:
        offers = [post for post in self._ground.posts(contact) if post.offers_work]
        lists = {post.post_id for post in offers if self.is_list(post)}
        return make_profiles(contact, offers, self._pause, lists) if offers else ()

    def profile(self, node: str) -> Profile:
        """The profile of a node."""
        self.profiles(contact_of(node))
        return self._by_node[node]

    def node(self, contact: str, post: Observation) -> str | None:
        """The node that a contact is in a post; None where it is nobody's."""
        found = None
        for profile in self.profiles(contact):  # the earliest first
            if found is None or post.at >= profile.first:
                found = profile.node
        return found

    # Whom a contact may belong with ----------------------------------------------------------------------------------
    def candidates(self, node: str) -> set[str]:
        """The nodes that may be joined with a node: they share a post, an account, a number or a name with it.

        A text or a list in common is looked at only if the weights let these alone join two.
        """
        profile, contact = self.profile(node), contact_of(node)
        found: set[str] = set()
        for post in profile.offers:
            crowd = len(post.contacts)
            if 1 < crowd <= self._settings.guards.most_contacts and (self._by_lists or not self.is_list(post)):
                found.update(filter(None, (self.node(named.id, post) for named in post.contacts)))
        for account in self.homes(node):
            hub = self.account(account)
            if node in hub.sightings and hub.groups <= self._settings.guards.text_contacts:
                found.update(hub.sightings)
        for witness in profile.witnesses if self._by_texts else ():
            hub = self.text(witness)
            if hub.groups <= self._settings.guards.text_contacts:
                found.update(hub.sightings)
        found.update(self._namesakes(contact))
        found.discard(node)
        return found

    def _namesakes(self, contact: str) -> Iterator[str]:
        """Nodes that are the same number, or a name with another running number."""
        guards = self._settings.guards
        for key in name_keys(contact):
            if key.startswith("name:") and len(base_of(contact)) < guards.shortest_base:
                continue
            alike = self._ground.namesakes(key)
            if len(alike) <= guards.base_contacts:
                for other in alike:
                    yield from (profile.node for profile in self.profiles(other))

    def namesakes(self, base: str) -> int:
        """How many contacts have a name that differs in a running number only."""
        return len(self._ground.namesakes(f"name:{base}"))

    def account(self, account: str) -> Hub:
        """The contacts that an account gives as its own."""
        hub = self._accounts.get(account)
        if hub is None:
            posts = self._ground.posts(account, self._settings.guards.looked_at)
            own = [post for post in posts if self.speaks_for_itself(post)]
            hub = self._accounts[account] = self._hub(own, by_account=True)
        return hub

    def text(self, witness: str) -> Hub:
        """The contacts that are given in one text."""
        hub = self._texts.get(witness)
        if hub is None:
            posts = self._ground.posts(witness, self._settings.guards.looked_at) if is_telling(witness) else ()
            hub = self._texts[witness] = self._hub(
                [post for post in posts if post.offers_work and not self.is_list(post)]
            )
        return hub

    def standing(self, hub: Hub) -> Standing:
        """What joins depend on in an account or a text, besides the posts of both contacts."""
        return Standing(min(hub.groups, self._settings.guards.text_contacts + 1), hub.texts == 1)  # more are as many

    def standings(self) -> Iterator[tuple[str, Standing | None]]:
        """How all accounts and texts stand that were asked for; None where none or one stands, so that nobody is joined."""
        for hubs in (self._accounts, self._texts):
            yield from ((key, self.standing(hub) if len(hub.sightings) > 1 else None) for key, hub in hubs.items())

    def _hub(self, posts: Sequence[Observation], *, by_account: bool = False) -> Hub:
        sightings: dict[str, list[Observation]] = defaultdict(list)
        shown = []
        for post in posts:
            nodes = [self.node(named.id, post) for named in post.contacts]
            for node in nodes:
                if node is not None and (not by_account or post.account in self.homes(node)):
                    sightings[node].append(post)
                    shown.append(post)
        if not sightings:
            return _NOBODY
        strangers = {named.id for post in shown for named in post.contacts} - {contact_of(node) for node in sightings}
        groups = unrelated(shown, strangers, by_account=not by_account)
        return Hub(sightings, len(groups), len({post.witness for post in shown}))

    def is_list(self, post: Observation) -> bool:
        """Whether a post gives the contacts of several people, besides those that are everybody's."""
        found = self._lists.get(post.post_id)
        if found is None:
            crowd = len(post.contacts) > self._settings.guards.most_contacts
            found = crowd or (len(post.contacts) > 2 and is_list(self.somebodys(post), self._settings.guards))
            self._lists[post.post_id] = found
        return found

    def somebodys(self, post: Observation) -> list[str]:
        """The contacts of a post that are not everybody's."""
        return [named.id for named in post.contacts if not self.is_nobodys(named.id)]

    def is_alone(self, contact: str, post: Observation) -> bool:
        """Whether a post gives no other contact, everybody's aside."""
        return all(other == contact or is_same_number(contact, other) for other in self.somebodys(post))

    def speaks_for_itself(self, post: Observation) -> bool:
        """Whether what a post gives is its author's own."""
        return not post.forwarded and not is_shared_author(post, self._settings.guards) and not self.is_list(post)

    def homes(self, node: str) -> frozenset[str]:
        """The accounts that give a contact as their own and often; not those that pass it on or name it once beside."""
        homes = self._homes_of.get(node)
        if homes is None:
            contact = contact_of(node)
            given: dict[str, list[Observation]] = defaultdict(list)
            for post in self.profile(node).offers:
                if post.account and self.speaks_for_itself(post):
                    given[post.account].append(post)
            often = _OFTEN * max(map(len, given.values()), default=0)
            homes = self._homes_of[node] = frozenset(
                account
                for account, posts in given.items()
                if len(posts) >= often and (len(posts) > _TWICE or self._is_twice_own(posts, contact))
            )
        return homes

    def _is_twice_own(self, posts: Sequence[Observation], contact: str) -> bool:
        """Whether these posts of an account give a contact as its own twice; without any other contact counts double."""
        own = sum(not self._is_repost(post, contact) for post in posts)
        return own >= _TWICE or (own > 0 and own + sum(self.is_alone(contact, post) for post in posts) >= _TWICE)

    def partners(self, profile: Profile) -> int:
        """How many people who have nothing else in common a contact stands beside."""
        found = self._partners.get(profile.node)
        if found is None:
            single = islice((post for post in profile.offers if not self.is_list(post)), _LOOKED_AT)
            groups = unrelated(single, {contact_of(profile.node)}, by_account=True, by_text=True)
            found = self._partners[profile.node] = len(groups)
        return found

    def is_own(self, post: Observation, contact: str) -> bool:
        """Whether an account gives a contact as its own, and passes on nothing that another gave before."""
        return bool(post.account) and self.speaks_for_itself(post) and not self._is_repost(post, contact)

    def _is_repost(self, post: Observation, contact: str) -> bool:
        """Whether another account gave this contact in this text before."""
        if not is_telling(post.witness):
            return False
        first = self._first_posters.get(post.witness)
        if first is None:
            posts = self._ground.posts(post.witness, self._settings.guards.looked_at)
            first = {}
            for other in sorted(posts, key=lambda other: (other.at, other.post_id)):
                for named in other.contacts:
                    first.setdefault(named.id, other.account)
            self._first_posters[post.witness] = first
        return first.get(contact, post.account) != post.account

    # How likely two are one ------------------------------------------------------------------------------------------
    def join(self, one: str, other: str) -> Join | None:
        """Why two nodes may be one recruiter's; None where nothing speaks for it."""
        left, right = sorted((one, other))
        weigh = Weighing(self, self._settings, self.profile(left), self.profile(right))
        return weigh.join()
