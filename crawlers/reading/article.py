"""The main text of an article, without the navigation, the neighbours and the footer around it."""

from __future__ import annotations

import re
from dataclasses import replace

from crawlers.reading.addresses import permalink, web_address
from crawlers.reading.declared import open_graph
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.page import Page
from crawlers.reading.visible import clean, visible_text

# trafilatura's time grows with the square of a page: 30 s for a page of 50,000 paragraphs, which is no article.
_MOST_ELEMENTS = 8_000
_CELL_BORDER = re.compile(r"^\|[ \t]*|[ \t]*\|$", re.MULTILINE)


def read_article(page: Page) -> Found:
    """The article of a page by trafilatura: text, title, author, date; what it does not tell, Open Graph may."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    told = open_graph(page)
    if float(page.root.xpath("count(//*)").get() or 0) > _MOST_ELEMENTS:
        return replace(told, text=_all_words(page))
    document = bare_extraction(page.html, url=page.url, with_metadata=True, include_comments=False)
    if not isinstance(document, Document):
        return told
    address = web_address(page.url, document.url)
    article = Found(
        text=clean(_CELL_BORDER.sub("", document.text or "")),
        url=permalink(address) if address else None,
        title=document.title,
        # trafilatura cuts signs off the end of names in Khmer and Burmese.
        author=told.author or document.author,
        published_words=told.published_words or document.date,
    )
    return fill_gaps(article, told)


def _all_words(page: Page) -> str:
    """What a page too large to be sifted shows in its main part."""
    parts = page.root.css("article") or page.root.css("main") or page.root.css("body")
    return visible_text(parts[0], "nav, header, footer, aside", contacts=True) if parts else ""
