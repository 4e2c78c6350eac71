"""Waiting when a site asks for it: Retry-After, or twice as long after each refusal; and going when it asks too often."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.collector import Collector
from crawlers.setbacks import host_of

_ASKS_FOR_PATIENCE = (429, 503)  # RFC 6585 section 4, RFC 9110 section 15.6.4
_MOST_REFUSALS, _MOST_SILENCES = 5, 15  # in a row
_LONGEST, _SHORTEST = 600.0, 0.1  # seconds that we wait


def asked_wait(retry_after: str, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, as a number or a date (RFC 9110 section 10.2.3); None where it says nothing."""
    words = retry_after.strip()
    if words.isascii() and words.isdecimal():
        return float(words[:9])
    try:
        until = parsedate_to_datetime(words)
    except ValueError:
        return None
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())


class PatienceMiddleware(RetryMiddleware):
    """Scrapy's repetition of what failed, with a pause of the whole host where the host asks for one."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self._first_wait = max(2 * crawler.settings.getfloat("DOWNLOAD_DELAY"), _SHORTEST)
        self._until: dict[str, float] = {}
        self._refusals: Counter[str] = Counter()
        self._silences: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PatienceMiddleware:
        """Scrapy's way to make one."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait until the host may be asked again; a crawl that is being stopped waits no longer."""
        host = host_of(request)
        while (left := self._until.get(host, 0.0) - time.monotonic()) > 0:
            if self.crawler.engine is None or not self.crawler.engine.running:
                raise IgnoreRequest("was not asked for, as the crawl was stopped")
            await asyncio.sleep(min(left, 0.25))

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Pause the host that asks for it, and ask again later, or never when it asks too often or for too long."""
        host = host_of(request)
        self._silences.pop(host, None)
        if response.status not in _ASKS_FOR_PATIENCE:
            self._refusals.pop(host, None)
            return super().process_response(request, response)
        self._refusals[host] += 1
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        asked = asked_wait(header, datetime.now(UTC))
        wait = min(_LONGEST, self._first_wait * 2 ** (self._refusals[host] - 1)) if asked is None else asked
        if wait > _LONGEST:
            self._go(f"as the site asks to be left alone for {wait / 60:.0f} minutes (HTTP {response.status})")
            return response
        if self._refusals[host] >= _MOST_REFUSALS:
            self._go(f"as the site asked {_MOST_REFUSALS} times in a row to be left alone (HTTP {response.status})")
            return response
        self._until[host] = max(self._until.get(host, 0.0), time.monotonic() + wait)
        return super().process_response(request, response)

    def process_exception(
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        """Ask again what was not answered, unless the host has fallen silent."""
        if isinstance(exception, self.exceptions_to_retry):
            host = host_of(request)
            self._silences[host] += 1
            if self._silences[host] >= _MOST_SILENCES:
                self._go(f"as the site did not answer {_MOST_SILENCES} times in a row")
                return None
        return super().process_exception(request, exception)

    def _go(self, why: str) -> None:
        collector = self.crawler.get_extension(Collector)
        if collector is not None:
            collector.stop(why)
