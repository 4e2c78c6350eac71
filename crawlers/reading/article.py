"""The main text of an article, without the navigation, the neighbours and the footer around it."""

from __future__ import annotations

import re
from configparser import ConfigParser
from dataclasses import replace
from functools import cache

from crawlers.reading.addresses import permalink, web_address
from crawlers.reading.declared import open_graph
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.page import Page
from crawlers.reading.visible import clean, visible_text

# trafilatura's time grows with the square of a page: 30 s for a page of 50,000 paragraphs, which is no article.
_MOST_ELEMENTS = 8_000
_LONGEST = 3_000_000  # and with that of its characters: 40 s for 20 million
_CELL_BORDER = re.compile(r"^\|?-{3,}\|[-| ]*$|^[| ]+|[| ]+$", re.MULTILINE)


def read_article(page: Page) -> Found:
    """The article of a page by trafilatura: text, title, author, date; what it does not tell, Open Graph may."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    told = open_graph(page)
    if len(page.html) > _LONGEST or float(page.root.xpath("count(//*)").get() or 0) > _MOST_ELEMENTS:
        return replace(told, text=_all_words(page))
    document = bare_extraction(
        page.html, url=page.url, with_metadata=True, include_comments=False, config=_for_dense_scripts()
    )
    if not isinstance(document, Document):
        return told
    address = web_address(page.url, document.url)
    article = Found(
        text=clean(_CELL_BORDER.sub("", clean(document.text or ""))),
        url=permalink(address) if address else None,
        title=document.title,
        # trafilatura cuts signs off the end of names in Khmer and Burmese.
        author=told.author or document.author,
        published_words=told.published_words or document.date,
    )
    return fill_gaps(article, told)


@cache
def _for_dense_scripts() -> ConfigParser:
    """trafilatura's settings; from 60 characters on it trusts what it found, for in Chinese or Burmese that is an article."""
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    return config


def _all_words(page: Page) -> str:
    """What a page too large to be sifted shows in its main part."""
    parts = page.root.css("article") or page.root.css("main") or page.root.css("body")
    return visible_text(parts[0], "nav, header, footer, aside", contacts=True) if parts else ""
