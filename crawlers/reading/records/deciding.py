"""Whether a page is a list of posts that lie elsewhere, a thread of posts, or one article."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawlers.reading.page import Page
from crawlers.reading.records.outline import Outline
from crawlers.reading.records.ranking import how_likely
from crawlers.reading.records.sifting import Sifted

_ARTICLE = re.compile(r'"@type"\s*:\s*"(?:Article|NewsArticle|BlogPosting|Report)"')
_LONGEST_SCRIPT = 200_000


def traits_of_page(page: Page, outline: Outline, sifted: Sifted) -> dict[str, float]:
    """What tells lists from articles, each between 0 and 1."""
    regions = sifted.regions
    posts = sum(region.chars for region in regions)
    path = [part for part in urlsplit(page.url).path.split("/") if part]
    declared = page.root.xpath('//meta[@property="og:type"]/@content').get() or ""
    return {
        "share": posts / (posts + sifted.prose + 1),
        "best": max((how_likely(region, outline) for region in regions), default=0.0),
        "many": min(1.0, math.log10(1 + sum(len(region.records) for region in regions)) / 2),
        "says_article": float(declared.strip() == "article"),
        "data_article": float(_holds_article(page)),
        "front": float(not path),
        "deep": min(1.0, len(path) / 4),
    }


def likely_list(page: Page, outline: Outline, sifted: Sifted) -> float:
    """How likely (0 to 1) a page is there for the records that were found in it, and not for one text."""
    if not sifted.regions:
        return 0.0
    seen = traits_of_page(page, outline, sifted)
    return 1 / (1 + math.exp(-_BIAS - sum(weight * seen[name] for name, weight in _WEIGHTS.items())))


def _holds_article(page: Page) -> bool:
    scripts = page.root.xpath('//script[@type="application/ld+json"]/text()').getall()
    return any(_ARTICLE.search(script[:_LONGEST_SCRIPT]) for script in scripts)


# Fitted (logistic, L2) on 153 saved lists and articles; halves told each other's pages apart as well as their own.
_BIAS = -3.39
_WEIGHTS: Mapping[str, float] = {
    "best": 3.65,
    "many": 3.12,
    "front": 2.85,
    "share": 2.21,
    "deep": -2.01,
    "says_article": -1.50,
    "data_article": -1.36,
}
