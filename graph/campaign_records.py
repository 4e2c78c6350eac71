"""What is told of a campaign: its posts, its wording, when and on how many sources it was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from casefile.records import Campaign, Mention
from graph.templates import template_of


class Sent(Protocol):
    """A post of a campaign; an Observation is one."""

    @property
    def post_id(self) -> str:
        """Its id."""

    @property
    def source(self) -> str:
        """Where it was seen."""

    @property
    def at(self) -> datetime:
        """When it was published, as far as known."""


def campaign_of(identity: str, posts: Sequence[Sent], texts: Iterable[tuple[str, Sequence[Mention]]]) -> Campaign:
    """A campaign from its posts (at least one) and their texts with mentions, both in the order of capture.

    Of the texts the first eight are read, so it may be given lazily.
    """
    times = [post.at for post in posts]
    return Campaign(
        id=identity,
        posts=tuple(sorted(post.post_id for post in posts)),
        template=template_of(texts),
        first_seen=min(times),
        last_seen=max(times),
        sources=len({post.source for post in posts}),
    )
