"""The public web preview of a Telegram channel (`t.me/s/name`), as it looked from 2021 to 2026."""

from __future__ import annotations

import re

from parsel import Selector

from casefile.records import Media
from crawlers.reading.addresses import web_address, without_fragment
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.posts import count_of
from crawlers.reading.visible import clean, visible_text

_MESSAGE = ".tgme_widget_message[data-post]"
# A reply quotes the message it answers, in the same class on old pages.
_TEXT = (
    './/*[contains(concat(" ",@class," ")," tgme_widget_message_text ")]'
    '[not(ancestor::a[contains(@class,"tgme_widget_message_reply")])]'
    '[not(ancestor::*[contains(concat(" ",@class," ")," tgme_widget_message_text ")])]'
)
_BACKGROUND = re.compile(r"background-image:\s*url\(['\"]?([^'\")]+)")
_MEDIA = (
    ("photo", ".tgme_widget_message_photo_wrap"),
    ("video", ".tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player"),
    ("file", ".tgme_widget_message_document_wrap"),
    ("voice", ".tgme_widget_message_voice_player"),
    ("sticker", ".tgme_widget_message_sticker_wrap"),
    ("location", ".tgme_widget_message_location_wrap"),
    ("unsupported", ".message_media_not_supported_wrap"),
)


def read_messages(page: Page) -> list[Found]:
    """The messages of a channel that a preview page shows, oldest first; service messages are none."""
    messages = (
        message for message in page.root.css(_MESSAGE) if "service_message" not in message.root.get("class", "")
    )
    return [_read(message, page) for message in messages]


def older_page(page: Page) -> str | None:
    """The page with the messages before these; None on the first page of a channel."""
    link = page.root.css("a.tme_messages_more[data-before]::attr(href)").get()
    return web_address(page.url, link or page.root.css('link[rel="prev"]::attr(href)').get())


def is_preview(page: Page) -> bool:
    """Whether a page is a channel's preview at all (a channel without one shows only a button to open Telegram)."""
    return bool(page.root.css(".tgme_channel_history, .tgme_widget_message_wrap, .tgme_channel_info"))


def is_contact(page: Page) -> bool:
    """Whether a page only says how to reach a name in Telegram, as where a channel allows no preview."""
    return bool(page.root.css(".tgme_page, .tgme_page_wrap .tgme_action_button_new")) and not is_preview(page)


def _read(message: Selector, page: Page) -> Found:
    name = message.root.get("data-post")
    link = web_address(page.url, message.css("a.tgme_widget_message_date::attr(href)").get())
    reply = web_address(page.url, message.css("a.tgme_widget_message_reply::attr(href)").get())
    signed = _words(message, ".tgme_widget_message_from_author")
    channel = web_address(page.url, message.css("a.tgme_widget_message_owner_name::attr(href)").get())
    return Found(
        text=_text(message),
        native_id=name,
        url=without_fragment(link).partition("?")[0] if link else f"https://t.me/{name}",
        author=signed or _words(message, ".tgme_widget_message_owner_name"),
        author_url=None if signed else channel,
        published_words=message.css(".tgme_widget_message_date time::attr(datetime)").get(),
        thread=name.rpartition("/")[0],
        reply_to=reply and without_fragment(reply).partition("?")[0],
        forwarded_from=_forwarded_from(message),
        views=count_of(message.css(".tgme_widget_message_views::text").get()),
        media=_media(message),
    )


def _text(message: Selector) -> str:
    poll = message.css(".tgme_widget_message_poll_question, .tgme_widget_message_poll_option_text")
    return clean("\n".join(visible_text(part, contacts=True) for part in [*message.xpath(_TEXT), *poll]))


def _forwarded_from(message: Selector) -> str | None:
    """The channel or person that a message was forwarded from: the name as shown, and its link if it has one."""
    name = _words(message, ".tgme_widget_message_forwarded_from_name")
    link = message.css("a.tgme_widget_message_forwarded_from_name::attr(href)").get()
    return f"{name} ({link})" if name and link else name


def _media(message: Selector) -> tuple[Media, ...]:
    media = [_one_media(kind, node) for kind, query in _MEDIA for node in message.css(query)]
    known = [one for one in media if one.kind != "unsupported"]
    return tuple(known or media[:1])


def _one_media(kind: str, node: Selector) -> Media:
    style = " ".join(node.xpath("descendant-or-self::*/@style").getall())
    picture = _BACKGROUND.search(style)
    link = node.css("video::attr(src), audio::attr(src)").get() or (picture[1] if picture else None)
    return Media(
        kind=kind, url=web_address("https://t.me/", link), name=_words(node, ".tgme_widget_message_document_title")
    )


def _words(node: Selector, query: str) -> str | None:
    found = node.css(query)
    return (visible_text(found[0]).replace("\n", " ") or None) if found else None
