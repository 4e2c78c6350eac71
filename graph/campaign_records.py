"""What is told of the campaigns of a case: their posts, wording, times, sources, and which seem translated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from casefile.records import Campaign, ReadPost
from graph.observation import Observation
from graph.templates import MOST_POSTS, template_of
from graph.translations import Written, find_translations

Read = Callable[[Collection[str]], Iterable[ReadPost]]
"""The posts with these ids, in any order."""

_NO_WORDING: Mapping[str, str] = MappingProxyType({})
_AT_ONCE = 200  # campaigns whose posts are read at the same time


class Told(NamedTuple):
    """A campaign, without a hint at what it is translated from; and what such hints are found by."""

    record: Campaign
    began: datetime
    language: str
    contacts: frozenset[str]


def find_campaigns(posts: Iterable[Observation], read: Read) -> list[Campaign]:
    """The campaigns among posts in the order of capture, ordered by id; see `tell_campaigns`."""
    return with_hints(list(tell_campaigns(posts, read)))


def tell_campaigns(posts: Iterable[Observation], read: Read, worded: Mapping[str, str] = _NO_WORDING) -> Iterator[Told]:
    """The campaigns among posts in the order of capture, ordered by id.

    A campaign has two posts or more, one of which offers work. Of each, `read` is asked for its first eight posts,
    unless `worded` has its template already.
    """
    groups: dict[str, list[Observation]] = defaultdict(list)
    for post in posts:
        groups[post.witness].append(post)
    sent = {identity: group for identity, group in sorted(groups.items()) if _is_sent(group)}
    for campaign in _told(sent, read, worded):
        group = sent[campaign.id]
        language = Counter(post.lang for post in group[:MOST_POSTS]).most_common(1)[0][0]
        contacts = frozenset(contact.id for post in group for contact in post.contacts)
        yield Told(campaign, group[0].captured, language, contacts)


def with_hints(told: Sequence[Told]) -> list[Campaign]:
    """The campaigns of a case, each with a hint at what it seems to be translated from."""
    translated = find_translations(
        Written(one.record.id, one.began, one.language, one.record.template, one.contacts) for one in told
    )
    return [replace(one.record, translation_of=translated.get(one.record.id)) for one in told]


def _is_sent(group: Sequence[Observation]) -> bool:
    return len(group) > 1 and any(post.offers_work for post in group)


def _told(sent: Mapping[str, Sequence[Observation]], read: Read, worded: Mapping[str, str]) -> Iterator[Campaign]:
    identities = list(sent)
    for start in range(0, len(identities), _AT_ONCE):
        portion = identities[start : start + _AT_ONCE]
        unworded = (identity for identity in portion if identity not in worded)
        asked = [post.post_id for identity in unworded for post in sent[identity][:MOST_POSTS]]
        known = {found.post.id: found for found in read(asked)} if asked else {}
        for identity in portion:
            yield _campaign(identity, sent[identity], worded.get(identity), known)


def _campaign(
    identity: str, group: Sequence[Observation], template: str | None, known: Mapping[str, ReadPost]
) -> Campaign:
    first = [known[post.post_id] for post in group[:MOST_POSTS] if post.post_id in known]
    return Campaign(
        id=identity,
        posts=tuple(sorted(post.post_id for post in group)),
        template=template
        if template is not None
        else template_of((found.post.text, found.reading.mentions) for found in first),
        first_seen=min(post.at for post in group),
        last_seen=max(post.at for post in group),
        sources=len({post.source for post in group}),
    )
