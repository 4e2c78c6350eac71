"""Probing a feed: what it lists, and in which of the formats."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from crawlers.probing.pages import probed_post, shows
from crawlers.probing.probed import Probed
from crawlers.reading.feeds import read_feed
from crawlers.reading.posts import with_title
from crawlers.reading.understand import PageType

_START = 4_000
_FORMATS = (
    ("JSON Feed", re.compile(rb"jsonfeed\.org/version")),
    ("RSS 1.0", re.compile(rb"<rdf:RDF[\s>]")),
    ("RSS 2.0", re.compile(rb"<rss[\s>]")),
    ("Atom", re.compile(rb"<feed[\s>]")),
    ("sitemap", re.compile(rb"<(?:urlset|sitemapindex)[\s>]")),
)


def feed_format(body: bytes) -> str | None:
    """The format of a feed by how it begins; None for what is none."""
    start = body[:_START]
    return next((name for name, sign in _FORMATS if sign.search(start)), None)


def probe_feed(
    body: bytes, url: str, *, at: datetime | None, content_type: str | None = None, zone: str | None = None
) -> Probed:
    """What a feed lists, each entry as far as the feed itself tells it."""
    feed = read_feed(body, url, content_type)
    entries = [replace(entry, text=with_title(entry.title, entry.text)) for entry in feed.entries if shows(entry)]
    engine = feed_format(body) or "feed"
    return Probed(
        type=PageType.FEED.value,
        engine=engine,
        sure=1.0 if entries or feed.feeds or feed.entries else 0.5,
        signs=(f"it begins as {engine} does",),
        posts=tuple(probed_post(entry, at, zone, ()) for entry in entries),
        url=url or None,
        threads=feed.feeds or tuple(entry.url for entry in feed.entries if entry.url),
        why={"text": "what the feed itself holds of each entry", "published": "the entry's own date"},
        at=at,
    )
