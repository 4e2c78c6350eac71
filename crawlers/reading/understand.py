"""What a page is and which posts it holds: the one door through which probe, crawl and import read foreign pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from crawlers.reading import telegram
from crawlers.reading.addresses import permalink
from crawlers.reading.article import read_article
from crawlers.reading.declared import declared_jobs, next_page
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.posts import with_title
from crawlers.reading.visible import visible_text


class PageType(StrEnum):
    """What a page is, for a person."""

    FORUM = "forum"
    TELEGRAM = "telegram"
    JOB = "job"
    LISTING = "listing"
    FEED = "feed"
    ARTICLE = "article"
    WHATSAPP = "whatsapp"
    TELEGRAM_EXPORT = "telegram-export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a page is held to be, how sure that is (0 to 1) and by which signs, and the posts that it holds.

    `why` says for each field of the posts where it was taken from. `timezone` is the zone that the page's own words
    are in, where its engine or the page says so. `next_page` goes on, `threads` lead to pages that hold posts.
    """

    type: PageType
    engine: str
    sure: float
    signs: tuple[str, ...] = ()
    posts: tuple[Found, ...] = ()
    next_page: str | None = None
    threads: tuple[str, ...] = ()
    timezone: str | None = None
    why: Mapping[str, str] = field(default_factory=dict)


def understand(page: Page) -> Understood:
    """Read a page that nobody wrote a scraper for."""
    if telegram.is_preview(page):
        posts = tuple(telegram.read_messages(page))
        return Understood(type=PageType.TELEGRAM, engine="telegram-preview", sure=1.0, posts=posts)
    if jobs := declared_jobs(page):
        posts = tuple(replace(job, text=with_title(job.title, job.text)) for job in jobs)
        return Understood(type=PageType.JOB, engine="schema.org", sure=0.9, posts=posts, next_page=next_page(page))
    return _article(page)


def _article(page: Page) -> Understood:
    article = read_article(page)
    body = article.text or "\n".join(visible_text(node, contacts=True) for node in page.root.css("body"))
    address = article.url or (permalink(page.url) if page.url else None)
    posts = (replace(article, text=with_title(article.title, body), url=address),) if body else ()
    return Understood(type=PageType.ARTICLE, engine="unknown", sure=0.3, posts=posts, next_page=next_page(page))
