"""Job boards: listings, the adverts that they lead to, and the next listing.

A card that shows a text is a post. A card that only shows a link leads to the advert's own page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scrapy.http import Response

from casefile.records import Post
from crawlers.families.itself import ReadsItself
from crawlers.families.source import Yields
from crawlers.reading.addresses import permalink
from crawlers.reading.article import read_article
from crawlers.reading.cards import read_advert, read_cards
from crawlers.reading.declared import declared_jobs, next_page
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.page import Page
from crawlers.reading.posts import with_title
from crawlers.reading.selecting import all_addresses, first_address


class BoardSpider(ReadsItself):
    """Listings and adverts, by the source's selectors, or by themselves where it has none for them."""

    def parse(self, response: Response, **kwargs: Any) -> Yields:
        """A listing: its cards, the adverts behind them, and the next listing."""
        if not self._has_selectors():
            yield from self.parse_start(response)
            return
        page, select = self.page(response), self.source.select
        cards = read_cards(page, select)
        yield from self._adverts(card for card in cards if card.text)
        for card in cards:
            if card.url and not card.text:
                yield self.request(card.url, self.parse_advert, card=card)
        for link in all_addresses(page.root, select.thread, page.url):
            yield self.request(link, self.parse_advert)
        if following := first_address(page.root, select.next, page.url) or next_page(page):
            yield self.request(following, self.parse)

    def parse_advert(self, response: Response, card: Found | None = None) -> Yields:
        """An advert on its own page; what the page does not tell, its card may."""
        yield from self._adverts(
            fill_gaps(found, card) if card else found for found in self._read_advert(self.page(response))
        )

    def recheck(self, response: Response) -> Yields:
        """An advert's page, or the listing that held it."""
        if not self._has_selectors():
            yield from self.reread(response)
            return
        page = self.page(response)
        if any(card.text for card in read_cards(page, self.source.select)) and not self.source.select.thread:
            yield from self.page_holds(response)
        else:
            yield from self.parse_advert(response)

    def _has_selectors(self) -> bool:
        return bool(self.source.select.post or self.source.select.thread)

    def _read_advert(self, page: Page) -> list[Found]:
        select = self.source.select
        told = read_advert(page, select)
        own = permalink(page.url)
        if not told.text:
            jobs = declared_jobs(page)
            told = fill_gaps(told, jobs[0] if jobs else read_article(page))
        return [replace(told, url=own)]

    def _adverts(self, found: Iterator[Found] | list[Found]) -> Iterator[Post]:
        return self.posts(replace(one, text=with_title(one.title, one.text)) for one in found)
