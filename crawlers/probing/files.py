"""Probing a file: a page or a feed that somebody saved, or an export of a messenger."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC
from itertools import islice
from pathlib import Path

from casefile.errors import ImportRefused
from casefile.records import Post
from crawlers.importing import telegram_html
from crawlers.importing.archives import given_file
from crawlers.importing.mhtml import saved_page
from crawlers.importing.model import MAX_PAGE, Given, ImportKind, Note, Options, SetAside
from crawlers.importing.pages import declared_address
from crawlers.importing.readers import open_reads
from crawlers.importing.recognise import Recognised, recognise
from crawlers.probing.feeds import probe_feed
from crawlers.probing.moments import moment_of_post
from crawlers.probing.pages import probe_page, probed_post, shows
from crawlers.probing.probed import Probed, ProbedPost
from crawlers.reading.page import read_page
from crawlers.reading.understand import PageType

MOST_POSTS = 10_000
"""An export may hold a million messages; a probe shows what it is, so it reads no more than these."""

_CHATS = {ImportKind.TELEGRAM: PageType.TELEGRAM_EXPORT, ImportKind.WHATSAPP: PageType.WHATSAPP}


def probe_file(path: Path, options: Options, *, url: str | None = None, zone: str | None = None) -> Probed:
    """What a file is and which posts it holds; `url` is where it came from. Raises ImportRefused."""
    given = given_file(path)
    recognised = recognise(given)
    if recognised.kind is ImportKind.HTML:
        return _probe_html(recognised.given, url, zone)
    if recognised.kind is ImportKind.FEED:
        return probe_feed(_body(recognised.given), url or "", at=None, zone=zone)
    if recognised.kind is ImportKind.MHTML and (saved := saved_page(recognised.given)):
        page = read_page(saved.body, url or saved.url or "", saved.content_type)
        return probe_page(page, at=saved.at, zone=zone)
    return _probe_export(recognised, options)


def _probe_html(given: Given, url: str | None, zone: str | None) -> Probed:
    page = read_page(_body(given), url or "")
    if not url and (declared := declared_address(page)):
        page = replace(page, url=declared)
    if telegram_html.is_export(page):
        found = telegram_html.read_export(page)
        return Probed(
            type=PageType.TELEGRAM_EXPORT.value,
            engine="Telegram Desktop, HTML",
            sure=1.0,
            signs=("the page is built as Telegram Desktop builds its exports",),
            posts=tuple(probed_post(one, None, zone, ()) for one in found if shows(one)),
        )
    return probe_page(page, at=None, zone=zone)


def _probe_export(recognised: Recognised, options: Options) -> Probed:
    """A chat, a table or an archive, by the reader that imports it."""
    kind, reads = open_reads(recognised.given, recognised.kind, options)
    posts: list[ProbedPost] = []
    notes: list[str] = []
    aside: Counter[str] = Counter()
    for read in islice(reads, MOST_POSTS):
        if isinstance(read, Post):
            posts.append(_exported(read, zone_is_known=options.zone_is_told))
        elif isinstance(read, SetAside):
            aside[read.reason] += 1
        elif isinstance(read, Note):
            notes.append(read.text)
    notes += [f"Set aside: {reason} ({count})." for reason, count in aside.most_common(5)]
    return Probed(
        type=_CHATS[kind].value if kind in _CHATS else kind.value,
        engine=f"{kind.value} export" if kind in _CHATS else kind.value,
        sure=recognised.sure,
        signs=("recognised by its content; imported with `jejak import`",),
        posts=tuple(posts),
        timezone=str(options.zone) if options.zone_is_told and options.zone is not UTC else None,
        notes=tuple(notes),
    )


def _exported(post: Post, *, zone_is_known: bool) -> ProbedPost:
    return ProbedPost(
        text=post.text,
        author=post.author,
        published=moment_of_post(post, zone_is_known=zone_is_known),
        published_words=post.published_words,
        url=post.url,
        title=post.title,
    )


def _body(given: Given) -> bytes:
    with given.open() as stream:
        body = stream.read(MAX_PAGE + 1)
    if len(body) > MAX_PAGE:
        raise ImportRefused(f"{given.name}: is larger than {MAX_PAGE // 1_000_000} MB", "Save the part that matters.")
    return body
