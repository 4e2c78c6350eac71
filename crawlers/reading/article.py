"""The main text of an article, without the navigation, the neighbours and the footer around it."""

from __future__ import annotations

import re

from crawlers.reading.addresses import permalink, web_address
from crawlers.reading.declared import open_graph
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.page import Page
from crawlers.reading.visible import clean

# trafilatura's time grows with the page; a page of 20 MB holds no article worth minutes.
_LIMIT = 5_000_000
_CELL_BORDER = re.compile(r"^\|[ \t]*|[ \t]*\|$", re.MULTILINE)


def read_article(page: Page) -> Found:
    """The article of a page by trafilatura: text, title, author, date; what it does not tell, Open Graph may."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    document = bare_extraction(page.html[:_LIMIT], url=page.url, with_metadata=True, include_comments=False)
    told = open_graph(page)
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
