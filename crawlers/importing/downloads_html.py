"""Facebook and Instagram: the HTML of "Download your information", which Meta offers first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parsel import Selector

from casefile.records import Media
from crawlers.importing.downloads import who_and_where
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.visible import visible_text

# The names of classes are Meta's own, of 2022 and later; those after the comma of 2018 to 2021.
_BLOCK = "div._a6-g, div.pam.uiBoxWhite"
_HEAD = "._a6-h, ._2lel"
_TEXT = "._a6-p, ._2let"
_TIME = "._a72d, ._a6-o, ._2lem"
_REACTIONS = "ul._a6-q, ul._tqp"
_SENDER_LENGTH = 60


def is_download(page: Page) -> bool:
    """Whether a page is one of a download."""
    return bool(page.root.css("div._a6-g, div.pam.uiBoxWhite ._2lem"))


def read_download_page(page: Page) -> list[Found]:
    """The posts, comments or messages of one page, in its order."""
    blocks = [block for block in page.root.css(_BLOCK) if block.css(_TIME)]
    heads = [_words(block, _HEAD) for block in blocks]
    chat = _words(page.root, "title")
    if _is_chat(heads):
        return [_message(block, head, chat) for block, head in zip(blocks, heads, strict=True)]
    return [_published(block, head) for block, head in zip(blocks, heads, strict=True)]


def _is_chat(heads: Sequence[str | None]) -> bool:
    """Whether the heads are names of senders: short, and the same few over and over. Titles end in a full stop."""
    told = [head for head in heads if head]
    if not told or any(len(head) > _SENDER_LENGTH or who_and_where(head)[0] for head in told):
        return False
    return len(told) == 1 or len(Counter(told)) <= max(2, len(told) // 2)


def _message(block: Selector, head: str | None, chat: str | None) -> Found:
    return Found(text=_text(block), author=head, thread=chat, published_words=_words(block, _TIME), media=_media(block))


def _published(block: Selector, head: str | None) -> Found:
    """A post; on Instagram the caption stands where Facebook writes what was done."""
    author, group = who_and_where(head)
    text = _text(block)
    return Found(
        text=text or ("" if author else head or ""),
        title=head if text else None,
        author=author,
        thread=group,
        published_words=_words(block, _TIME),
        media=_media(block),
    )


def _text(block: Selector) -> str:
    parts = block.css(_TEXT)
    return visible_text(parts[0], drop=_REACTIONS, contacts=True) if parts else ""


def _media(block: Selector) -> tuple[Media, ...]:
    kinds = (("photo", "img::attr(src)"), ("video", "video::attr(src)"), ("audio", "audio::attr(src)"))
    return tuple(
        Media(kind=kind, name=source)
        for kind, query in kinds
        for source in dict.fromkeys(block.css(query).getall())
        if not source.startswith(("data:", "http"))
    )


def _words(node: Selector, query: str) -> str | None:
    found = node.css(query)
    return (visible_text(found[0]).replace("\n", " ") or None) if found else None
