"""Printing a page of our own to PDF with the browser, which shapes and breaks every script of the region rightly.

No script runs in it and nothing is fetched: whatever strangers wrote into the page stays text.
"""

from __future__ import annotations

import io

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

from casefile.errors import MissingProgram
from crawlers.browser import launch_options

_LONGEST = 180_000.0  # milliseconds; a busy machine needs a while to start a browser


def print_pdf(html: str) -> bytes:
    """The page as a tagged PDF with an outline; paper, margins and page numbers are the page's own (`@page`).

    Raises MissingProgram where there is no browser, or it cannot print.
    """
    options = launch_options()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(timeout=_LONGEST, **options)
            context = browser.new_context(java_script_enabled=False, offline=True, service_workers="block")
            context.route("**", lambda route: route.abort())
            page = context.new_page()
            page.set_content(html, timeout=_LONGEST)
            printed = page.pdf(tagged=True, outline=True, prefer_css_page_size=True, print_background=True)
            browser.close()
    except BrowserError as error:
        first = str(error).splitlines()[0]
        raise MissingProgram(
            f"The browser could not print the page ({first})", "Take --form html, and print it from any browser."
        ) from error
    return _without_traces(printed)


def _without_traces(printed: bytes) -> bytes:
    """The PDF without what it tells of this machine and hour: the browser, its version, the time of printing."""
    reader = PdfReader(io.BytesIO(printed))
    title = reader.metadata.title if reader.metadata else None
    writer = PdfWriter(clone_from=reader)
    writer.metadata = {"/Title": title} if title else None
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
