"""Feeds and sitemaps: every entry is followed to its page, whose main text is the post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scrapy.http import Response
from scrapy.utils.gz import gunzip

from casefile.records import Post
from crawlers.families.source import SourceSpider, Yields
from crawlers.reading.addresses import permalink
from crawlers.reading.article import read_article
from crawlers.reading.cards import read_advert
from crawlers.reading.feeds import read_feed
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.posts import with_title

_GZIP = b"\x1f\x8b"


class FeedSpider(SourceSpider):
    """RSS, Atom, JSON Feed or sitemap.xml, and the pages that it names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unread: dict[str, tuple[Response, Found]] = {}

    def parse(self, response: Response, **kwargs: Any) -> Yields:
        """A feed, or a sitemap of sitemaps."""
        body = response.body
        if body.startswith(_GZIP):
            body = gunzip(body, max_size=self.source.gentle.max_page_bytes)
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        feed = read_feed(body, response.url, content_type)
        for address in feed.feeds:
            yield self.request(address, self.parse)
        for entry in feed.entries:
            if entry.url:
                if entry.text:
                    self._unread[entry.url] = (response, entry)
                yield self.request(entry.url, self.parse_article, entry=entry)
            else:
                yield from self.posts([entry])

    def parse_article(self, response: Response, entry: Found | None = None) -> Yields:
        """The article of an entry; what the page does not tell, the feed may."""
        page = self.page(response)
        select = self.source.select
        told = read_advert(page, select) if select.text else Found()
        told = fill_gaps(told, read_article(page)) if not told.text else told
        if entry:  # who wrote an article, and when, a feed says more surely than a page
            told = fill_gaps(replace(told, author=entry.author or told.author), entry)
        url = entry.url if entry and entry.url else permalink(page.url)
        self._unread.pop(url, None)
        yield from self.posts([replace(told, url=url, text=with_title(told.title, told.text))])

    def leftovers(self) -> Iterator[tuple[Response, list[Post]]]:
        """Entries whose pages could not be had, as far as the feed itself tells them."""
        for response, entry in self._unread.values():
            yield response, list(self.posts([replace(entry, text=with_title(entry.title, entry.text))]))
        self._unread.clear()

    def recheck(self, response: Response) -> Yields:
        """The page of an article that left the feed: feeds forget, so only a page that is gone is gone."""
        yield from self.parse_article(response)
