"""The marks that an engine leaves in a page: classes, ids, elements, the generator, words of its markup."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from crawlers.reading.page import Page

# Beyond this many elements a page is read no further for marks: engines leave theirs early.
_MOST_ELEMENTS = 100_000


@dataclass(frozen=True, slots=True)
class Marks:
    """What a page carries; all in lower case."""

    classes: frozenset[str]
    ids: frozenset[str]
    elements: frozenset[str]
    generator: str
    html: str

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
    """All marks of a page, in one pass over its elements."""
    classes: set[str] = set()
    ids: set[str] = set()
    elements: set[str] = set()
    generator = ""
    for number, node in enumerate(page.root.root.iter()):
        if number > _MOST_ELEMENTS:
            break
        if not isinstance(node.tag, str):
            continue
        elements.add(node.tag)
        classes.update((node.get("class") or "").lower().split())
        if name := node.get("id"):
            ids.add(name.lower())
        if node.tag == "meta" and (node.get("name") or "").lower() == "generator":
            generator += f" {node.get('content') or ''}".lower()
    return Marks(frozenset(classes), frozenset(ids), frozenset(elements), generator, page.html.lower())
