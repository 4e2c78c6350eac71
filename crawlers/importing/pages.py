"""Saved pages and pages out of web archives: the posts that they show, as crawling and probing understand them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import unquote

from casefile.identity import post_id
from casefile.records import Media, Post, Precision
from crawlers.importing import downloads_html, telegram_html
from crawlers.importing.model import MAX_PAGE, Given, NativeIds, Note, Options, Read, SetAside, clean, many, one_line
from crawlers.importing.words import words
from crawlers.reading.addresses import web_address
from crawlers.reading.date_order import DateOrder
from crawlers.reading.dates import Published, needs_now, page_order, read_date
from crawlers.reading.feeds import read_feed
from crawlers.reading.found import Found
from crawlers.reading.languages import declared_languages
from crawlers.reading.page import Page, read_page
from crawlers.reading.understand import understand

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


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page tells: its posts, what was wrong with its charset, and how its dates are meant."""

    found: Sequence[Found]
    complaint: str = ""
    timezone: str | None = None
    languages: tuple[str, ...] = ()


class PageReader:
    """Reads pages, one after the other, into posts; ids stay the same when the same pages are read again."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._ids = NativeIds()
        self._without_zone = 0

    def read(self, saved: Saved) -> Iterator[Read]:
        """The posts of one page; whatever is wrong with it, the next page can be read."""
        if len(saved.body) > MAX_PAGE:
            why = f"the page is larger than {MAX_PAGE // 1_000_000} MB; it was read up to there"
            yield SetAside(f"{saved.where}, after byte {MAX_PAGE:,}", why, "Save the part that matters.")
            saved = replace(saved, body=saved.body[:MAX_PAGE])
        try:
            told = _told(saved)
        except Exception as error:  # noqa: BLE001 - the one place where five parsers of foreign HTML may fail in their ways
            yield SetAside(
                saved.where, f"the page cannot be read ({type(error).__name__}: {str(error)[:200]})", "Save it as text."
            )
            return
        order = self._options.date_order or page_order((one.published_words for one in told.found), told.languages)
        posts = [post for one in told.found if (post := self._post(one, saved, told, order))]
        if not posts:
            yield SetAside(saved.where, "no post was found in the page", "If it holds one, save it as text.")
        if told.complaint:
            yield Note(f"{saved.where}: {told.complaint}.")
        yield from posts

    def notes(self) -> Iterator[Note]:
        """What the investigator should know, after all pages were read."""
        if self._without_zone and not self._options.zone_is_told:
            yield Note(
                f"{many(self._without_zone, 'time')} without a zone, read as UTC; name the zone to correct them."
            )

    def _post(self, found: Found, saved: Saved, told: _Told, order: DateOrder | None) -> Post | None:
        options, text = self._options, clean(found.text)
        if not text and not found.media:
            return None
        said = one_line(found.published_words)
        published = self._published(said, saved.at, told, order)
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
            media=tuple(map(_beside, found.media)),
        )

    def _published(
        self, said: str | None, at: datetime | None, told: _Told, order: DateOrder | None
    ) -> Published | None:
        """The moment that words name; "3 hours ago" names none in a page of which nobody knows when it was saved."""
        if not said or (at is None and needs_now(said)):
            return None
        options = self._options
        zone = getattr(options.zone, "key", None) if options.zone_is_told else told.timezone
        languages = (options.lang,) if options.lang else told.languages
        read = read_date(said, now=at or datetime.now(UTC), timezone=zone, languages=languages, order=order)
        if read and zone is None and read.precision in (Precision.SECOND, Precision.MINUTE):
            self._without_zone += not read.zone_is_stated
        return read


def read_html(given: Given, options: Options) -> Iterator[Read]:
    """A page that was saved as HTML, or a feed that was saved as it is."""
    with given.open() as stream:
        body = stream.read(MAX_PAGE + 1)
    reader = PageReader(options)
    yield from reader.read(Saved("the page", body))
    yield from reader.notes()


def _told(saved: Saved) -> _Told:
    if is_feed(saved.body):
        return _Told(read_feed(saved.body, saved.url or "", saved.content_type).entries)
    page = read_page(saved.body, saved.url or "", saved.content_type)
    if not page.url and (url := declared_address(page)):
        page = replace(page, url=url)  # so that its links lead somewhere
    if telegram_html.is_export(page):
        return _Told(telegram_html.read_export(page), page.complaint)
    if downloads_html.is_download(page):
        return _Told(downloads_html.read_download_page(page), page.complaint, languages=declared_languages(page))
    understood = understand(page)
    return _Told(understood.posts, understood.complaint, understood.timezone, declared_languages(page))


def _beside(media: Media) -> Media:
    """A picture that a browser saved in the folder beside the page: the name of its file, for its address is lost."""
    folder, _, name = unquote(media.url or "").partition("?")[0].rpartition("/")
    last = folder.rpartition("/")[2]
    if not last.casefold().endswith(words().page_folders):
        return media
    return replace(media, url=None, name=one_line(f"{last}/{name}"))


def is_feed(body: bytes) -> bool:
    """Whether a page is a feed (RSS, Atom or JSON Feed), whatever it is called."""
    start = body[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return b"jsonfeed.org/version" in start
    return bool(_FEED_START.search(start)) and b"<html" not in start.lower()


def declared_address(page: Page) -> str | None:
    """Where a saved page came from: as the browser wrote it into the file, or as the page names itself."""
    match = _SAVED_FROM.search(page.html[:5_000])
    named = page.root.css('link[rel="canonical"]::attr(href), meta[property="og:url"]::attr(content)').get()
    return web_address("", (match[1] or match[2]) if match else named)
