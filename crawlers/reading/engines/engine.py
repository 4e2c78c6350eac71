"""What an engine is: the marks it is known by, and how its pages are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crawlers.reading.engines.layout import Layout, base_of, left_out, read_layout
from crawlers.reading.engines.marks import marks_of
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.selecting import all_addresses, first_address

Reader = Callable[[Page], list[Found]]


@dataclass(frozen=True, slots=True)
class Recognition:
    """How sure it is (0 to 1) that an engine drew a page, and by which marks."""

    sure: float
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The posts of a page, for each field the place that it was taken from, and what was left out, in words."""

    posts: tuple[Found, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A reader of its own, for what no layout describes; `where` tells a person what it reads.

    `layout` is the one that it begins from, where there is one.
    """

    where: str
    read: Reader
    layout: Layout | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A forum's software. The first of `layouts` that finds posts reads the page.

    `marks` say how sure each mark makes that the engine drew the page. `threads` and `following` are selectors:
    the threads that a board lists, and the page after this one.
    """

    name: str
    marks: Mapping[str, float]
    layouts: tuple[Layout | Script, ...] = ()
    threads: str | None = None
    following: str | None = None

    def recognises(self, page: Page) -> Recognition:
        """How sure the marks of `page` make that this engine drew it; two marks weigh more than one."""
        held = marks_of(page)
        doubt, signs = 1.0, []
        for mark, weight in self.marks.items():
            if held.hold(mark):
                doubt *= 1 - weight
                signs.append(mark)
        return Recognition(round(1 - doubt, 3), tuple(signs))

    def read(self, page: Page) -> Reading:
        """The posts of a page; nothing where it holds none that the engine's layouts know."""
        for layout in self.layouts:
            if isinstance(layout, Script):
                if posts := layout.read(page):
                    why = dict.fromkeys(("text", "author", "published", "url"), layout.where)
                    return Reading(tuple(posts), why, left_out(page, layout.layout) if layout.layout else "")
            elif posts := read_layout(page, layout):
                return Reading(tuple(posts), layout.why(), left_out(page, layout))
        return Reading()

    def list_threads(self, page: Page) -> tuple[str, ...]:
        """The addresses of the threads that a board lists."""
        return tuple(all_addresses(page.root, self.threads, base_of(page))) if self.threads else ()

    def next_page(self, page: Page) -> str | None:
        """The page after this one, where the engine says it in its own way."""
        return first_address(page.root, self.following, base_of(page)) if self.following else None
