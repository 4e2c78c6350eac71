"""What a page is and which posts it holds: the one door through which probe, crawl and import read foreign pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from crawlers.reading import telegram
from crawlers.reading.declared import declared_jobs
from crawlers.reading.engines.declared import complete, declared_comments, declared_thread, tells_more
from crawlers.reading.engines.known import Known, known_engine
from crawlers.reading.engines.wordpress import read_comments, read_rest
from crawlers.reading.engines.zones import stated_zone
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.paging import next_page
from crawlers.reading.posts import with_title
from crawlers.reading.unknown import read_unknown

_MOST_MARKS = 5  # that a person is told


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
    `complaint` says what could not be read as it should have been, and is empty if nothing was.
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
    complaint: str = ""


def understand(page: Page) -> Understood:
    """Read a page that nobody wrote a scraper for: by its engine, by what it declares, by its looks."""
    understood = _understood(page)
    complaints = filter(None, (page.complaint, understood.complaint))
    return replace(understood, complaint="; ".join(complaints))


def _understood(page: Page) -> Understood:
    if telegram.is_preview(page):
        posts = tuple(telegram.read_messages(page))
        return Understood(type=PageType.TELEGRAM, engine="telegram-preview", sure=1.0, posts=posts)
    if telegram.is_contact(page):
        return Understood(
            type=PageType.TELEGRAM,
            engine="telegram-contact",
            sure=1.0,
            signs=("marks of a Telegram contact in the page",),
        )
    known = known_engine(page)
    if known and known.reading.posts:
        return _thread(page, known)
    if jobs := declared_jobs(page):
        posts = tuple(replace(job, text=with_title(job.title, job.text)) for job in jobs)
        return Understood(type=PageType.JOB, engine="schema.org", sure=0.9, posts=posts, next_page=next_page(page))
    if rest := read_rest(page):
        return Understood(type=PageType.FEED, engine="WordPress REST API", sure=1.0, posts=tuple(rest))
    comments = _comments(page)
    seen = _by_looks(page, has_comments=bool(comments.posts))
    declared = declared_thread(page)
    # Questions that a site answers itself are signed and dated by nobody.
    if any(post.author or post.published_words for post in declared):
        return _declared(declared, seen)
    if known:
        return _board(page, known, seen)
    return _with_comments(seen, comments) if comments.posts and seen.type is PageType.ARTICLE else seen


def _thread(page: Page, known: Known) -> Understood:
    posts = known.reading.posts
    if not all(post.author and post.published_words for post in posts):
        posts = tuple(complete(posts, declared_thread(page)))
    return Understood(
        type=PageType.FORUM,
        engine=known.engine.name,
        sure=known.recognition.sure,
        signs=_signs(known),
        posts=posts,
        next_page=known.engine.next_page(page) or next_page(page),
        timezone=stated_zone(page),
        why=known.reading.why,
        complaint=known.reading.complaint,
    )


def _signs(known: Known) -> tuple[str, ...]:
    marks = known.recognition.signs
    more = " …" if len(marks) > _MOST_MARKS else ""
    return (f"marks of {known.engine.name} in the page: {', '.join(marks[:_MOST_MARKS])}{more}",)


def _board(page: Page, known: Known, seen: Understood) -> Understood:
    """A page of a known engine that holds no thread: a list of threads, or something beside the forum."""
    threads = known.engine.list_threads(page)
    if not threads:
        return seen
    return replace(
        seen,
        type=PageType.LISTING,
        engine=known.engine.name,
        sure=known.recognition.sure,
        signs=_signs(known),
        posts=seen.posts if seen.type is PageType.LISTING else (),
        threads=threads,
        next_page=known.engine.next_page(page) or seen.next_page,
        timezone=stated_zone(page),
    )


def _declared(declared: list[Found], seen: Understood) -> Understood:
    """A thread that a page declares. Some declare only its beginning: then what is seen of it is read instead."""
    if tells_more(seen.posts, declared):
        return replace(seen, type=PageType.FORUM, engine="schema.org", posts=tuple(complete(seen.posts, declared)))
    return Understood(
        type=PageType.FORUM,
        engine="schema.org",
        sure=0.8,
        signs=("it declares a thread in schema.org's words",),
        posts=tuple(declared),
        next_page=seen.next_page,
        why=dict.fromkeys(("text", "author", "published", "url"), "what the page declares in schema.org's words"),
    )


@dataclass(frozen=True, slots=True)
class _Comments:
    """What readers wrote under an article, and by whose markup that is known."""

    engine: str
    posts: tuple[Found, ...]


def _comments(page: Page) -> _Comments:
    if comments := read_comments(page):
        return _Comments("WordPress", tuple(comments))
    return _Comments("schema.org", tuple(declared_comments(page)))


def _with_comments(seen: Understood, comments: _Comments) -> Understood:
    """An article, followed by what readers wrote under it; where they wrote more than it holds it is a discussion."""
    told = sum(len(comment.text) for comment in comments.posts)
    kind = PageType.FORUM if told > sum(len(post.text) for post in seen.posts) else PageType.ARTICLE
    posts = (*seen.posts, *comments.posts)
    return replace(seen, type=kind, engine=comments.engine, posts=posts, signs=(*seen.signs, "comments under it"))


def _by_looks(page: Page, *, has_comments: bool) -> Understood:
    """What nothing declares: only its look tells."""
    read = read_unknown(page, has_comments=has_comments)
    return Understood(
        type=PageType(read.kind),
        engine="unknown",
        sure=read.sure,
        signs=read.signs,
        posts=read.posts,
        next_page=next_page(page),
        threads=read.threads,
        why=read.why,
    )
