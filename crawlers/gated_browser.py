"""Starting the browser so that it reaches nothing but through the gate."""

from __future__ import annotations

from typing import ClassVar

from playwright.async_api import Browser
from scrapy_playwright.provider import PlaywrightBrowserProvider

from crawlers.exits import Direct, Exit
from crawlers.gate import Gate


class GatedBrowserProvider(PlaywrightBrowserProvider):  # type: ignore[misc]  # the library carries no types
    """Starts the browser with the gate as its proxy, loopback addresses included."""

    way_out: ClassVar[Exit] = Direct()

    async def launch_browser(self) -> Browser:
        """A browser that reaches nothing but through the gate."""
        port = await Gate(self.way_out, browser=True).open()
        self.config.launch_options["proxy"] = {"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"}
        browser: Browser = await super().launch_browser()
        return browser


def gated_provider(way_out: Exit) -> type[GatedBrowserProvider]:
    """The provider for a source that leaves by this way."""
    return type("SourceBrowserProvider", (GatedBrowserProvider,), {"way_out": way_out})
