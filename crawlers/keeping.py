"""Between the network and the spider: every page is kept with the posts read from it before anything else happens."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from casefile.errors import CrawlError, Refused, SourceDown
from casefile.records import Post
from crawlers.collector import TOLD, Collector
from crawlers.families.source import SourceSpider
from crawlers.reading.page import Page
from crawlers.reading.walls import name_wall
from crawlers.revisits import Revisit, settle
from crawlers.setbacks import Setback, of_exception, of_status, of_wall

_log = logging.getLogger(__name__)
_GONE = (404, 410)


class KeepingMiddleware:
    """A Scrapy spider middleware: errors and walls never reach a spider, posts never leave it unkept."""

    def __init__(self, crawler: Crawler, collector: Collector) -> None:
        self._crawler, self._collector = crawler, collector

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler, Collector.of(crawler))

    def process_spider_input(self, response: Response) -> None:
        """Keep an answer that is an error, name it, and let the spider go on without it."""
        if response.status < 400:
            return
        request = _request(response)
        request.meta[TOLD] = True
        self._collector.keep(response, [])
        revisit: Revisit | None = request.meta.get("revisit")
        if revisit and response.status in _GONE:
            self._collector.mark_gone([post.id for post in revisit.posts])
            raise SourceDown(f"{response.url}: gone")
        wall = None if response.status in _GONE else name_wall(self._spider.page(response), response.status)
        self._collector.set_aside(request, of_wall(wall) if wall else of_status(response.status))
        raise Refused(wall) if wall else SourceDown(f"{response.url}: HTTP {response.status}")

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Keep the page with its posts; then, not before, let its links be followed."""
        if _request(response).meta.get(TOLD) is True:
            return  # what became of an error is told already
        posts: dict[str, Post] = {}
        requests: list[Request] = []
        async for item in result:
            if isinstance(item, Post):
                posts[item.id] = item
            else:
                requests.append(item)
        revisit: Revisit | None = _request(response).meta.get("revisit")
        if revisit:
            for request in self._keep_revisit(response, revisit, list(posts.values())):
                yield request
            return
        new = self._collector.keep(response, list(posts.values()))
        if not posts and not requests:
            self._name_empty_page(response)
        self._name_complaint(response)
        for request in self._collector.admit(response, requests, new):
            yield request
        for request in self._collector.former_ways(self._spider, response):
            yield request

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[Any]:
        """A page that cannot be read is set aside; it is still kept, and the others are read."""
        request = _request(response)
        setback = of_exception(exception, request) if isinstance(exception, CrawlError) else None
        if setback is None:
            _log.error("%s could not be read", response.url, exc_info=exception)
            setback = Setback(f"could not be read ({type(exception).__name__}: {exception})", "Please report this.")
        self._collector.set_aside(request, setback)
        request.meta[TOLD] = "set aside"
        return []

    @property
    def _spider(self) -> SourceSpider:
        spider = self._crawler.spider
        assert isinstance(spider, SourceSpider)  # the collector exists only for these
        return spider

    def _keep_revisit(self, response: Response, revisit: Revisit, read: Sequence[Post]) -> list[Request]:
        """Keep what a page still holds, mark what it proves to be gone, and go on looking for the rest."""
        held, missing = settle(revisit.posts, read)
        self._collector.keep(response, held)
        if _request(response).meta.get(TOLD) or (not read and name_wall(self._spider.page(response), response.status)):
            return []
        address, captured_on = revisit.address, revisit.captured_on
        gone = {p.id for p in missing if self._spider.proves_gone(p, address, captured_on.get(p.id, ""), read)}
        self._collector.mark_gone(sorted(gone))
        return self._collector.revisits(self._spider, [post for post in missing if post.id not in gone], address)

    def _name_empty_page(self, response: Response) -> None:
        """A page with neither posts nor links: a wall, an empty page, or one whose selectors no longer fit."""
        request = _request(response)
        if request.meta.get(TOLD):
            return
        page = self._spider.page(response)
        wall = name_wall(page, response.status)
        if wall:
            setback = of_wall(wall)
        elif not page.html.strip():
            setback = Setback("the page is empty", "Look at the address in a browser.", final=True)
        else:
            setback = Setback(
                "no post was found on this page", "Compare the source's selectors with the page.", final=True
            )
        self._collector.set_aside(request, setback)

    def _name_complaint(self, response: Response) -> None:
        page: Page | None = response.meta.get("page")
        if page is not None and page.complaint:
            self._collector.problem(
                response.url, page.complaint, "The posts were read; compare their text with the page."
            )


def _request(response: Response) -> Request:
    assert response.request is not None  # Scrapy sets it on every answer that reaches a spider
    return response.request


class SetbackMiddleware:
    """Tells the collector of every page that could not be had: the last of all to see an exception."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:
        """Write the setback down and let Scrapy go on with it."""
        request.meta[TOLD] = True
        collector: Collector | None = self._crawler.get_extension(Collector)
        setback = of_exception(exception, request)
        if collector is not None and setback is not None and not request.meta.get("dont_obey_robotstxt"):
            collector.set_aside(request, setback)
        return None
