"""Forums: lists of threads, threads of several pages, every reply a post of its own."""

from __future__ import annotations

from typing import Any

from scrapy.http import Response

from crawlers.families.itself import ReadsItself
from crawlers.families.source import Yields
from crawlers.reading.addresses import permalink
from crawlers.reading.cards import read_replies
from crawlers.reading.declared import next_page
from crawlers.reading.selecting import all_addresses, first_address


class ForumSpider(ReadsItself):
    """Threads by the source's selectors, or by themselves where it has no `select.post`.

    A source with `select.post` and without `select.thread` is one thread.
    """

    def parse(self, response: Response, **kwargs: Any) -> Yields:
        """A list of threads, or the one thread that the source is."""
        if not self.source.select.post:
            yield from self.parse_start(response)
            return
        page, select = self.page(response), self.source.select
        if not select.thread:
            yield from self.parse_thread(response)
            return
        for link in all_addresses(page.root, select.thread, page.url):
            yield self.request(link, self.parse_thread)
        if following := first_address(page.root, select.next, page.url) or next_page(page):
            yield self.request(following, self.parse)

    def parse_thread(self, response: Response, thread: str | None = None) -> Yields:
        """One page of a thread, and the next; the thread is known by the address of its first page."""
        page, select = self.page(response), self.source.select
        thread = thread or permalink(page.url)
        yield from self.posts(read_replies(page, select, thread))
        if following := first_address(page.root, select.next, page.url) or next_page(page):
            yield self.request(following, self.parse_thread, thread=thread)

    def recheck(self, response: Response) -> Yields:
        """The page of a thread that held known replies."""
        if not self.source.select.post:
            yield from self.reread(response)
            return
        thread = response.meta.get("thread") or permalink(response.url)
        yield from self.posts(read_replies(self.page(response), self.source.select, thread))
