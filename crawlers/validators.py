"""Conditional requests: a page that has not changed since the last visit is not sent again, but still read again."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from casefile.errors import EvidenceError
from casefile.records import KnownPage
from crawlers.collector import Collector
from crawlers.kept import as_kept

_KNOWN = "known_page"
_WHOLE = "whole"  # the page itself is wanted, whatever is known of it


class ValidatorMiddleware:
    """Adds ETag and Last-Modified to requests for known pages, and answers a 304 with the page as it was kept."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(Collector.of(crawler))

    def process_request(self, request: Request) -> None:
        """Ask for the page only if it changed."""
        if request.meta.keys() & {"playwright", "dont_obey_robotstxt", _WHOLE}:
            return
        known = self._collector.known_page(request.url)
        if known is None or not (known.etag or known.last_modified):
            return
        request.meta[_KNOWN] = known
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Put the kept body into an answer that says "not modified"."""
        known: KnownPage | None = request.meta.get(_KNOWN)
        if response.status != 304 or known is None:
            return response
        try:
            return as_kept(self._collector, known, response)
        except EvidenceError:  # the evidence is damaged, which `jejak verify` tells; the page itself can be had again
            return self._unconditional(request)

    def _unconditional(self, request: Request) -> Request:
        again = request.replace(dont_filter=True)
        again.meta.pop(_KNOWN, None)
        again.meta[_WHOLE] = True
        for name in ("If-None-Match", "If-Modified-Since"):
            again.headers.pop(name, None)
        return again
