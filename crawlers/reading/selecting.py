"""Selectors as a source's file writes them: CSS (with parsel's ::text and ::attr), or XPath after `xpath:`."""

from __future__ import annotations

import re

from cssselect import SelectorError
from lxml import etree
from parsel import Selector, SelectorList

from casefile.errors import Mistake, SettingsError
from casefile.settings import Select, SourceSettings
from crawlers.reading.addresses import web_address
from crawlers.reading.visible import clean, visible_text

_XPATH = "xpath:"
_BY_PATTERN = re.compile(r"\bre:\w+\s*\(")


def select(node: Selector, query: str | None) -> SelectorList[Selector]:
    """What `query` finds inside `node`, in document order; nothing for no query."""
    if not query:
        return SelectorList([])
    if query.startswith(_XPATH):
        return node.xpath(query.removeprefix(_XPATH).strip())
    return node.css(query)


def first_words(node: Selector, query: str | None) -> str | None:
    """The first words that `query` finds: an attribute, a text, or an element's visible text."""
    return next((words for found in select(node, query) if (words := visible_text(found))), None)


def all_words(node: Selector, query: str | None, drop: str | None = None) -> str:
    """A text: everything that `query` finds, each on its own line, with contacts that only links hold."""
    parts: list[str] = []
    inside: set[object] = set()
    for found in select(node, query):
        if isinstance(found.root, etree._Element):
            if any(parent in inside for parent in found.root.iterancestors()):
                continue  # an element inside one that was read already
            inside.add(found.root)
        parts.append(visible_text(found, drop, contacts=True))
    return clean("\n".join(part for part in parts if part))


def first_address(node: Selector, query: str | None, base: str) -> str | None:
    """The first http(s) address that `query` finds, absolute; an element gives its `href`."""
    return next(iter(all_addresses(node, query, base)), None)


def all_addresses(node: Selector, query: str | None, base: str) -> list[str]:
    """All http(s) addresses that `query` finds, absolute, each once, in document order."""
    links = (_target(found) for found in select(node, query))
    return list(dict.fromkeys(address for link in links if (address := web_address(base, link))))


def _target(found: Selector) -> str | None:
    if isinstance(found.root, etree._Element):
        return found.root.get("href") or found.root.get("src")
    return str(found.root)


def check_selectors(source: SourceSettings) -> None:
    """Raise SettingsError that names every selector of a source which cannot be understood."""
    nothing = Selector(text="<html></html>")
    mistakes: list[Mistake] = []
    for name, field in Select.model_fields.items():
        query = getattr(source.select, name)
        try:
            _refuse_patterns(query)
            select(nothing, query)
        except (ValueError, SelectorError, RecursionError) as error:
            mistakes.append(
                Mistake(
                    file=f"sources/{source.name}.yml",
                    where=f"select.{name}",
                    problem=f"{query[:200]!r} is no selector ({error})",
                    expected="a CSS selector, or an XPath after 'xpath:'",
                    example=str((field.examples or ["div.post"])[0]),
                )
            )
    if mistakes:
        raise SettingsError(mistakes)


def _refuse_patterns(query: str | None) -> None:
    """A hostile page could make a regular expression run for ever, and nothing in XPath bounds it."""
    if query and query.startswith(_XPATH) and _BY_PATTERN.search(query):
        raise ValueError("regular expressions are not used here: take contains() or starts-with()")
