"""The marks that an engine leaves in a page: classes, ids, elements, the generator, words of its markup."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from crawlers.reading.page import Page

DEEPEST = 300
"""No forum nests its elements deeper. Looking inside boxes costs time by depth, so a trap is told by it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a page carries; all in lower case."""

    classes: frozenset[str]
    ids: frozenset[str]
    elements: frozenset[str]
    generator: str
    html: str
    depth: int

    def hold(self, mark: str) -> bool:
        """Whether the page carries `mark`: `.class`, `#id`, `<element`, `generator:words`, else words of its markup."""
        kind, name = mark[:1], mark[1:]
        if kind == ".":
            return name in self.classes
        if kind == "#":
            return name in self.ids
        if kind == "<":
            return name in self.elements
        if mark.startswith("generator:"):
            return mark.removeprefix("generator:") in self.generator
        return mark in self.html


@lru_cache(maxsize=4)
def marks_of(page: Page) -> Marks:
    """All marks of a page, in one pass over its elements; `depth` is how deep they are nested."""
    classes: set[str] = set()
    ids: set[str] = set()
    elements: set[str] = set()
    generator = ""
    depth = deepest = 0
    for event, node in etree.iterwalk(page.root.root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        deepest = max(deepest, depth)
        elements.add(node.tag)
        classes.update((node.get("class") or "").lower().split())
        if name := node.get("id"):
            ids.add(name.lower())
        if node.tag == "meta" and (node.get("name") or "").lower() == "generator":
            generator += f" {node.get('content') or ''}".lower()
    return Marks(frozenset(classes), frozenset(ids), frozenset(elements), generator, page.html.lower(), deepest)
