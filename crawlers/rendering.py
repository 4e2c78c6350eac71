"""Bringing a page in the browser to show its posts, and keeping what it then shows."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as BrowserError
from playwright.async_api import Response as BrowserResponse
from playwright.async_api import TimeoutError as BrowserTimeout
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from casefile.evidence.exchange import Exchange
from casefile.settings import Browser
from crawlers.certificates import certificate_of, heed_certificates
from crawlers.gate import reached
from crawlers.wire import exchange_of

_MOST_CLICKS = 200
_MOST_PIXELS = 16_000  # Chromium draws no taller picture
_LONGEST_ANSWER = 30.0  # seconds; a page whose scripts never end answers nothing
_SIZE = "document.getElementsByTagName('*').length"
Answered = TypeVar("Answered")


@dataclass(slots=True)
class Rendering:
    """One page in the browser: the answer it came from, and what it became."""

    browser: Browser
    largest: int  # characters
    answer: BrowserResponse | None = None
    body: bytes | None = None
    dom: bytes = b""
    screenshot: bytes | None = None
    certificate: str | None = None
    session: CDPSession | None = None

    def exchange(self, response: Response, request: Request) -> Exchange:
        """What went over the wire: the page as the site sent it, not as it was rendered."""
        exchange = exchange_of(response, request)
        ip = reached.get(urlsplit(response.url).hostname or "")
        exchange = replace(exchange, ip=ip, certificate=self.certificate)
        return exchange if self.body is None else replace(exchange, body=self.body)

    async def watch(self, page: Page, request: Request) -> None:
        """Called when the page is new: remember its answer; nothing may open a window, a dialog or a socket."""
        page.on("response", lambda answer: self._note(answer, page))
        self.session = await heed_certificates(page)
        page.on("popup", lambda popup: popup.close())
        # The page itself passes the gate; a window that it opens would not, so such windows load nothing.
        await page.context.unroute_all()
        await page.context.route("**", lambda route: route.abort())
        await page.route_web_socket("**/*", lambda socket: socket.close())

    async def show(self, page: Page) -> None:
        """Called when the page is loaded: wait, click and scroll until its posts are there, then keep them."""
        patience = self.browser.wait_seconds * 1000
        if self.browser.wait_for:
            with contextlib.suppress(BrowserError):  # a page without posts is told by whoever reads it
                await page.wait_for_selector(self.browser.wait_for, timeout=patience, state="attached")
        if self.browser.click:
            await self._click(page, self.browser.click, patience)
        for _ in range(self.browser.scrolls):
            await _answer(page.mouse.wheel(0, 20_000))
            await _settle(page, patience)
        if await _answer(page.evaluate("document.documentElement.outerHTML.length")) > self.largest:
            raise DownloadCancelledError("the page that the browser drew is too large")
        self.dom = (await _answer(page.content())).encode("utf-8", "replace")
        with contextlib.suppress(BrowserError):  # a page too tall or too odd to draw is still read
            self.screenshot = await self._draw(page)
        with contextlib.suppress(BrowserError):  # a browser that does not tell it
            if self.session is not None:
                self.certificate = await _answer(certificate_of(self.session, page.url))
        if self.answer is not None:
            with contextlib.suppress(BrowserError):  # the browser has dropped it
                self.body = await _answer(self.answer.body())

    def _note(self, answer: BrowserResponse, page: Page) -> None:
        if answer.request.is_navigation_request() and answer.frame == page.main_frame:
            self.answer = answer

    async def _click(self, page: Page, query: str, patience: float) -> None:
        """Click "load more" until it is gone, hidden, disabled, or loads nothing more."""
        site = urlsplit(page.url).netloc
        for _ in range(_MOST_CLICKS):
            button = page.locator(query).first
            try:
                if not await _answer(button.is_visible()) or not await _answer(button.is_enabled()):
                    return
                before = await _answer(page.evaluate(_SIZE))
                await button.click(timeout=patience)
                await _settle(page, patience)
                after = await _answer(page.evaluate(_SIZE))
            except BrowserError:
                return
            if after == before or urlsplit(page.url).netloc != site:
                return

    async def _draw(self, page: Page) -> bytes:
        height = await _answer(page.evaluate("document.documentElement.scrollHeight"))
        width = await _answer(page.evaluate("document.documentElement.clientWidth"))
        if height <= _MOST_PIXELS:
            return await page.screenshot(full_page=True, type="png", animations="disabled")
        clip: Any = {"x": 0, "y": 0, "width": width, "height": _MOST_PIXELS}
        return await page.screenshot(full_page=True, clip=clip, type="png", animations="disabled")


async def _answer(asked: Awaitable[Answered]) -> Answered:
    """What a page is asked; raises the browser's own TimeoutError when no answer comes."""
    try:
        return await asyncio.wait_for(asked, _LONGEST_ANSWER)
    except TimeoutError as error:
        raise BrowserTimeout("the page is busy with itself") from error


async def _settle(page: Page, patience: float) -> None:
    """Wait until what was asked for has arrived."""
    await page.wait_for_timeout(50)
    with contextlib.suppress(BrowserError):  # a page that never rests is read as it is
        await page.wait_for_load_state("networkidle", timeout=min(patience, 5_000))
    await page.wait_for_timeout(50)
