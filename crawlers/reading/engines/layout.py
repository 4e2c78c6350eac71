"""Posts in containers: most engines draw a thread as a row of boxes, told apart by a few selectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from parsel import Selector

from casefile.records import Media
from crawlers.reading.addresses import permalink, web_address
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.selecting import first_address, first_words, select
from crawlers.reading.visible import clean, visible_text

Selectors = tuple[str, ...]
MOST_POSTS = 10_000
"""Containers that are read of one page; a page that holds more is complained of."""

_MOST_MEDIA = 50
_DIGITS = re.compile(r"\d{1,20}")
_DATE_LIKE = re.compile(r"\d{4}|\d[:.h]\d\d|\d[-/]\d")
_EXACT_DATES = ("datetime", "data-time", "data-timestamp", "content", "title")
_UNSEEN = dict.fromkeys([0x200E, 0x200F, 0x202A, 0x202B, 0x202C])
_SMILEY = re.compile(
    r"smil(?:ey|ie|e)|emoji|emoticon|avatar|spacer|clear\.gif|blank\.gif|/images/(?:icons|misc)/", re.I
)
# Session ids beside those that no site needs (see addresses.py): vBulletin writes `s=` and 32 hexadecimal digits.
_SESSION = re.compile(r"(?<=[?&])(?:s|sid|session|PHPSESSID)=[0-9a-fA-F]{20,40}(?:&|(?=#)|$)", re.I)
_LOOSE_END = re.compile(r"[?&]+(?=#|$)")
# How engines write the number of a thread's page, and what stands there on the first.
_PAGE_PARTS = (
    (re.compile(r"/page-?\d{1,6}(?=/|$)|/page/\d{1,6}/?$|(?<=[?&])(?:page|start|st)=\d{1,7}(?:&|$)"), ""),
    (re.compile(r"-page-\d{1,6}(?=\.html)"), ""),  # MyBB
    (re.compile(r"(?<=/)(thread-\d{1,12})-\d{1,6}-\d{1,6}(?=\.html)"), r"\1-1-1"),  # Discuz!
    (re.compile(r"(?<=[?&;])(topic[=,]\d{1,12})\.(?:msg)?\d{1,12}"), r"\1.0"),  # SMF
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the parts of a post stand. In a tuple of selectors the first that finds something tells.

    `post` finds the containers, all others look inside one. `drop` (CSS) are parts of the text that the author did
    not write; `cut` is a line from which on the text is none. Where `nested`, answers stand inside what they answer,
    and the selectors must not look into them.
    """

    post: str
    text: Selectors
    drop: str | None = None
    cut: str | None = None
    author: Selectors = ()
    author_link: Selectors = ()
    date: Selectors = ()
    date_part: str | None = None
    link: Selectors = ()
    id: Selectors = ()
    reply_to: Selectors = ()
    title: Selectors = ()
    attached: str | None = None
    nested: bool = False

    def why(self) -> dict[str, str]:
        """For each field the selectors that it is taken by."""
        fields = {"text": self.text, "author": self.author, "published": self.date, "url": self.link or self.id}
        return {name: f"{self.post} → {' or '.join(parts)}" for name, parts in fields.items() if parts}


def read_layout(page: Page, layout: Layout) -> list[Found]:
    """The posts of a page in their order; a container with neither words nor media holds none."""
    base, thread = base_of(page), thread_address(page)
    title = _first(page.root, layout.title)
    nodes = select(page.root, layout.post)[:MOST_POSTS]
    posts = (_read(node, layout, base, thread, title) for node in (nodes if layout.nested else _outermost(nodes)))
    return [post for post in posts if post.text or post.media]


def left_out(page: Page, layout: Layout) -> str:
    """What `read_layout` does not read of a page, in words; empty where it reads all."""
    held = len(select(page.root, layout.post))
    return f"it holds {held:,} posts, and the first {MOST_POSTS:,} of them were read" if held > MOST_POSTS else ""


def with_class(name: str) -> str:
    """The XPath condition that an element has the class `name`."""
    return f'contains(concat(" ",normalize-space(@class)," ")," {name} ")'


def base_of(page: Page) -> str:
    """The address that links of a page are relative to."""
    return web_address(page.url, page.root.xpath("(//base/@href)[1]").get()) or page.url


def thread_address(page: Page) -> str | None:
    """The address of a thread: the canonical one that the page tells, without the number of the page."""
    told = web_address(page.url, page.root.xpath('(//link[@rel="canonical"]/@href)[1]').get()) or page.url
    address = post_address(told).partition("#")[0] if told else ""
    for pattern, first in _PAGE_PARTS:
        address = pattern.sub(first, address)
    return address.rstrip("?&/") or None


def post_address(address: str) -> str:
    """The permalink of a post, with the fragment that names it and without a visitor's session."""
    return permalink(_LOOSE_END.sub("", _SESSION.sub("", address)), fragment=True)


