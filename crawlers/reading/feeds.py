"""Feeds and sitemaps: RSS, Atom, JSON Feed and sitemap.xml as entries. No external XML entity is ever read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree
from parsel import Selector

from crawlers.reading.addresses import permalink, web_address
from crawlers.reading.found import Found
from crawlers.reading.visible import clean, visible_text


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed lists: entries as far as it tells them, and further feeds (a sitemap of sitemaps)."""

    entries: tuple[Found, ...] = ()
    feeds: tuple[str, ...] = ()


def read_feed(body: bytes, url: str, content_type: str | None = None) -> Feed:
    """The entries of a feed in any of its formats; an entry's text is what the feed itself holds of it."""
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json_feed(body, url)
    if b"<urlset" in start or b"<sitemapindex" in start:
        return _sitemap(body, url)
    return _xml_feed(body, url, content_type)


def _xml_feed(body: bytes, url: str, content_type: str | None) -> Feed:
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        entries = _entries(body, headers)
    except (ValueError, OverflowError):  # feedparser breaks at references to no character, as &#1114112; is one
        entries = _entries(_REFERENCE.sub(_to_a_character, body), headers)
    return Feed(tuple(_entry(entry, url) for entry in entries))


def _entries(body: bytes, headers: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    import feedparser

    # A stream: given bytes, feedparser would also try them as the name of a file.
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    return list(parsed.entries)


_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_LONGEST_NUMBER = 8  # digits; U+10FFFF has 6 or 7


def _to_a_character(found: re.Match[bytes]) -> bytes:
    """A reference as it is, or one to the replacement character where it names none."""
    digits = found[1] or found[2]
    number = int(digits, 16 if found[1] else 10) if len(digits) <= _LONGEST_NUMBER else 0
    return found[0] if 0 < number < 0xD800 or 0xE000 <= number < 0x110000 else b"&#65533;"


def _entry(entry: Mapping[str, Any], url: str) -> Found:
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    markup = max([*contents, entry.get("summary") or ""], key=len)
    address = web_address(url, entry.get("link"))
    title = _words(entry.get("title") or "")
    return Found(
        text=_words(markup) or title,
        native_id=None if address else entry.get("id"),
        url=permalink(address) if address else None,
        title=title or None,
        author=entry.get("author"),
        published_words=entry.get("published") or entry.get("updated"),
    )


def _json_feed(body: bytes, url: str) -> Feed:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return Feed()
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Feed()
    return Feed(tuple(_json_entry(item, feed, url) for item in feed["items"] if isinstance(item, dict)))


def _json_entry(item: Mapping[str, Any], feed: Mapping[str, Any], url: str) -> Found:
    authors = (
        item.get("authors") or [item.get("author")]
        if item.get("authors") or item.get("author")
        else feed.get("authors")
    )
    names = [a.get("name") for a in authors or [feed.get("author")] if isinstance(a, dict)]
    address = web_address(url, _text(item.get("url")) or _text(item.get("external_url")))
    return Found(
        text=_words(_text(item.get("content_html")) or "")
        or clean(_text(item.get("content_text")) or _text(item.get("title")) or ""),
        native_id=None if address else _text(item.get("id")),
        url=permalink(address) if address else None,
        title=_text(item.get("title")),
        author=next((str(name) for name in names if name), None),
        published_words=_text(item.get("date_published")) or _text(item.get("date_modified")),
    )


def _sitemap(body: bytes, url: str) -> Feed:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(body, parser)
    if root is None:
        return Feed()
    pages: list[Found] = []
    feeds: list[str] = []
    for child in root:
        if not isinstance(child.tag, str):
            continue
        told = {etree.QName(part).localname: (part.text or "").strip() for part in child if isinstance(part.tag, str)}
        address = web_address(url, told.get("loc"))
        if address and etree.QName(child).localname == "sitemap":
            feeds.append(address)
        elif address:
            pages.append(Found(url=permalink(address)))
    return Feed(tuple(pages), tuple(dict.fromkeys(feeds)))


def _words(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return clean(markup)
    return visible_text(Selector(text=f"<div>{markup}</div>"), contacts=True)


def _text(value: Any) -> str | None:
    return str(value).strip() or None if isinstance(value, str | int | float) else None
