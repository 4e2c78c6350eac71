"""Pages out of the evidence as answers: a crawl that was cut off reads what it kept before it asks for the rest."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from casefile.errors import EvidenceError
from casefile.evidence.reading import record_headers, warc_path
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
        return cls(Collector.of(crawler))

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
            answer = as_kept(self._collector, page, Response(page.url, request=request))
        except EvidenceError:  # `jejak verify` tells of the damage; the page itself can be had again
            return None
        request.meta[KEPT] = page
        return answer


def as_kept(collector: Collector, page: KnownPage, answer: Response) -> Response:
    """An answer with the body that its page was kept with, as the type of response that it is. Raises EvidenceError."""
    body = collector.page_body(page)
    # Without the Content-Type that it came with its charset would be a guess.
    path = warc_path(collector.evidence_folder, page.warc_file)
    told = {name: value for name, value in record_headers(path, page.warc_offset) if name.lower() == "content-type"}
    headers = Headers({**told, **answer.headers})
    kind = responsetypes.from_args(headers=headers, url=answer.url, body=body)
    return answer.replace(cls=kind, status=200, body=body, headers=headers)
