"""What is told of the campaigns of a case: their posts, wording, times, sources, and which seem translated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from casefile.records import Campaign, ReadPost
from graph.observation import Observation
from graph.templates import MOST_POSTS, template_of
from graph.translations import Written, find_translations

Read = Callable[[Collection[str]], Iterable[ReadPost]]
"""The posts with these ids, in any order."""

_NO_WORDING: Mapping[str, str] = MappingProxyType({})
_AT_ONCE = 200  # campaigns whose posts are read at the same time


def find_campaigns(posts: Iterable[Observation], read: Read, worded: Mapping[str, str] = _NO_WORDING) -> list[Campaign]:
    """The campaigns among posts in the order of capture, ordered by id.

    A campaign has two posts or more, one of which offers work. Of each, `read` is asked for its first eight posts,
    unless `worded` has its template already.
    """
    groups: dict[str, list[Observation]] = defaultdict(list)
    for post in posts:
        groups[post.witness].append(post)
    sent = {identity: group for identity, group in sorted(groups.items()) if _is_sent(group)}
    campaigns = list(_told(sent, read, worded))
    translated = find_translations(_written(campaign, sent[campaign.id]) for campaign in campaigns)
    return [replace(campaign, translation_of=translated.get(campaign.id)) for campaign in campaigns]


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


def _written(campaign: Campaign, group: Sequence[Observation]) -> Written:
    return Written(
        id=campaign.id,
        began=group[0].captured,
        language=Counter(post.lang for post in group[:MOST_POSTS]).most_common(1)[0][0],
        template=campaign.template,
        contacts=frozenset(contact.id for post in group for contact in post.contacts),
    )
