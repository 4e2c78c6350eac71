"""What one record tells: title, address, author (on job cards the company), date, media, and its text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector

from casefile.records import Media
from crawlers.reading.addresses import permalink, web_address, without_fragment
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.records.openings import date_in, read_opening
from crawlers.reading.records.outline import HEADINGS, Node, Outline
from crawlers.reading.records.regions import Record
from crawlers.reading.visible import visible_text
from crawlers.reading.words import bare, page_words

_MOST_WORDS = 120  # characters of a name or a date
_MOST_MEDIA = 20
_LONGEST_BUTTON = 40
_SHORTEST_TITLE = 3
_LONGEST_CARD = 1_000
_LONGEST_TITLE = 200
_SHORTEST_HEADLINE = 12
_MOST_ABOVE = 40  # characters of labels and numbers above the link that heads a card
_MOST_ABOVE_DATE = 80
_MOSTLY = 0.6  # of a record's characters
_NEARLY_ALL = 0.8
_SHORTEST_TWICE = 4  # characters; below it a line may well be meant twice
_AUTHOR = re.compile(r"(?<![a-z])(?:author|byline|poster|user-?name|user|nickname|nick|member)(?![a-z])", re.IGNORECASE)
_COMPANY = re.compile(r"(?:company|employer|hiring-?organi[sz]ation|perusahaan|recruiter)(?![a-z])", re.IGNORECASE)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|users?|members?|profiles?|u|people|@[^/]+)(?:/|\.|$)|[?&](?:uid|user)=|/@", re.I
)
# The page of a company, not of a job there: nothing follows its name but an id.
_COMPANY_PATH = re.compile(
    r"/(?:company|companies|employers?|perusahaan|cong-ty|nha-tuyen-dung|cmp)[/-][^/?#]+(?:/[0-9a-f-]{6,40})?/?(?:[?#]|$)",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(r"(?<![a-z])(?:date|time|datetime|published|posted|ago|age|timestamp|created)(?![a-z])", re.I)
_SIGNATURE = re.compile(r"(?<![a-z])signature(?![a-z])", re.IGNORECASE)
_NAMING = ("class", "itemprop", "rel", "data-testid", "data-cy", "data-automation")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
# A title that says when, beside words such as "2 years ago".
_EXACT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s{1,3}\d{1,2}:\d\d[^\n]{0,20}$")
_BY = re.compile(r"(?:by|oleh|von|par|por|bởi|โดย|作者[:：]?|由)\s+(?P<name>[^\n|•·]{2,60})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A record as read: what it says, and from which part of it each field was taken."""

    found: Found
    why: dict[str, str]


def read_record(record: Record, page: Page, without: Container[object], *, headed: bool = True) -> Reading:
    """One record's fields, in the page's own words, less the parts `without` (see `wordless_parts`).

    What is not `headed` is a reply: links in it are its words, and its address is its place on the page.
    """
    nodes = list(_inside(record))
    heading, link = _heading_and_link(nodes) if headed else (None, None)
    title = _words(heading) if heading else None
    text = _text(record, title, without)
    author = _author(nodes, heading)
    by = None if author else next((match for line in text.split("\n") if (match := _BY.fullmatch(line[:100]))), None)
    date, where = _date(nodes, text)
    name = _words(author) if author else by["name"] if by else None
    if not headed:
        opening = read_opening(text, name, date)
        text, name = opening.words, opening.author
    found = Found(
        text=text,
        url=_address(link, page) if title else _anchor(record, page) or _address(link, page),
        title=title,
        author=name,
        author_url=_address(author, page) if author and author.tag == "a" else None,
        published_words=date,
        media=_media(nodes, page),
    )
    told = {
        "text": f"<{record[0].key}>",
        "title": f"<{heading.key}>" if heading else "",
        "url": f"the link <{link.key}>" if link and found.url else "",
        "author": f"<{author.key}>" if author else f"the words {by[0]!r}" if by else "its first line" if name else "",
        "published": where,
    }
    return Reading(found, {name: place for name, place in told.items() if place})


def leads_on(record: Record) -> bool:
    """Whether a record is a card: a link is its heading, or opens it, or stands alone in it, or is most of it."""
    chars = sum(node.chars for node in record)
    if 2 * sum(node.linked for node in record) > chars:
        return any(node.links or _is_in_link(node) for node in record)
    above = 0
    for node in _inside(record):
        if node.tag in HEADINGS and node.chars and (node.links or _is_in_link(node)):
            return True
        if node.tag == "a" and (node.chars >= _SHORTEST_TITLE or node.pictures) and _leads_on(node):
            alone = node.parent is not None and node.parent.chars <= node.chars + 5
            if above <= _MOST_ABOVE or (alone and chars <= _LONGEST_CARD):
                return True
        above += node.own
    return False


