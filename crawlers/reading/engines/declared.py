"""Threads that a page declares in schema.org's words (DiscussionForumPosting, QAPage), by JSON-LD or microdata.

Sources: https://schema.org/DiscussionForumPosting, https://schema.org/QAPage and what search engines ask of both
(https://developers.google.com/search/docs/appearance/structured-data/discussion-forum).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree
from parsel import Selector

from casefile.records import Media
from crawlers.reading.addresses import web_address
from crawlers.reading.declared import json_ld, types_of
from crawlers.reading.engines.fields import mapping, sequence, text_of, words_of
from crawlers.reading.engines.layout import base_of, date_words, pictures, post_address, thread_address
from crawlers.reading.engines.marks import DEEPEST, marks_of
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.page import Page
from crawlers.reading.visible import visible_text

QUOTES = "blockquote, .quote, [class$='-quote'], td[style*='1px inset'], .quoted, .bbcode_quote, .bbCodeBlock--quote, .signature, .edited, script, button"
_OPENS = frozenset({"DiscussionForumPosting", "Question", "SocialMediaPosting"})
_POSTS = _OPENS | {"Comment", "Answer"}
_TEXT = ("text", "articleBody", "commentText", "description")
_MOST_COMPARED = 100
_LABELS = 80  # characters
_MOST_ABOVE = 30  # lines
_DATES = ("datePublished", "dateCreated", "commentTime", "dateModified")


def declared_thread(page: Page) -> list[Found]:
    """The posts of the thread that a page declares; nothing where it declares none (comments alone are none)."""
    return _declared_posts(page, _OPENS)


def declared_comments(page: Page) -> list[Found]:
    """The comments that a page declares under an article or whatever else it is about."""
    return _declared_posts(page, frozenset({"Comment"}))


def _declared_posts(page: Page, needed: frozenset[str]) -> list[Found]:
    """All posts that a page declares, where one of them is of a type in `needed`."""
    if marks_of(page).depth > DEEPEST:
        return []
    return max(_from_json_ld(page, needed), _from_microdata(page, needed), key=len)


def tells_more(seen: Sequence[Found], declared: Sequence[Found]) -> bool:
    """Whether the boxes seen on a page are the declared thread, and hold much more of it than it declares."""
    # Boxes show more than their posts' words: ranks, badges, counters.
    words = sum(max(0, len(post.text) - _LABELS) for post in seen)
    shown = _flat(" ".join(post.text for post in seen))
    is_thread = any(_flat(post.text[:200])[:40] in shown for post in declared)
    return len(seen) > 1 and is_thread and words > 1.5 * sum(len(post.text) for post in declared)


def complete(seen: Sequence[Found], declared: Sequence[Found]) -> list[Found]:
    """The posts seen, with what they lack taken from the declared ones whose first words they hold near their start."""
    told = {_flat(post.text[:200])[:40]: replace(post, media=()) for post in declared[:_MOST_COMPARED]}
    completed = []
    for post in seen:
        start = _flat(post.text[:600])
        match = next((other for begin, other in told.items() if begin and begin in start), Found())
        text = post.text if post.author else _from(match.text, post.text)
        completed.append(fill_gaps(replace(post, text=text), match))
    return completed


def _from(beginning: str, text: str) -> str:
    """`text` from the line on that begins as `beginning` does; nobody's words above it are the page's own."""
    start = _flat(beginning.strip().partition("\n")[0])[:40]
    lines = text.split("\n")
    found = next((at for at, line in enumerate(lines[:_MOST_ABOVE]) if start and _flat(line).startswith(start)), 0)
    return "\n".join(lines[found:])


def _flat(text: str) -> str:
    return " ".join(text.split())


def _from_json_ld(page: Page, needed: frozenset[str]) -> list[Found]:
    items = list(json_ld(page))
    kinds = {kind for item in items for kind in types_of(item)}
    # Questions that a site answers itself (FAQPage) are no posts.
    if not kinds & needed or ("FAQPage" in kinds and "QAPage" not in kinds):
        return []
    base, thread = base_of(page), thread_address(page)
    found = [_declared(item, base, thread) for item in items if _POSTS.intersection(types_of(item))]
    return _each_once([post for post in found if post.text])


def _declared(item: Mapping[str, Any], base: str, thread: str | None) -> Found:
    author = item.get("author") or item.get("creator")
    by = mapping(sequence(author)[0] if sequence(author) else None)
    address = web_address(base, words_of(item.get("url")) or words_of(item.get("@id")))
    name = words_of(by.get("name")) or words_of(sequence(author)[0] if sequence(author) else None)
    pictures_of = [words_of(mapping(one).get("url")) or words_of(one) for one in sequence(item.get("image"))]
    return Found(
        text=next((text for key in _TEXT if (text := text_of(item.get(key), QUOTES))), ""),
        url=post_address(address) if address else None,
        title=text_of(item.get("headline")) or text_of(item.get("name")) or None,
        author=text_of(name) or None,
        author_url=web_address(base, words_of(by.get("url"))),
        published_words=next((date for key in _DATES if (date := words_of(item.get(key)))), None),
        thread=thread,
        media=tuple(Media(kind="photo", url=url) for link in pictures_of if (url := web_address(base, link))),
    )


@dataclass(slots=True)
class _Scope:
    """One thing of microdata while its elements are walked through."""

    kind: str
    prop: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    author: dict[str, Any] = field(default_factory=dict)


def _from_microdata(page: Page, needed: frozenset[str]) -> list[Found]:
    if "itemscope" not in page.html:
        return []
    base, thread = base_of(page), thread_address(page)
    scopes = list(_scopes(page.root.root))
    if not any(scope.kind in needed for scope in scopes):
        return []
    posts = [_written(scope, base, thread) for scope in scopes]
    return _each_once([post for post in posts if post.text])


def _scopes(root: Any) -> Iterator[_Scope]:
    """Every post's scope, in the order in which they begin; one walk, however deep they are nested."""
    begun: list[_Scope] = []
    stack: list[_Scope] = [_Scope("")]
    for event, node in etree.iterwalk(root, events=("start", "end")):
        is_scope = node.get("itemscope") is not None
        if event == "end":
            if is_scope and len(stack) > 1:
                stack.pop()
            continue
        prop = (node.get("itemprop") or "").split(" ")[0]
        if is_scope:
            kind = (node.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
            scope = _Scope(kind, prop)
            if prop in ("author", "creator"):
                scope.told = stack[-1].author
                scope.told.setdefault("@node", node)
            stack.append(scope)
            if kind in _POSTS:
                begun.append(scope)
        elif prop:
            stack[-1].told.setdefault(prop, node)
    yield from begun


def _written(scope: _Scope, base: str, thread: str | None) -> Found:
    told = scope.told
    body = next((told[key] for key in _TEXT if key in told), None)
    by = scope.author
    name = by.get("name", by.get("@node")) if by else told.get("author", told.get("creator"))
    date = next((told[key] for key in _DATES if key in told), None)
    address = web_address(base, _value(told.get("url")))
    text, media = _body(body, base)
    return Found(
        text=text,
        url=post_address(address) if address else None,
        title=_value(told.get("headline")) or _value(told.get("name")),
        author=_value(name),
        author_url=web_address(base, _value(by.get("url"))),
        published_words=date_words(Selector(root=date, type="html")) if date is not None else None,
        thread=thread,
        media=media,
    )


def _body(node: Any, base: str) -> tuple[str, tuple[Media, ...]]:
    if node is None:
        return "", ()
    if node.tag == "meta":
        return text_of(node.get("content")), ()
    shown = Selector(root=node, type="html")
    return visible_text(shown, QUOTES, contacts=True), tuple(pictures(shown, base, QUOTES))


def _value(node: Any) -> str | None:
    if node is None:
        return None
    told = node.get("content") or node.get("href")
    return (told or visible_text(Selector(root=node, type="html")).replace("\n", " ")).strip() or None


def _each_once(posts: list[Found]) -> list[Found]:
    """Posts without repetition: some pages declare the first one twice."""
    return list({(post.url, post.author, post.text): post for post in posts}.values())
