"""Which contacts and joins changed posts may change, and the recruiters around these, found anew.

A join depends on the posts of its two contacts, on how many unrelated people the accounts and texts give that both share,
and on how many contacts have a name like theirs (`graph.evidence`). So only the joins of three sorts of contacts are
weighed again: those whose own posts changed, are read or judged otherwise; those of an account or a text that stands otherwise
than before; those with more or fewer namesakes. All other joins are taken as they are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from casefile.judgements import InForce
from casefile.records import Actor
from casefile.store.connected import Kept
from graph.actors import Recruiter, find_actors, find_joins
from graph.evidence import Join
from graph.ground import name_keys
from graph.joins import Joiner
from graph.keeping import KeptGround, keep_joins, keep_namesakes, keep_standings, kept_joins, key_number
from graph.observation import Observation
from graph.profiles import contact_of
from graph.settings import GraphSettings


class Posts(NamedTuple):
    """What connecting sees of the changed posts: as they were before, as they are now, and which of these are new."""

    old: Sequence[Observation]
    now: Sequence[Observation]
    new: Sequence[Observation]

    @property
    def all(self) -> list[Observation]:
        """Before and now."""
        return [*self.old, *self.now]

    @property
    def reread(self) -> list[Observation]:
        """The posts that were known, before and now."""
        known = {post.post_id for post in self.old}
        return [post for post in self.all if post.post_id in known]


class Found(NamedTuple):
    """The recruiters around changed posts: before and now, and all contacts that were looked at."""

    before: Mapping[str, Actor]
    now: Sequence[Recruiter]
    contacts: Collection[str]


def contacts_of(posts: Iterable[Observation]) -> set[str]:
    """All contacts that posts give."""
    return {named.id for post in posts for named in post.contacts}


class Reweighing:
    """One update's look at contacts; the posts must be kept as they are now. `rejudged` contacts are judged otherwise."""

    def __init__(
        self, kept: Kept, settings: GraphSettings, judged: InForce, posts: Posts, rejudged: Collection[str]
    ) -> None:
        self._kept, self._settings, self._judged, self._posts = kept, settings, judged, posts
        known = {one for one in rejudged if kept.joins.verdict(one) is not None}  # accounts and places are judged too
        self._changed = contacts_of(posts.all) | known
        self._most = settings.guards.looked_at
        self.ground = KeptGround(kept, self._changed)
        self.joiner = Joiner(self.ground, settings, judged)

    def find(self) -> Found:
        """The recruiters whose contacts, posts or joins may be others than before; what was found is kept."""
        verdicts = {contact: self._kept.joins.verdict(contact) for contact in self._changed}
        offered = self._offered(verdicts)
        turned = self._turned(verdicts, offered)
        own = self._own(turned)
        touched = own | self._stirred(own, turned) | self._namesakes(verdicts, offered)
        found = self._region(own | self._reweigh(touched))
        keep_standings(self._kept, self.joiner)
        return found

    # Which contacts --------------------------------------------------------------------------------------------------
    def _offered(self, verdicts: Mapping[str, bool | None]) -> set[str]:
        """Which of the changed contacts a job offer gives now."""
        offered = keep_namesakes(self._kept, self._posts.now)
        known = {contact for contact, verdict in verdicts.items() if verdict is not None} - offered
        doubtful = known & contacts_of(self._posts.old)
        gone = {c for c in doubtful if not any(post.offers_work for post in self.ground.posts(c))}
        for contact in sorted(gone):
            self._kept.remove_namesake(contact, name_keys(contact))
        return offered | (known - gone)

    def _turned(self, verdicts: Mapping[str, bool | None], offered: Collection[str]) -> set[str]:
        """Changed contacts that are nobody's now and were not, or the other way round."""
        now = {contact: self.joiner.is_nobodys(contact) for contact in sorted(offered)}
        self._kept.joins.set_verdicts(now.items())
        for contact in sorted(verdicts.keys() - offered):
            self._kept.joins.drop_verdict(contact)
        return {contact for contact, verdict in verdicts.items() if now.get(contact, True) != (verdict is not False)}

    def _own(self, turned: Iterable[str]) -> set[str]:
        """Contacts whose posts changed, or are a list now and were none."""
        own = set(self._changed)
        for contact in turned:
            own |= contacts_of(post for post in self.ground.posts(contact) if post.offers_work)
        for post in self._posts.reread:  # others may have come among the first posts that are looked at
            for key in (post.witness, post.account):
                own |= contacts_of(self.ground.posts(key, self._most) if key else ())
        return own

    def _stirred(self, own: Iterable[str], turned: Iterable[str]) -> set[str]:
        """Contacts of accounts and texts that joins were weighed with, and that stand otherwise now."""
        offers = [post for post in self._posts.all if post.offers_work]
        for contact in turned:
            offers += (post for post in self.ground.posts(contact) if post.offers_work)
        keys = {key for post in offers for key in (post.witness, post.account) if key}
        for contact in own:
            for profile in self.joiner.profiles(contact):
                keys |= profile.accounts
        stirred: set[str] = set()
        before = {key: standing for key in keys if (standing := self._kept.joins.standing(key_number(key)))}
        for key in before:
            stirred_hub = self.joiner.account(key) if key.startswith("account:") else self.joiner.text(key)
            if self.joiner.standing(stirred_hub) != before[key]:
                stirred.update(map(contact_of, stirred_hub.sightings))
        return stirred

    def _namesakes(self, verdicts: Mapping[str, bool | None], offered: Collection[str]) -> set[str]:
        """Contacts that have more or fewer namesakes now."""
        came_or_went = {
            contact for contact, verdict in verdicts.items() if (verdict is not None) != (contact in offered)
        }
        most, found = self._settings.guards.base_contacts, set[str]()
        for contact in came_or_went:
            for key in name_keys(contact):
                alike = set(self.ground.namesakes(key))
                if min(len(alike), len(alike - came_or_went)) <= most:
                    found |= alike
        return found

    # Which joins -----------------------------------------------------------------------------------------------------
    def _reweigh(self, touched: Iterable[str]) -> set[str]:
        """Weigh all joins of these contacts; returns the contacts of those that are others now."""
        old: dict[tuple[str, str], Join] = {}
        nodes: list[str] = []
        for contact in sorted(touched):
            for owner in self._kept.owners(contact):
                old.update(((join.left, join.right), join) for join in kept_joins(self._kept, owner.node))
            nodes += (profile.node for profile in self.joiner.profiles(contact))
        found = find_joins(nodes, self.joiner, self._judged)
        self._kept.joins.drop_joins(sorted(old.keys() - found.keys()))
        fresh = [pair for pair in sorted(found) if found[pair] != old.get(pair)]
        keep_joins(self._kept, (found[pair] for pair in fresh))
        return {contact_of(node) for pair in (*fresh, *(old.keys() - found.keys())) for node in pair}

    # Which recruiters ------------------------------------------------------------------------------------------------
    def _region(self, contacts: Iterable[str]) -> Found:
        """The recruiters that hang together with these contacts, before or now."""
        same: dict[str, set[str]] = {}
        for left, right in self._judged.same:
            same.setdefault(left, set()).add(right)
            same.setdefault(right, set()).add(left)
        queue, reached = list(contacts), set[str]()
        before: dict[str, Actor] = {}
        joins: dict[tuple[str, str], Join] = {}
        while queue:
            contact = queue.pop()
            if contact in reached:
                continue
            reached.add(contact)
            for actor in {owner.actor for owner in self._kept.owners(contact)} - before.keys():
                before[actor] = self._kept.get("actors", actor)
                queue += before[actor].identifiers
            for join in self._joins_of(contact):
                joins[join.left, join.right] = join
                queue += (contact_of(join.left), contact_of(join.right))
            queue += same.get(contact, ())
        nodes = [profile.node for contact in reached for profile in self.joiner.profiles(contact)]
        return Found(before, find_actors(sorted(nodes), joins, self.joiner, self._settings, self._judged), reached)

    def _joins_of(self, contact: str) -> Iterator[Join]:
        for profile in self.joiner.profiles(contact):
            yield from kept_joins(self._kept, profile.node)
