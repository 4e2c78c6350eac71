"""The page after this one: declared, named in words, numbered, or told by the pattern of its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawlers.reading.addresses import web_address, without_fragment
from crawlers.reading.declared import next_page as declared_next
from crawlers.reading.page import Page
from crawlers.reading.visible import clean
from crawlers.reading.words import bare, page_words

_MOST_LINKS = 20_000
_LONGEST_LABEL = 40
_MOST_OF_A_LABEL = 400
_WORDS = etree.XPath("string()")
_ARROWS = frozenset({"›", "»", ">", ">>", "→", "▶", "▸", "❯", "➔", "⟩", "＞"})
_PAGER = re.compile(r"pag(?:er|e|ing|ination|inator|enav|elinks)|nav-?links|(?<![a-z])next", re.IGNORECASE)
_OFF = re.compile(r"(?<![a-z])(?:disabled|inactive)(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")
# What tells the number of a page in an address. Offsets ("start=20") are no page numbers, and are left to links.
_PAGE_IN_ADDRESS = re.compile(
    r"(?<=[?&])(?:page|p|pg|paged|pagina|halaman|hal|trang|page_no|pageno|pagenum|currentpage|pn)=(?P<query>\d{1,5})(?!\d)"
    r"|/(?:page|p|pagina|halaman|trang|seite)[/-]?(?P<path>\d{1,5})(?=/|$|\?|\.)|[-_/]page[-_](?P<dash>\d{1,5})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Link:
    element: Any
    label: str
    address: str


def next_page(page: Page) -> str | None:
    """The address of the page after this one on the same site, or None where there is none."""
    declared = declared_next(page)
    if declared and _is_other(declared, page):
        return declared
    links = list(_links(page))
    return _by_words(links) or _by_number(links, page) or _by_address(links, page)


def _links(page: Page) -> Iterator[_Link]:
    """The links that lead to another page of this host."""
    here = urlsplit(page.url)
    start = f"{here.scheme}://{here.netloc}/"
    for element in islice(page.root.root.iter("a"), _MOST_LINKS):
        address = web_address(page.url, element.get("href"))
        if not address or not _is_other(address, page):
            continue
        if (address.startswith(start) or urlsplit(address).hostname == here.hostname) and not _is_off(element):
            yield _Link(element, _label(element), without_fragment(address))


def _label(anchor: Any) -> str:
    """What a link says, or what it says to those who cannot see its picture."""
    shown = clean(str(_WORDS(anchor))[:_MOST_OF_A_LABEL]).replace("\n", " ")
    return shown or clean(anchor.get("aria-label") or anchor.get("title") or "")


def _is_other(address: str, page: Page) -> bool:
    return without_fragment(address) != without_fragment(page.url)


def _by_words(links: list[_Link]) -> str | None:
    """The link that says "next" in one of our languages; one that stands among page numbers before any other."""
    words = page_words().next
    said = [
        link for link in links if len(link.label) <= _LONGEST_LABEL and (_says(link, words) or link.label in _ARROWS)
    ]
    in_pagers = (link for link in said if _is_in_pager(link))
    plain = (link for link in said if link.label not in _ARROWS)
    best = next(in_pagers, None) or next(plain, None)
    return best.address if best else None


def _says(link: _Link, words: Set[str]) -> bool:
    told = (link.label, link.element.get("aria-label") or "", link.element.get("title") or "")
    return any(bare(words_) in words for words_ in told if words_)


def _is_off(element: Any) -> bool:
    parent = element.getparent()
    names = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    return bool(_OFF.search(names)) or element.get("aria-disabled") == "true"


def _is_in_pager(link: _Link) -> bool:
    node = link.element
    for _ in range(4):
        if node is None:
            return False
        if _PAGER.search(f"{node.get('class') or ''} {node.get('id') or ''} {node.get('aria-label') or ''}"[:300]):
            return True
        node = node.getparent()
    return False


def _by_number(links: list[_Link], page: Page) -> str | None:
    """In a row of page numbers, the number after the current one: that which is no link, else after the address's."""
    rows: dict[Any, dict[int, str]] = {}
    for link in links:
        label = bare(link.label)
        if _NUMBER.fullmatch(label):
            rows.setdefault(_row_of(link.element), {}).setdefault(int(label), link.address)
    current = page_number(page.url)
    for row, numbers in rows.items():
        following = current + 1
        if following not in numbers or (current == 1 and 1 in numbers and len(numbers) < 2):
            continue
        if len(numbers) > 1 or page_number(numbers[following]) == following or _PAGER.search(_names_of(row)):
            return numbers[following]
    return None


def _row_of(element: Any) -> Any:
    """What holds the numbers of one pager: the parent, or its parent where each number has a wrapper of its own."""
    parent = element.getparent()
    if parent is None:
        return element
    alone = parent.tag in ("li", "td", "span", "div") and len(parent) == 1 and parent.getparent() is not None
    return parent.getparent() if alone else parent


def _names_of(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def page_number(address: str) -> int:
    """Which page of a list an address names; 1 where it names none."""
    match = _PAGE_IN_ADDRESS.search(without_fragment(address))
    return int(match["query"] or match["path"] or match["dash"]) if match else 1


def _by_address(links: list[_Link], page: Page) -> str | None:
    """The link whose address is this one with the next page's number in it."""
    here, number = _without_number(page.url), page_number(page.url)
    for link in links:
        if page_number(link.address) == number + 1 and _without_number(link.address) == here:
            return link.address
    return None


def _without_number(address: str) -> str:
    bare_address = _PAGE_IN_ADDRESS.sub("", without_fragment(address))
    return bare_address.replace("?&", "?").replace("&&", "&").rstrip("?&/").removesuffix("/index.html")
