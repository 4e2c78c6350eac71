"""Which known posts to look for again after a crawl that did not meet them, and what such a visit shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casefile.records import Post, PostHistory


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that should hold known posts; `captured_on` says on which page each was seen last."""

    address: str
    posts: tuple[Post, ...]
    captured_on: Mapping[str, str]


def choose(histories: Iterable[PostHistory], seen: set[str], limit: int) -> list[str]:
    """The posts to look for: those met most lately (they vanished most lately), then those not met for longest."""
    missing = sorted((h for h in histories if h.gone_at is None and h.post_id not in seen), key=lambda h: h.last_seen)
    if len(missing) > limit:
        missing = missing[-(limit - limit // 2) :] + missing[: limit // 2]
    return [history.post_id for history in missing]


def settle(expected: Sequence[Post], read: Sequence[Post]) -> tuple[list[Post], list[Post]]:
    """What a revisited page holds, and the expected posts that it does not.

    A known post keeps what its listing told of it (author, time): only its words can have changed.
    """
    by_id = {post.id: post for post in read}
    by_url = {post.url: post for post in read if post.url is not None}
    held: dict[str, Post] = {}
    missing: list[Post] = []
    for known in expected:
        again = by_id.pop(known.id, None) or by_url.get(known.url or "")
        if again is None:
            missing.append(known)
        else:
            held[known.id] = replace(known, text=again.text, views=again.views)
    urls = {post.url for post in held.values()}
    return [*held.values(), *(post for post in by_id.values() if post.url not in urls)], missing
