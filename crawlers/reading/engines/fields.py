"""Fields of JSON that nobody vouches for: whatever is not of the kind that is asked for is nothing."""

from __future__ import annotations

import json
from typing import Any

from parsel import Selector

from crawlers.reading.visible import clean, visible_text


def parsed(words: str | None) -> Any:
    """What JSON `words` are; None for what is none, or is nested too deep."""
    try:
        return json.loads(words or "", strict=False)
    except (ValueError, RecursionError):
        return None


def mapping(value: Any) -> dict[str, Any]:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """`value` if it is a list; one thing alone as a list of one; nothing as an empty list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def words_of(value: Any) -> str | None:
    """A string or number as text; None for anything else and for nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def text_of(markup: Any, drop: str | None = None) -> str:
    """The visible text of markup inside JSON, without the parts that the CSS selector `drop` names."""
    raw = words_of(markup) or ""
    if "<" not in raw and "&" not in raw:
        return clean(raw)
    return visible_text(Selector(text=f"<div>{raw}</div>", type="html"), drop, contacts=True)
