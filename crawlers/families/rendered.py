"""Sites drawn by JavaScript: a browser shows the page, then it is read as a board or a forum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import scrapy
from scrapy.settings import BaseSettings
from scrapy_playwright.page import PageMethod

from crawlers.browser import BrowserFilter, launch_options
from crawlers.exits import exit_for
from crawlers.families.board import BoardSpider
from crawlers.families.forum import ForumSpider
from crawlers.families.source import SourceSpider
from crawlers.gated_browser import gated_provider
from crawlers.rendering import Rendering

_HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"


class Rendered(SourceSpider):
    """Asks for every page of the source through the browser."""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Scrapy's settings for this source, and the browser's."""
        super().update_settings(settings)
        way_out = exit_for(cls.case, cls.source)
        options = launch_options()
        if net_log := settings.get("JEJAK_NET_LOG"):
            options["args"].append(f"--log-net-log={net_log}")
        milliseconds = cls.source.gentle.timeout * 1000
        settings.setdict(
            {
                "DOWNLOAD_HANDLERS": {**settings.getdict("DOWNLOAD_HANDLERS"), "http": _HANDLER, "https": _HANDLER},
                "PLAYWRIGHT_LAUNCH_OPTIONS": options,
                "PLAYWRIGHT_ABORT_REQUEST": BrowserFilter(way_out),
                "PLAYWRIGHT_BROWSER_PROVIDER": gated_provider(way_out),
                "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": milliseconds,
                "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": min(4, cls.source.gentle.concurrency),
                # Rendering takes its time: the browser's own limits end it, not the download's.
                "DOWNLOAD_TIMEOUT": 10 * cls.source.gentle.timeout + 60,
            },
            priority="spider",
        )

    def request(
        self, url: str, callback: Callable[..., Any], *, start: bool = False, **cb_kwargs: Any
    ) -> scrapy.Request:
        """A request that the browser carries out."""
        request = super().request(url, callback, start=start, **cb_kwargs)
        rendering = Rendering(self.source.browser, self.source.gentle.max_page_bytes)
        request.meta.update(
            rendering=rendering,
            playwright=True,
            playwright_context_kwargs={
                "accept_downloads": False,
                "permissions": [],
                "service_workers": "block",
                "ignore_https_errors": False,
                "user_agent": self.settings["USER_AGENT"],
                # What a page can ask the browser for says nothing about where the investigator is.
                "locale": "en-US",
                "timezone_id": "UTC",
            },
            playwright_page_init_callback=rendering.watch,
            playwright_page_methods=[PageMethod(rendering.show)],
        )
        return request


class RenderedBoardSpider(Rendered, BoardSpider):
    """A board drawn by JavaScript."""


class RenderedForumSpider(Rendered, ForumSpider):
    """A forum drawn by JavaScript."""
