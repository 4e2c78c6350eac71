"""What of a page is its content: the regions whose records are posts, and the page's own running words."""

from __future__ import annotations

from dataclasses import dataclass

from parsel import Selector

from crawlers.reading.records.fields import is_signed, leads_on
from crawlers.reading.records.outline import HEADINGS, Node, Outline
from crawlers.reading.records.ranking import how_likely
from crawlers.reading.records.regions import Region, find_regions
from crawlers.reading.visible import visible_text
from crawlers.reading.words import bare, page_words

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd"}
    | {
        "label",
        "mark",
        "picture",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    }
)
LIKELY = 0.5  # from which on a region is taken for posts
PLAIN = 0.35  # from which on a list without links is taken for words of the page
_ENOUGH_TO_TELL = 100  # records of a region that are looked into
_MOST_LINKED = 0.6  # of a paragraph's characters


@dataclass(frozen=True, slots=True)
class Sifted:
    """Regions that hold posts, best first by size; `words` are the page's own, in order; `prose` counts its sentences."""

    regions: tuple[Region, ...]
    words: str
    prose: int


def sift(outline: Outline) -> Sifted:
    """Sort a page's regions and loose blocks into posts, the page's own words, and what surrounds them."""
    kept: list[Region] = []
    plain: set[Node] = set()
    passed: set[Node] = set()
    found = [(region, how_likely(region, outline), is_of_posts(region)) for region in find_regions(outline)]
    enough = min(LIKELY, max((likely for _, likely, posts in found if posts), default=0.0))
    kinds = {_first(region).key for region, likely, posts in found if posts and likely >= enough}
    for region, likely, posts in found:
        first = _first(region)
        of_a_kind = first.key in kinds and "." in first.key and not first.chrome
        if posts and (likely >= enough or of_a_kind):
            kept.append(region)
        nodes = {node for record in region.records for node in record}
        if posts or likely < PLAIN:
            passed |= nodes
        else:
            plain |= nodes
    words, prose = _own_words(outline, passed, plain)
    return Sifted(tuple(kept), words, prose)


def is_of_posts(region: Region) -> bool:
    """Whether most records are posts or lead to such: signed or dated, or headed by a link; sections and lists are not."""
    some = region.records[:: max(1, len(region.records) // _ENOUGH_TO_TELL)]
    cards = sum(map(leads_on, some))
    return 2 * cards >= len(some) or 2 * sum(map(is_signed, some)) >= len(some)


def _first(region: Region) -> Node:
    return region.records[0][0]


def _own_words(outline: Outline, passed: set[Node], plain: set[Node]) -> tuple[str, int]:
    lines: list[str] = []
    prose = 0
    stack = list(outline.nodes[:1])
    buttons = page_words().buttons
    while stack:
        node = stack.pop()
        if node in passed or not node.chars:
            continue
        if node in plain or _is_block(node):
            if node in plain or _is_content(node):
                text = visible_text(Selector(root=node.element), without=outline.silent)
                lines += [line for line in text.split("\n") if bare(line) not in buttons]
                prose += node.chars - node.linked
            continue
        stack.extend(reversed(node.children))
    return "\n".join(lines), prose


def _is_block(node: Node) -> bool:
    """Whether a node is one block of text: nothing but words and inline parts, or mostly words of its own."""
    return all(child.tag in _INLINE for child in node.children) or node.own > 0.5 * node.chars


def _is_content(node: Node) -> bool:
    if node.chrome or node.side:
        return False
    return node.tag in HEADINGS or (node.chars >= 40 and node.linked <= _MOST_LINKED * node.chars)
