"""Probing a page: what the door of reading makes of it, with its dates read and its wall named."""

from __future__ import annotations

from datetime import datetime

from crawlers.probing.moments import moment_in_words
from crawlers.probing.probed import Probed, ProbedPost
from crawlers.reading.addresses import web_address
from crawlers.reading.buttons import more_button
from crawlers.reading.date_order import DateOrder
from crawlers.reading.dates import page_order
from crawlers.reading.found import Found
from crawlers.reading.languages import declared_languages
from crawlers.reading.page import Page
from crawlers.reading.understand import understand
from crawlers.reading.visible import clean
from crawlers.reading.walls import wall_before

_MOST_FEEDS = 3


def probe_page(page: Page, *, at: datetime | None, status: int = 200, zone: str | None = None) -> Probed:
    """What a page is and which posts it shows; `at` is when it was seen, `zone` what a person says of its times."""
    understood = understand(page)
    languages = declared_languages(page)
    zone = zone or understood.timezone
    wall = wall_before(page, status, understood)
    order = page_order((found.published_words for found in understood.posts), languages)
    shown = [found for found in understood.posts if shows(found)]
    posts = () if wall else tuple(probed_post(found, at, zone, languages, order) for found in shown)
    return Probed(
        type=understood.type.value,
        engine=understood.engine,
        sure=understood.sure,
        signs=understood.signs,
        posts=posts,
        url=page.url or None,
        title=clean(page.root.xpath("string(//title)").get() or "").replace("\n", " ") or None,
        languages=languages,
        timezone=zone,
        wall=wall,
        next_page=understood.next_page,
        more_button=more_button(page),
        threads=understood.threads,
        notes=_notes(page, understood.complaint),
        why=understood.why,
        at=at,
    )


def probed_post(
    found: Found, at: datetime | None, zone: str | None, languages: tuple[str, ...], order: DateOrder | None = None
) -> ProbedPost:
    """One post of a page, with its time read."""
    return ProbedPost(
        text=clean(found.text),
        author=found.author,
        published=moment_in_words(found.published_words, at=at, zone=zone, languages=languages, order=order),
        published_words=found.published_words,
        url=found.url or None,
        title=found.title,
    )


def shows(found: Found) -> bool:
    """Whether there is anything to see of a post: words, or media."""
    return bool(clean(found.text) or found.media)


def _notes(page: Page, complaint: str) -> tuple[str, ...]:
    """What else is worth knowing: what could not be read as it should, feeds that the site offers."""
    links = page.root.xpath(
        '//link[@rel="alternate"][contains(@type, "rss") or contains(@type, "atom")]/@href'
    ).getall()
    feeds = dict.fromkeys(address for link in links[:_MOST_FEEDS] if (address := web_address(page.url, link)))
    offered = [f"The page offers a feed, which can be a source too: {address}" for address in feeds]
    return (*([f"{complaint}."] if complaint else []), *offered)
