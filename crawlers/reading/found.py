"""What a page tells about one post, in the page's own words."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from casefile.records import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One post as a page shows it: nothing is resolved yet but addresses, which are absolute."""

    text: str = ""
    native_id: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    author_url: str | None = None
    published_words: str | None = None
    thread: str | None = None
    reply_to: str | None = None
    forwarded_from: str | None = None
    views: int | None = None
    media: tuple[Media, ...] = ()


def fill_gaps(found: Found, other: Found) -> Found:
    """`found`, with what it lacks taken from `other` (a card on a listing knows what its page may not say)."""
    gaps = {f.name: getattr(other, f.name) for f in fields(Found) if getattr(found, f.name) in (None, "", ())}
    return replace(found, **gaps)
