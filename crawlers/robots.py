"""robots.txt as RFC 9309 reads it: a site whose rules cannot be had right now has forbidden everything."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawlers.certificates import is_untrusted

FORBIDDEN = "robots.txt does not allow it"
UNKNOWN = "robots.txt cannot be had"
_MOST_BYTES = 500 * 1024


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own, which takes a server error for a permission."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unknown: dict[str, str] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Stop a request that the rules forbid, or whose rules are not known (section 2.3.1.4)."""
        if why := self._unknown.get(urlsplit(request.url).netloc):
            raise IgnoreRequest(f"{UNKNOWN} ({why})")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as refusal:
            raise IgnoreRequest(FORBIDDEN) from refusal

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unknown[netloc] = f"HTTP {response.status}"
        # Rules stand only in a good answer: the page of a 404 is none (section 2.3.1.3).
        # More than this nobody has to read (section 2.5), and millions of rules are a trap.
        rules = response.replace(body=response.body[:_MOST_BYTES] if response.status < 300 else b"")
        await super()._parse_robots(rules, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # A site that cannot be found, does not listen or is not to be trusted says so again for the page itself, and more exactly.
        silent = any(word in type(exc).__name__ for word in ("Resolve", "Lookup", "Refused"))
        if not silent and not is_untrusted(exc) and not isinstance(exc, IgnoreRequest):
            self._unknown[netloc] = type(exc).__name__
        super()._robots_error(exc, netloc)
