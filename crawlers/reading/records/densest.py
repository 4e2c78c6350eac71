"""The part of a page in which its running words stand thickest: an advert in nested tables, where no article is seen."""

from __future__ import annotations

from collections.abc import Iterator

from parsel import Selector

from crawlers.reading.records.outline import Node, Outline
from crawlers.reading.visible import visible_text

_MOST_OF_IT = 0.85  # of a page's running words
_SHORTEST = 40  # characters of a line that counts as running words
_MOST_LINKED = 0.6
_LONGEST = 100_000  # characters of an advert; looking for lines in a text costs their product
_MISSING = 0.1  # of the words of a part


def fuller_text(outline: Outline, text: str, title: str | None = None) -> str:
    """`text`, or what the densest part of its page says where `text` lacks whole lines of that.

    Lines are compared without white space. Menus, buttons and lines that are nothing but links are no part of it,
    nor what stands above a line that is the `title`.
    """
    part = _densest(outline)
    if part is None or max(part.chars, len(text)) > _LONGEST:
        return text
    frame = {node.element for node in _inside(part) if node.chrome or _is_bare_link(node)}
    dense = visible_text(Selector(root=part.element), without=outline.silent | frame, contacts=True)
    lines = [line for line in dense.split("\n") if len(line) >= _SHORTEST]
    held = _packed(text)
    missed = sum(len(line) for line in lines if _packed(line) not in held)
    return _below(title, dense) if missed > _MISSING * sum(map(len, lines)) else text


def _below(title: str | None, text: str) -> str:
    lines = text.split("\n")
    return "\n".join(lines[lines.index(title) :]) if title in lines else text


def _densest(outline: Outline) -> Node | None:
    """The innermost node that holds nearly all running words of a page."""
    said = [0] * len(outline.nodes)
    place = {node: number for number, node in enumerate(outline.nodes)}
    for number in range(len(outline.nodes) - 1, -1, -1):
        node = outline.nodes[number]
        if node.own >= _SHORTEST and not node.chrome and node.linked <= _MOST_LINKED * node.chars:
            said[number] += node.own
        if node.parent is not None:
            said[place[node.parent]] += said[number]
    if not outline.nodes or not said[0]:
        return None
    node = outline.nodes[0]
    while inner := next((child for child in node.children if said[place[child]] >= _MOST_OF_IT * said[0]), None):
        node = inner
    return node if node.children else node.parent


def _is_bare_link(node: Node) -> bool:
    """Whether a node is a link, and its parent says nothing else."""
    return node.tag == "a" and node.parent is not None and node.parent.chars == node.parent.linked


def _inside(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(one.children)


def _packed(text: str) -> str:
    return "".join(text.split())
