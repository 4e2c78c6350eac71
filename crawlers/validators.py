"""Conditional requests: a page that has not changed since the last visit is not sent again, but still read again."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from casefile.errors import EvidenceError
from casefile.records import KnownPage
from crawlers.collector import Collector

_KNOWN = "known_page"


class ValidatorMiddleware:
    """Adds ETag and Last-Modified to requests for known pages, and answers a 304 with the page as it was kept."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        collector = crawler.get_extension(Collector)
        if collector is None:
            raise NotConfigured("no case, so nothing is known")
        return cls(collector)

    def process_request(self, request: Request) -> None:
        """Ask for the page only if it changed."""
        if request.meta.get("playwright") or request.meta.get("dont_obey_robotstxt"):
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
            body, headers = self._collector.page_body(known), self._kept_headers(known)
        except EvidenceError:  # the evidence is damaged, which `jejak verify` tells; the page itself can be had again
            return self._unconditional(request)
        merged = Headers({**headers, **response.headers})
        kind = responsetypes.from_args(headers=merged, url=response.url, body=body)
        return response.replace(cls=kind, status=200, body=body, headers=merged)

    def _unconditional(self, request: Request) -> Request:
        again = request.replace(dont_filter=True)
        again.meta.pop(_KNOWN, None)
        for name in ("If-None-Match", "If-Modified-Since"):
            again.headers.pop(name, None)
        return again

    def _kept_headers(self, known: KnownPage) -> dict[str, str]:
        """The headers that the body came with: without its Content-Type its charset would be a guess."""
        try:
            with (self._collector.evidence_folder / known.warc_file).open("rb") as file:
                file.seek(known.warc_offset)
                record: Any = next(iter(ArchiveIterator(file)))
                return {name: value for name, value in record.http_headers.headers if name.lower() == "content-type"}
        except (OSError, StopIteration, ArchiveLoadFailed, AttributeError) as error:
            raise EvidenceError(f"{known.warc_file}: no readable record at byte {known.warc_offset}") from error
