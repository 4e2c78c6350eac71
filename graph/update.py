"""New posts into a connected case: only what lies around them is connected anew, and the result is the same.

All that connecting finds depends on what is near (`joins`, `ascribing`, `networks`). So from the posts that changed
follow the contacts whose joins may change, from these the recruiters, from these links and networks; nothing else is
looked at. What cannot be known from near (a post captured before others, another text of an old post) asks for a
rebuild of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from casefile.judgements import InForce
from casefile.store.connected import Kept
from graph.campaign_records import Read
from graph.campaigns import CampaignIndex
from graph.garbage import no_collection
from graph.keeping import decode, keep, kept_keys
from graph.observation import Observation, draft_of
from graph.rejudging import NOTHING_REJUDGED, Rejudged
from graph.relinking import LinkChanges, more_neighbours
from graph.renewing import Networks, Region
from graph.reweighing import Posts, Reweighing
from graph.settings import GraphSettings
from graph.sightings import Claims, Entities
from graph.translating import Campaigns


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
        self._now: list[Observation] = []

    def run(self, post_ids: Collection[str], rejudged: Rejudged = NOTHING_REJUDGED) -> None:
        """Connect what changed or is judged otherwise; raises NeedsRebuild, then everything must be taken back."""
        with no_collection():
            changes = self._observe(post_ids)
            if changes or rejudged:
                self._renew(changes, rejudged)

    def _renew(self, changes: Sequence[_Change], rejudged: Rejudged) -> None:
        self._write(changes)
        posts = Posts(self._old, self._now, [change.post for change in changes if change.number is None])
        reweighing = Reweighing(self._kept, self._settings, self._judged, posts, rejudged.identifiers)
        found = reweighing.find()
        ground = reweighing.ground
        region = Region(self._kept, ground, reweighing.joiner, self._settings, self._judged, found)
        links = LinkChanges(self._kept)
        posted = Claims(self._kept, ground, self._settings, self._judged).renew(posts, rejudged.claims, links)
        region.relink(posts, rejudged.claims, links)
        neighbours = links.joined_or_parted()
        entities = Entities(self._kept, ground, self._titles)
        renamed = entities.renew(posts, more_neighbours(neighbours))
        if any(identity.startswith("place:") for identity in renamed):
            raise NeedsRebuild  # every network that sends people there would be called otherwise
        Networks(self._kept, ground, self._settings, region).renew(renamed, posted, neighbours)
        Campaigns(self._kept, ground, self._read).renew(posts)

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
            self._now.append(post)
        return changes

    def _write(self, changes: Iterable[_Change]) -> None:
        numbers = {post.post_id: number for number, _, post in changes}
        for old in self._old:
            number = numbers[old.post_id]
            assert number is not None
            self._kept.remove(number, kept_keys(old, self._settings))
        for number, shape, post in changes:
            keep(self._kept, post, shape, self._settings, number)
