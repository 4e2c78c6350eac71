"""What all demo sites share: a page before it goes out, and how texts become markup."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from desk.demo.truth import TODAY, DemoPost

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of a site; `content_type` names the charset that `body` is in."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    modified: datetime = TODAY
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """A strong validator: it changes when the body does."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


Answer = Callable[[Mapping[str, str], Mapping[str, str]], Page | None]
"""(path parameters, query) -> the page, or None where there is none."""


def html(template: str, *, posts: Iterable[DemoPost] = (), charset: str = "utf-8", **values: Any) -> Page:
    """A page made from a template; letters that the charset lacks become character references."""
    shown = tuple(posts)
    text = _templates().get_template(template).render(posts=shown, charset=charset, today=TODAY, **values)
    return Page(
        text.encode(charset, "xmlcharrefreplace"),
        f"text/html; charset={charset}",
        max((post.published for post in shown), default=TODAY),
    )


def number(words: str | None, default: int) -> int:
    """A number from a query, or the default when it is missing or no number."""
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 9 else default


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(default=True, default_for_string=True)
    )
    environment.filters |= {"paragraphs": _paragraphs, "lines": _lines, "chance": _chance}
    return environment


def _lines(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.splitlines())


def _paragraphs(text: str) -> Markup:
    parts = [part for part in text.split("\n\n") if part.strip()]
    return Markup("\n").join(Markup("<p>{}</p>").format(_lines(part)) for part in parts)


def _chance(words: str, among: int) -> int:
    return hashlib.sha256(words.encode()).digest()[0] % among
