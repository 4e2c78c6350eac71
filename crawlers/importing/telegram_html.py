"""Telegram Desktop exports in HTML (`messages.html`), the form that Telegram offers first."""

from __future__ import annotations

import re

from parsel import Selector

from casefile.records import Media
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.visible import visible_text

_HISTORY = ".page_wrap .history"
_MESSAGE = "div.message.default[id]"
# 24.12.2025 18:05:59 UTC+07:00; older versions wrote no zone.
_TIME = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_KINDS = {
    "photo": "photo",
    "video": "video",
    "voice_message": "voice",
    "audio_file": "audio",
    "contact": "contact",
    "location": "location",
    "venue": "location",
}


def is_export(page: Page) -> bool:
    """Whether a page is one of a Telegram Desktop export."""
    return bool(page.root.css(_HISTORY))


def read_export(page: Page) -> list[Found]:
    """The messages of one page of an export, in order; what Telegram itself wrote is left out."""
    chat = _words(page.root, ".page_header .text")
    author: str | None = None
    messages: list[Found] = []
    for message in page.root.css(_MESSAGE):
        author = _words(message, ":scope > .body > .from_name") or author  # a message that follows bears no name again
        messages.append(_read(message, chat, author))
    return messages


def _read(message: Selector, chat: str | None, author: str | None) -> Found:
    number = message.root.get("id").removeprefix("message")
    reply = message.css(".reply_to a::attr(href)").get() or ""
    forwarded = message.css(".forwarded.body > .from_name")
    texts = message.css(".body > .text, .media_poll, .media_contact, .media_location .status, .media_venue")
    return Found(
        text="\n".join(visible_text(text, contacts=True) for text in texts),
        native_id=f"{chat or ''}/{number}",
        author=author,
        published_words=_time(message.css(":scope > .body > .date::attr(title)").get()),
        thread=chat,
        reply_to=f"{chat or ''}/{reply.rpartition('message')[2]}" if reply.startswith("#") else None,
        forwarded_from=visible_text(forwarded[0], drop=".date").replace("\n", " ") if forwarded else None,
        media=tuple(map(_media, message.css(".media_wrap > .media, .media_wrap > a"))),
    )


def _time(title: str | None) -> str | None:
    """The time in ISO 8601, which leaves no doubt about day and month."""
    match = _TIME.fullmatch((title or "").strip())
    return f"{match[3]}-{match[2]}-{match[1]}T{match[4]}{match[5] or ''}" if match else title


def _media(node: Selector) -> Media:
    classes = node.root.get("class", "").split()
    names = [name.partition("_")[2] if name.startswith("media_") else name.removesuffix("_wrap") for name in classes]
    kind = next((_KINDS[name] for name in names if name in _KINDS), "file")
    return Media(kind=kind, name=node.root.get("href") or _words(node, ".title"))


def _words(node: Selector, query: str) -> str | None:
    found = node.css(query)
    return (visible_text(found[0]).replace("\n", " ") or None) if found else None
