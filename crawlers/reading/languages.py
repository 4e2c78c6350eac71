"""The language that a page says it is in."""

from __future__ import annotations

from crawlers.reading.page import Page


def declared_languages(page: Page) -> tuple[str, ...]:
    """The language that a page says it is in (ISO 639), if it does."""
    told = page.root.xpath("/html/@lang").get() or page.root.xpath('//meta[@property="og:locale"]/@content').get() or ""
    code = told.strip().replace("_", "-").partition("-")[0].lower()
    return (code,) if code.isascii() and code.isalpha() and len(code) in (2, 3) else ()
