"""Saved pages and pages out of web archives: what they declare, the messages they show, or their main text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from casefile.identity import post_id
from casefile.records import Post
from crawlers.importing import telegram_html
from crawlers.importing.model import MAX_PAGE, Given, NativeIds, Note, Options, Read, SetAside, clean, one_line
from crawlers.reading import telegram
from crawlers.reading.addresses import permalink, web_address
from crawlers.reading.article import read_article
from crawlers.reading.dates import needs_now, read_date
from crawlers.reading.declared import declared_jobs
from crawlers.reading.feeds import read_feed
from crawlers.reading.found import Found
from crawlers.reading.page import Page, read_page
from crawlers.reading.posts import with_title
from crawlers.reading.visible import visible_text

_SAVED_FROM = re.compile(
    r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000}?)\s{0,9}-->|Page saved with SingleFile\s{1,9}url:\s{0,9}(\S{1,2000})"
)
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as somebody saved it: where it came from and when, as far as known."""

    where: str
    body: bytes
    url: str | None = None
    content_type: str | None = None
    at: datetime | None = None


class PageReader:
    """Reads pages, one after the other, into posts; ids stay the same when the same pages are read again."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._ids = NativeIds()

    def read(self, saved: Saved) -> Iterator[Read]:
        """The posts of one page; whatever is wrong with it, the next page can be read."""
        if len(saved.body) > MAX_PAGE:
            yield SetAside(
                saved.where, f"the page is larger than {MAX_PAGE // 1_000_000} MB", "Save the part that matters."
            )
            return
        try:
            found, complaint = _found(saved)
        except Exception as error:  # noqa: BLE001 - the one place where five parsers of foreign HTML may fail in their ways
            yield SetAside(
                saved.where, f"the page cannot be read ({type(error).__name__}: {str(error)[:200]})", "Save it as text."
            )
            return
        posts = [post for one in found if (post := self._post(one, saved))]
        if not posts:
            yield SetAside(saved.where, "no post was found in the page", "If it holds one, save it as text.")
        if complaint:
            yield Note(f"{saved.where}: {complaint}.")
        yield from posts

    def _post(self, found: Found, saved: Saved) -> Post | None:
        options, text = self._options, clean(found.text)
        if not text and not found.media:
            return None
        said = one_line(found.published_words)
        published = None
        if said and (saved.at or not needs_now(said)):
            languages = (options.lang,) if options.lang else ()
            now = saved.at or datetime.now(UTC)
            published = read_date(said, now=now, timezone=getattr(options.zone, "key", None), languages=languages)
        author, title, url = one_line(found.author), one_line(found.title), found.url or None
        name = found.native_id or url
        native_id = self._ids.given(name, text, author) if name else self._ids.next(found.thread, author, said, text)
        return Post(
            id=post_id(options.source, native_id),
            source=options.source,
            url=url,
            text=text,
            native_id=None if native_id == url else native_id,
            title=title,
            author=author,
            author_url=found.author_url,
            published=published.at if published else None,
            published_precision=published.precision if published else None,
            published_words=said,
            lang=options.lang,
            region=options.region,
            thread=one_line(found.thread),
            reply_to=found.reply_to,
            forwarded_from=one_line(found.forwarded_from),
            views=found.views,
            media=found.media,
        )


def read_html(given: Given, options: Options) -> Iterator[Read]:
    """A page that was saved as HTML, or a feed that was saved as it is."""
    with given.open() as stream:
        body = stream.read(MAX_PAGE + 1)
    yield from PageReader(options).read(Saved("the page", body))


def _found(saved: Saved) -> tuple[Sequence[Found], str]:
    """What a page tells, and what was wrong with its charset."""
    start = saved.body[:4_000]
    if _FEED_START.search(start) or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_feed(saved.body, saved.url or "", saved.content_type).entries, ""
    page = read_page(saved.body, saved.url or "", saved.content_type)
    page = replace(page, url=saved.url or declared_address(page) or "")
    return [found if found.url else replace(found, url=None) for found in _of_page(page)], page.complaint


def _of_page(page: Page) -> Sequence[Found]:
    if telegram_html.is_export(page):
        return telegram_html.read_export(page)
    if telegram.is_preview(page):
        return telegram.read_messages(page)
    if page.root.css("a.tgme_action_button_new"):
        return ()  # the door of a Telegram channel that shows nothing outside of Telegram
    jobs = declared_jobs(page)
    if jobs:
        return [replace(job, text=with_title(job.title, job.text)) for job in jobs]
    article = read_article(page)
    body = article.text or "\n".join(visible_text(node, contacts=True) for node in page.root.css("body"))
    address = article.url or (permalink(page.url) if page.url else None)
    return [replace(article, text=with_title(article.title, body), url=address)] if body else ()


def declared_address(page: Page) -> str | None:
    """Where a saved page came from: as the browser wrote it into the file, or as the page names itself."""
    match = _SAVED_FROM.search(page.html[:5_000])
    named = page.root.css('link[rel="canonical"]::attr(href), meta[property="og:url"]::attr(content)').get()
    return web_address("", (match[1] or match[2]) if match else named)
