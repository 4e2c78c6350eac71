"""A crawl stays on the site of its source: links and redirects to other sites are left alone."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest

from crawlers.families.source import SourceSpider

ELSEWHERE = "another site"


class HostMiddleware(OffsiteMiddleware):
    """Scrapy's own check, without its exception for requests that may be repeated: their redirects lead anywhere."""

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Leave links alone before they are queued; a redirect is stopped below, where its end is written down."""
        if "redirect_urls" not in request.meta:
            super().request_scheduled(request, spider)

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Stop a request that leaves the site."""
        own = self.crawler.spider
        if isinstance(own, SourceSpider) and not self.should_follow(request, own):
            raise IgnoreRequest(f"leads to {ELSEWHERE}")
