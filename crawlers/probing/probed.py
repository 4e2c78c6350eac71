"""What a probe found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedPost:
    """A post as a page shows it; `published` is the page's own time (ISO 8601), no more exact than its words."""

    text: str
    author: str | None = None
    published: str | None = None
    published_words: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a page or a file is held to be, how sure that is (0 to 1), by which signs, and which posts it shows.

    `type` and `engine` are None where the page could not be had.
    `robots` says what robots.txt allows, `crawl_delay` how many seconds it asks for between visits, `javascript` whether a browser is needed (None: not known), `wall` what hides
    the posts, `more_button` is the CSS of the one button that brings more posts, `notes` what else a person should know. `languages` are those that the page itself declares.
    """

    type: str | None
    engine: str | None
    sure: float
    signs: tuple[str, ...] = ()
    posts: tuple[ProbedPost, ...] = ()
    url: str | None = None
    title: str | None = None
    languages: tuple[str, ...] = ()
    timezone: str | None = None
    robots: str | None = None
    crawl_delay: float | None = None
    javascript: bool | None = None
    wall: str | None = None
    next_page: str | None = None
    more_button: str | None = None
    threads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