def date_words(node: Selector) -> str | None:
    """The words for a moment: as exact as attributes give them, else what is shown ("Yesterday" by its title)."""
    element = node.root
    if not isinstance(element, etree._Element):
        return clean(str(element)).replace("\n", " ") or None
    for name in _EXACT_DATES:
        value = (element.get(name) or "").translate(_UNSEEN).strip()
        if _DATE_LIKE.search(value):
            return value
    # Khoros puts marks of writing direction, which nobody sees, before its dates
    words = "".join(_shown(element)).translate(_UNSEEN).split()
    return " ".join(words)[:200] or None


def pictures(node: Selector, base: str, drop: str | None = None) -> Iterator[Media]:
    """The pictures and files in the text of a post, without smileys; those of quotations are not the author's."""
    dropped = {part.root for part in node.css(drop)} if drop else set()
    walk = etree.iterwalk(node.root, events=("start",))
    for _, element in walk:
        if element in dropped:
            walk.skip_subtree()
            continue
        if element.tag not in ("img", "video", "audio", "source"):
            continue
        link = element.get("data-src") or element.get("data-url") or element.get("src") or ""
        address = web_address(base, link)
        if address and not _SMILEY.search(link + " " + (element.get("class") or "")):
            yield Media(kind="photo" if element.tag == "img" else "video", url=address)


def _read(node: Selector, layout: Layout, base: str, thread: str | None, title: str | None) -> Found:
    told = next((part for query in layout.text for part in select(node, query)[:1]), None)
    is_element = told is not None and isinstance(told.root, etree._Element)
    text = visible_text(told, layout.drop, contacts=True) if told is not None else ""
    number = _first_number(node, layout.id)
    media = [*pictures(told, base, layout.drop)] if told is not None and is_element else []
    media += [m for part in select(node, layout.attached) for m in _attached(part, base)]
    date = next((words for query in layout.date for part in select(node, query) if (words := date_words(part))), None)
    return Found(
        text=_cut(text, layout.cut),
        native_id=number,
        url=_permalink(node, layout, base),
        title=title,
        author=_first(node, layout.author),
        author_url=_address(node, layout.author_link, base),
        published_words=_part(date, layout.date_part),
        thread=thread,
        reply_to=_first_number(node, layout.reply_to),
        media=tuple(dict.fromkeys(media))[:_MOST_MEDIA],
    )


def _outermost(nodes: Iterable[Selector]) -> list[Selector]:
    """`nodes` without those that stand inside another of them; one walk, however deep they are nested."""
    wanted = {node.root: node for node in nodes}
    if not wanted:
        return []
    top: list[Selector] = []
    walk = etree.iterwalk(next(iter(wanted)).getroottree().getroot(), events=("start",))
    for _, element in walk:
        if element in wanted:
            top.append(wanted[element])
            walk.skip_subtree()
    return top


def _shown(element: Any) -> Iterator[str]:
    """Words of a date; a part that has a title with digits says it there more exactly."""
    yield element.text or ""
    for child in element:
        title = child.get("title") if isinstance(child.tag, str) else None
        if isinstance(child.tag, str) and "edit" not in (child.get("class") or ""):
            yield title if title and _DATE_LIKE.search(title) else "".join(child.itertext())
        yield child.tail or ""


def _first(node: Selector, queries: Selectors) -> str | None:
    words = (first_words(node, query) for query in queries)
    return next((found.replace("\n", " ") for found in words if found), None)


def _address(node: Selector, queries: Selectors, base: str) -> str | None:
    return next((found for query in queries if (found := first_address(node, query, base))), None)


def _first_number(node: Selector, queries: Selectors) -> str | None:
    """The digits of the first id that has some: `post-123` and `p123` are post 123."""
    for query in queries:
        value = select(node, query).get()
        if value and (match := _DIGITS.search(value)):
            return match[0]
    return None


def _permalink(node: Selector, layout: Layout, base: str) -> str | None:
    link = _address(node, layout.link, base)
    if link is None:
        anchor = node.root.get("id") or node.xpath("(.//a[@name][not(@href)])[1]/@name").get()
        link = web_address(base, f"{base.partition('#')[0]}#{anchor}") if anchor else None
    return post_address(link) if link else None


def _attached(part: Selector, base: str) -> Iterator[Media]:
    address = web_address(base, part.root.get("href") or part.root.get("src"))
    if address:
        is_photo = part.root.tag == "img" or bool(part.css("img"))
        yield Media(
            kind="photo" if is_photo else "file",
            url=address,
            name=clean(part.xpath("string(.)").get() or "")[:300] or None,
        )


def _part(words: str | None, pattern: str | None) -> str | None:
    if not words or not pattern:
        return words
    match = re.search(pattern, words)
    return match[1].strip() if match else None


def _cut(text: str, line: str | None) -> str:
    """`text` up to a line that begins the signature."""
    match = re.search(line, text, re.MULTILINE) if line else None
    return text[: match.start()].rstrip() if match else text