def _is_in_link(node: Node) -> bool:
    above: Node | None = node
    while above is not None and above.tag != "a":
        above = above.parent
    return above is not None


def is_headed(record: Record) -> bool:
    """Whether a record opens with a headline that leads on, as cards do; a reply opens with its author."""
    above = 0
    for node in _inside(record):
        if node.tag in HEADINGS and node.chars:
            return bool(node.links) or _is_in_link(node)
        if node.tag == "a" and node.chars >= _SHORTEST_HEADLINE and _leads_on(node) and not _is_of_somebody(node):
            return above <= _MOST_ABOVE
        above += node.own
    return False


def is_signed(record: Record) -> bool:
    """Whether a record names its author or its time, or opens with a date, and says something else too."""
    if sum(node.chars - node.linked for node in record) <= _MOST_WORDS:
        return False
    nodes = list(_inside(record))
    return any(_dated(node) for node in nodes) or _author(nodes, None) is not None or _opens_dated(nodes)


def is_of_links(record: Record) -> bool:
    """Whether a record is little but links, as "related questions" among replies are."""
    links = sum(node.links for node in record)
    return links > 1 and sum(node.linked for node in record) > _MOSTLY * sum(node.chars for node in record)


def _opens_dated(nodes: list[Node]) -> bool:
    """Whether a date stands among the first words of a record, after its author's name at most."""
    above = 0
    for node in nodes:
        if above > _MOST_ABOVE_DATE:
            return False
        if node.chars <= _MOST_WORDS and node.own and date_in(_words(node) or ""):
            return True
        above += node.own
    return False


def wordless_parts(outline: Outline, *, of_replies: bool = False) -> frozenset[Any]:
    """The elements of a page that are no words of an author: what is silent, forms, links that are buttons.

    In replies signatures are none either: they stand under all that somebody writes.
    """
    buttons = page_words().buttons
    forms = (node for node in outline.nodes if node.tag == "form" and 2 * node.chars < outline.chars)
    pressed = (node for node in outline.nodes if _is_button(node, buttons))
    signatures = (node for node in outline.nodes if of_replies and _holds(_SIGNATURE, _names(node)))
    return outline.silent.union(node.element for node in (*forms, *pressed, *signatures))


def _text(record: Record, title: str | None, without: Container[object]) -> str:
    """What a visitor reads in a record: its title first, no buttons; in a card no line twice.

    Cards show some lines once to narrow and once to wide screens; what somebody wrote twice in a reply stays.
    """
    buttons = page_words().buttons
    lines: list[str] = []
    seen: set[str] = set()
    for node in record:
        for line in visible_text(Selector(root=node.element), without=without, contacts=True).split("\n"):
            if bare(line) not in buttons and not (title and line in seen and len(line) >= _SHORTEST_TWICE):
                lines.append(line)
                seen.add(line)
    if title and title in lines[1:]:
        # The headline leads, as a reader meets it; pictures' labels and numbers that stand above it follow.
        before = lines[: lines.index(title)]
        lines = [title, *before, *lines[len(before) + 1 :]]
    return "\n".join(lines).strip()


def _is_button(node: Node, buttons: Set[str]) -> bool:
    """Whether a link is one of those that cards end with ("Apply now"), though it stands among words."""
    if node.tag != "a" or not 0 < node.chars <= _LONGEST_BUTTON:
        return False
    return bare(" ".join("".join(node.element.itertext()).split())) in buttons


def _inside(record: Record) -> Iterator[Node]:
    """Every node of a record, in document order."""
    stack = list(reversed(record))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _heading_and_link(nodes: list[Node]) -> tuple[Node | None, Node | None]:
    """The node that bears the title, and the link that leads to the post: that of the heading, else the longest."""
    heading = next((node for node in nodes if node.tag in HEADINGS and node.chars), None)
    links = [node for node in nodes if node.tag == "a" and _leads_on(node) and not _is_of_somebody(node)]
    longest = max(links, key=lambda link: min(link.chars, _LONGEST_TITLE), default=None)
    if heading is not None:
        around = next((link for link in links if _is_inside(heading, link) or _is_inside(link, heading)), None)
        return heading, around or longest
    return longest if longest is not None and longest.chars else None, longest


