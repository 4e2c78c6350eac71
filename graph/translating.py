"""Campaigns of changed posts, kept anew, and the hints at translations that may change by them.

A campaign is compared with the first campaigns of each of its contacts. So a campaign that changed changes the hints of
itself and of later campaigns with a contact in common, among whose first campaigns it is, or was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casefile.records import Campaign
from casefile.store.connected import Kept
from casefile.store.wordings import Wording
from graph.campaign_records import Read, Told, tell_campaigns
from graph.keeping import KeptGround, campaign_key, microseconds
from graph.reweighing import Posts
from graph.templates import MOST_POSTS
from graph.translations import BUSY, most_alike, signs_of


def keep_wordings(kept: Kept, told: Iterable[Told]) -> None:
    """Keep which contacts stand in which campaigns."""
    for campaign in told:
        kept.wordings.put(_wording(campaign), campaign.contacts)


def _wording(told: Told) -> Wording:
    return Wording(microseconds(told.began), told.record.id, told.language)


class Campaigns:
    """Renews the campaigns of changed posts."""

    def __init__(self, kept: Kept, ground: KeptGround, read: Read) -> None:
        self._kept, self._ground, self._read = kept, ground, read
        self._signs: dict[str, tuple[str, ...]] = {}

    def renew(self, posts: Posts) -> None:
        """Renew these campaigns, then all hints that may be others now."""
        changed = {post.post_id for post in posts.all}
        near: set[str] = set()
        for identity in sorted({post.witness for post in posts.all}):
            near |= self._renew(identity, changed)
        for identity in sorted(near):
            self._hint(identity)

    def _renew(self, identity: str, changed: set[str]) -> set[str]:
        """Renew one campaign; returns the campaigns whose hints may change by it."""
        known: Campaign | None = self._kept.get("campaigns", identity)
        group = self._ground.posts(campaign_key(identity))
        worded = known and changed.isdisjoint(post.post_id for post in group[:MOST_POSTS])
        told = next(
            iter(tell_campaigns(group, self._read, {identity: known.template} if known and worded else {})), None
        )
        if told is None:
            self._kept.drop("campaigns", [identity])
        else:
            self._kept.put([replace(told.record, translation_of=known.translation_of if known else None)])
        before, now = self._kept.wordings.of_campaign(identity), (_wording(told), told.contacts) if told else None
        if before == now and known and told and known.template == told.record.template:
            return set()
        near = {identity}
        near |= self._later(*before) if before else set()
        self._kept.wordings.drop(identity)
        if now:
            self._kept.wordings.put(*now)
            near |= self._later(*now)
        return near

    def _later(self, wording: Wording, contacts: Iterable[str]) -> set[str]:
        """Later campaigns that are compared with this one."""
        later: set[str] = set()
        for contact in contacts:
            if wording in self._kept.wordings.first(contact, BUSY):
                later.update(self._kept.wordings.after(contact, wording))
        return later

    def _hint(self, identity: str) -> None:
        campaign: Campaign | None = self._kept.get("campaigns", identity)
        found = self._kept.wordings.of_campaign(identity)
        if campaign is None:
            return
        hint = (
            most_alike(self._signs_of(identity), ((one, self._signs_of(one)) for one in self._earlier(*found)))
            if found
            else None
        )
        if hint != campaign.translation_of:
            self._kept.put([replace(campaign, translation_of=hint)])

    def _earlier(self, wording: Wording, contacts: Iterable[str]) -> list[str]:
        """The campaigns that one is compared with, the first of them first."""
        first = {one for contact in contacts for one in self._kept.wordings.first(contact, BUSY)}
        return [one.campaign for one in sorted(first) if one < wording and one.language != wording.language]

    def _signs_of(self, identity: str) -> tuple[str, ...]:
        if identity not in self._signs:
            self._signs[identity] = signs_of(self._kept.get("campaigns", identity).template)
        return self._signs[identity]
