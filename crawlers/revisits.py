"""Which known posts to look for again after a crawl that did not meet them, and which of them are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from casefile.records import Post, PostHistory


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that should hold these posts. `tells`: a page that answers without one of them proves that it is gone."""

    address: str
    posts: tuple[Post, ...]
    tells: bool


def choose(histories: Iterable[PostHistory], seen: set[str], limit: int) -> list[str]:
    """The posts to look for: those met most lately (they vanished most lately), then those not met for longest."""
    missing = sorted((h for h in histories if h.gone_at is None and h.post_id not in seen), key=lambda h: h.last_seen)
    if len(missing) > limit:
        missing = missing[-(limit - limit // 2) :] + missing[: limit // 2]
    return [history.post_id for history in missing]


def plan(
    posts: Iterable[Post], address_of: Callable[[Post], str | None], tells: Callable[[Post, str], bool], limit: int
) -> list[Revisit]:
    """One visit a page, however many posts it held; at most `limit` pages."""
    pages: dict[tuple[str, bool], list[Post]] = {}
    for post in posts:
        if address := address_of(post):
            pages.setdefault((address, tells(post, address)), []).append(post)
    return [Revisit(address, tuple(held), tell) for (address, tell), held in list(pages.items())[:limit]]


def settle(expected: Sequence[Post], read: Iterable[Post]) -> tuple[list[Post], list[str]]:
    """What a revisited page holds, and the ids that it does not.

    A known post keeps what its listing told of it (author, time): only its words can have changed.
    """
    found = list(read)
    by_id = {post.id: post for post in found}
    by_url = {post.url: post for post in found if post.url}
    held: list[Post] = []
    gone: list[str] = []
    for known in expected:
        again = by_id.pop(known.id, None) or (by_url.get(known.url) if known.url else None)
        if again is None:
            gone.append(known.id)
        else:
            held.append(replace(known, text=again.text, views=again.views))
    others = [post for post in by_id.values() if post.url not in {known.url for known in held}]
    return held + others, gone