def _is_of_somebody(link: Node) -> bool:
    """Whether a link leads to an author or a company, by its markup or its address."""
    href, names = link.element.get("href") or "", _names(link)
    return bool(
        _AUTHOR_PATH.search(href) or _COMPANY_PATH.search(href) or _AUTHOR.search(names) or _COMPANY.search(names)
    )


def _leads_on(link: Node) -> bool:
    href = (link.element.get("href") or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "tel:"))


def _is_inside(node: Node, outer: Node) -> bool:
    above: Node | None = node
    while above is not None:
        if above is outer:
            return True
        above = above.parent
    return False


def _words(node: Node) -> str | None:
    return visible_text(Selector(root=node.element)).replace("\n", " ")[:1_000] or None


def _names(node: Node) -> str:
    if node.names is None:
        told = " ".join(filter(None, map(node.element.get, _NAMING)))
        node.names = _CAMEL.sub("-", told[:500]) if told else ""
    return node.names


@lru_cache(maxsize=4096)
def _holds(pattern: re.Pattern[str], names: str) -> bool:
    """Whether names of markup match; like things on a page bear the same names, so most were looked at before."""
    return pattern.search(names) is not None


def _author(nodes: list[Node], title: Node | None) -> Node | None:
    """The node that names the company or else the author, by its markup or by where its link leads; best a link."""
    buttons = page_words().buttons
    for names, path in ((_COMPANY, _COMPANY_PATH), (_AUTHOR, _AUTHOR_PATH)):
        fitting = [
            node
            for node in nodes
            if node is not title
            and 2 <= node.chars <= _MOST_WORDS
            and (_holds(names, _names(node)) or (node.tag == "a" and path.search(node.element.get("href") or "")))
            and not _is_button(node, buttons)
        ]
        links = (node for node in fitting if node.tag == "a")
        plain = (node for node in fitting if not _holds(_DATE_NAME, _names(node)))
        if best := next(links, None) or next(plain, None):
            return best
    return None


def _date(nodes: list[Node], text: str) -> tuple[str | None, str]:
    """The date as the page writes it, for machines where it does, else as a visitor sees it; and where it stood."""
    for node in nodes:
        if (words := _dated(node)) and any(c.isdigit() for c in words):
            return words[:_MOST_WORDS], f"<{node.key}>"
    for line in text.split("\n"):
        if words := date_in(line):
            return words, f"the words {words!r}"
    return None, ""


def _dated(node: Node) -> str | None:
    """What a node that is meant for a date says."""
    element = node.element
    if node.tag == "time":
        return element.get("datetime") or _words(node)
    if node.chars > _MOST_WORDS or not _holds(_DATE_NAME, _names(node)):
        return None
    told = [element.get(name) or "" for name in ("datetime", "title", "content")]
    exact = next((match[0] for words in told if (match := _ISO.search(words))), None)
    return exact or next((words for words in told if _EXACT.match(words)), None) or _words(node)


def _address(link: Node | None, page: Page) -> str | None:
    address = web_address(page.url, link.element.get("href")) if link is not None else None
    if address is None:
        return None
    on_page = without_fragment(address) == without_fragment(page.url)
    return permalink(address, fragment=on_page)


def _anchor(record: Record, page: Page) -> str | None:
    """The address of a post that has no headline to follow: the page, and the id of its element or of nearly all of it."""
    whole = sum(node.chars for node in record)
    around = (node for node in _inside(record) if node is record[0] or node.chars > _NEARLY_ALL * whole)
    name = next((told for node in around if (told := node.element.get("id"))), None)
    return web_address(page.url, f"{permalink(without_fragment(page.url))}#{name}") if name else None


def _media(nodes: Iterable[Node], page: Page) -> tuple[Media, ...]:
    """Pictures and films of a record; those drawn by the page itself (data:) and its icons are none."""
    media: dict[str, Media] = {}
    for node in nodes:
        if node.tag not in ("img", "video", "source") or len(media) >= _MOST_MEDIA:
            continue
        element = node.element
        told = element.get("data-src") or element.get("data-original") or element.get("src")
        address = web_address(page.url, told)
        if address and not urlsplit(address).path.lower().endswith((".svg", "blank.gif", "spacer.gif", "pixel.gif")):
            media.setdefault(address, Media(kind="video" if node.tag == "video" else "photo", url=address))
    return tuple(media.values())
