"""A page's outline: its visible elements, counted once, each with a name that like elements share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawlers.reading.page import Page

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "title", "select", "button"}
    | {"textarea", "input", "option", "canvas", "audio"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CHROME_TAGS = frozenset({"nav", "footer", "menu", "dialog"})
_CHROME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"}
)
_CHROME_WORDS = frozenset(
    {"nav", "navbar", "navigation", "menu", "submenu", "megamenu", "footer", "breadcrumb", "breadcrumbs", "cookie"}
    | {"cookies", "consent", "gdpr", "pagination", "pager", "paginator", "pagenav", "skip", "masthead", "colophon"}
)
# Names that parts of posts bear too, or the whole of a page: they count on small parts only.
_SMALL_CHROME_WORDS = frozenset(
    {"newsletter", "subscribe", "subscription", "signup", "login", "signin", "share", "sharing", "social", "socials"}
    | {
        "modal",
        "popup",
        "overlay",
        "filter",
        "filters",
        "facet",
        "facets",
        "toolbar",
        "dropdown",
        "copyright",
        "topbar",
    }
    | {"tagcloud", "advert", "advertisement", "ads", "sponsor", "sponsored", "offcanvas", "drawer", "legal"}
)
_SIDE_WORDS = frozenset(
    {"sidebar", "aside", "related", "recommended", "recommendations", "popular", "widget", "promo", "rail", "trending"}
    | {"secondary", "similar", "also", "ad", "banner", "tags", "tag", "categories", "cta", "carousel", "partners"}
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SMALL = 0.2
_WRAPPER = 0.5  # share of the page's text from which on an element is no part beside the content, whatever its name


@dataclass(slots=True, eq=False)
class Node:
    """One visible element: `chars` of text in it, `linked` of them in links; `start` is its place in the text."""

    element: Any
    parent: Node | None
    tag: str
    start: int
    key: str = ""
    path: int = 0
    chars: int = 0
    linked: int = 0
    own: int = 0
    links: int = 0
    pictures: int = 0
    headings: int = 0
    times: int = 0
    names: str | None = None
    """What its markup calls it, joined; filled in by whom it concerns."""
    chrome: bool = False
    side: bool = False
    main: bool = False
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """Every visible node of a page in document order, and those that share one path of names from the root."""

    nodes: list[Node]
    paths: list[list[Node]]
    branches: list[list[int]]
    """For each path the paths right below it."""
    silent: frozenset[Any]
    """Elements that say nothing: scripts, buttons, fields to fill in, what is hidden."""

    @property
    def chars(self) -> int:
        return self.nodes[0].chars if self.nodes else 0


def read_outline(page: Page) -> Outline:
    """The outline of a page, in one walk: no recursion, so that no depth of nesting matters."""
    bodies = page.root.css("body")
    root: Any = bodies[0].root if bodies else page.root.root
    nodes, silent = _walk(root) if isinstance(root, etree._Element) else ([], frozenset())
    _name(nodes)
    _mark(nodes)
    paths, branches = _paths(nodes)
    return Outline(nodes, paths, branches, silent)


def _walk(root: Any) -> tuple[list[Node], frozenset[Any]]:
    nodes: list[Node] = []
    silent: list[Any] = []
    open_nodes: list[Node] = []
    in_links = 0
    said = 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            parent = open_nodes[-1] if open_nodes else None
            if parent is not None and _is_silent(element):
                walk.skip_subtree()
                silent.append(element)
                continue
            node = Node(element, parent, element.tag, said)
            nodes.append(node)
            open_nodes.append(node)
            if parent is not None:
                parent.children.append(node)
            in_links += node.tag == "a"
            said += _say(open_nodes, element.text, in_links)
            continue
        if event == "end" and open_nodes and open_nodes[-1].element is element:
            node = open_nodes.pop()
            in_links -= node.tag == "a"
            _add_up(node)
        if open_nodes and element.tail:
            said += _say(open_nodes, element.tail, in_links)
    return nodes, frozenset(silent)


def _say(open_nodes: list[Node], text: str | None, in_links: int) -> int:
    length = len(text.strip()) if text else 0
    if length:
        node = open_nodes[-1]
        node.own += length
        node.chars += length
        if in_links:
            node.linked += length
    return length


def _add_up(node: Node) -> None:
    """Add what a closed element holds to its parent."""
    node.links += node.tag == "a" and node.element.get("href") is not None
    node.pictures += node.tag in ("img", "picture", "video")
    node.headings += node.tag in HEADINGS
    node.times += node.tag == "time"
    if (parent := node.parent) is not None:
        parent.chars += node.chars
        parent.linked += node.linked
        parent.links += node.links
        parent.pictures += node.pictures
        parent.headings += node.headings
        parent.times += node.times


def _is_silent(element: Any) -> bool:
    if element.tag in _SILENT or element.get("hidden") is not None:
        return True
    if element.get("role") == "button" and not len(element):  # some sites make buttons of whole cards
        return True
    style = element.get("style")
    return bool(style) and bool(_HIDDEN.search(style))


def _name(nodes: list[Node]) -> None:
    """Name each node by its tag and that class of it which most others bear: `card featured` is a `card`."""
    classes = [(node.element.get("class") or "").split()[:20] for node in nodes]
    borne = Counter((node.tag, name) for node, names in zip(nodes, classes, strict=True) for name in names)
    for node, names in zip(nodes, classes, strict=True):
        best = max(names, key=lambda name: borne[node.tag, name], default="")
        node.key = f"{node.tag}.{best}" if best and borne[node.tag, best] > 1 else node.tag


def _mark(nodes: list[Node]) -> None:
    """Mark what stands in the page's frame (navigation, footer), what beside the content, and what in `main`."""
    whole = nodes[0].chars if nodes else 0
    wrappers = _wrappers(nodes)
    for node in nodes:
        parent = node.parent
        if parent is not None:
            node.chrome, node.side, node.main = parent.chrome, parent.side, parent.main
        element = node.element
        role = element.get("role") or ""
        node.main = node.main or node.tag in ("main", "article") or role == "main"
        if node.chars > _WRAPPER * whole and node in wrappers:
            continue
        words = set(_words(element.get("class"))) | set(_words(element.get("id")))
        is_frame = node.tag in _CHROME_TAGS or role in _CHROME_ROLES or (node.tag == "header" and not node.main)
        small = node.chars <= _SMALL * whole and not words.isdisjoint(_SMALL_CHROME_WORDS)
        node.chrome = node.chrome or is_frame or small or not words.isdisjoint(_CHROME_WORDS)
        node.side = node.side or node.tag == "aside" or role == "complementary" or not words.isdisjoint(_SIDE_WORDS)


def _wrappers(nodes: list[Node]) -> set[Node]:
    """Nodes around what a page is about: around its `main`, its articles and its first heading, where it has any."""
    marked = [node for node in nodes if node.tag in ("main", "article", "h1") or node.element.get("role") == "main"]
    if not marked:
        return set(nodes)
    around: set[Node] = set()
    for node in marked:
        above: Node | None = node
        while above is not None and above not in around:
            around.add(above)
            above = above.parent
    return around


def _words(names: str | None) -> Iterator[str]:
    return (match[0].lower() for match in _WORD.finditer(names[:300])) if names else iter(())


def _paths(nodes: list[Node]) -> tuple[list[list[Node]], list[list[int]]]:
    """Nodes by the path of names that leads to them (tag-path clustering, Miao et al. 2009)."""
    known: dict[tuple[int, str], int] = {}
    paths: list[list[Node]] = []
    branches: list[list[int]] = []
    for node in nodes:
        above = node.parent.path if node.parent is not None else -1
        path = known.setdefault((above, node.key), len(paths))
        if path == len(paths):
            paths.append([])
            branches.append([])
            if above >= 0:
                branches[above].append(path)
        node.path = path
        paths[path].append(node)
    return paths, branches
