"""The button under a list that brings more posts onto the same page."""

from __future__ import annotations

import re

from parsel import Selector

from crawlers.reading.page import Page
from crawlers.reading.visible import visible_text
from crawlers.reading.words import bare, page_words

_PRESSED = "//button | //a | //*[@role='button'] | //input[@type='button' or @type='submit']"
_HIDDEN = "ancestor-or-self::*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"
_LONGEST = 60
_COUNTED = re.compile(r"[\s(\[]{0,9}\d[\d.,/ ]{0,12}[)\]]?$")
_PLAIN = re.compile(r"[A-Za-z_][\w-]{0,60}")
_MOST_CLASSES = 4
_LONGEST_CSS = 150


def more_button(page: Page) -> str | None:
    """The CSS of the one button that loads more, by its words; None where there is none, or more than one.

    Buttons that "show more" of single posts stand in many posts, so that several of them tell nothing.
    """
    found = [one for one in page.root.xpath(_PRESSED) if _loads_more(one)][:2]
    return _only_css(page, found[0]) if len(found) == 1 else None


def _loads_more(button: Selector) -> bool:
    target = (button.root.get("href") or "").strip()
    if target and not target.startswith(("#", "javascript:")):
        return False  # it leads to another page, and is followed as such
    words = visible_text(button) or button.root.get("value") or button.root.get("aria-label") or ""
    if len(words) > _LONGEST or bare(_COUNTED.sub("", words)) not in page_words().load_more:
        return False
    return not button.xpath(_HIDDEN)


def _only_css(page: Page, button: Selector) -> str | None:
    """The shortest CSS that means this element and no other: by its id, its classes, or what marks it beside them."""
    tag = button.root.tag
    classes = [name for name in (button.root.get("class") or "").split() if _PLAIN.fullmatch(name)]
    name = button.root.get("id") or ""
    ways = [f"#{name}"] if _PLAIN.fullmatch(name) else []
    ways += [f"{tag}.{one}" for one in classes[:_MOST_CLASSES]]
    ways += [f"{tag}.{'.'.join(classes[:_MOST_CLASSES])}"] if len(classes) > 1 else []
    for mark in ("data-testid", "data-action", "aria-label", "name"):
        value = button.root.get(mark) or "\n"
        ways += [f'{tag}[{mark}="{value}"]'] if value.isprintable() and not set(value) & set('"\\') else []
    return next((css for css in (*ways, tag) if len(css) <= _LONGEST_CSS and len(page.root.css(css)) == 1), None)
