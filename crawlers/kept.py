"""Pages out of the evidence as answers: a crawl that was cut off reads what it kept before it asks for the rest."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from casefile.errors import EvidenceError
from casefile.evidence.reading import warc_path
from casefile.records import KnownPage
from crawlers.collector import Collector
from crawlers.frontier import KEPT
from crawlers.setbacks import LEFT_ALONE


class FrontierMiddleware:
    """A Scrapy downloader middleware: what this crawl was told before it was cut off is not asked for again."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        collector = crawler.get_extension(Collector)
        if collector is None:
            raise NotConfigured("no case, so nothing is known")
        return cls(collector)

    def process_request(self, request: Request) -> Response | None:
        """The page as it was kept, or None: it is to be asked for."""
        fresh = request.meta.keys() & {"start", "revisit", "playwright", "dont_obey_robotstxt"}
        if not fresh and self._collector.leaves(request.url):
            raise IgnoreRequest(LEFT_ALONE)
        page = request.meta.pop(KEPT, None)
        if page is None and not fresh:
            page = self._collector.kept_in_this_crawl(request.url)
        if page is None or page.url != request.url:
            return None
        try:
            answer = self._answer(page, request)
        except EvidenceError:  # `jejak verify` tells of the damage; the page itself can be had again
            return None
        request.meta[KEPT] = page
        return answer

    def _answer(self, page: KnownPage, request: Request) -> Response:
        body, headers = self._collector.page_body(page), Headers(kept_headers(self._collector, page))
        kind = responsetypes.from_args(headers=headers, url=page.url, body=body)
        return kind(page.url, status=200, headers=headers, body=body, request=request)


def kept_headers(collector: Collector, page: KnownPage) -> dict[str, str]:
    """The headers that a body came with: without its Content-Type its charset would be a guess. Raises EvidenceError."""
    try:
        with warc_path(collector.evidence_folder, page.warc_file).open("rb") as file:
            file.seek(page.warc_offset)
            record: Any = next(iter(ArchiveIterator(file)))
            return {name: value for name, value in record.http_headers.headers if name.lower() == "content-type"}
    except (OSError, StopIteration, ArchiveLoadFailed, AttributeError) as error:
        raise EvidenceError(f"{page.warc_file}: no readable record at byte {page.warc_offset}") from error
