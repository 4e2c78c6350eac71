"""A page as it came over the wire, decoded and parsed once, whatever it claims to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from parsel import Selector
from w3lib.encoding import html_body_declared_encoding, html_to_unicode, http_content_type_encoding, resolve_encoding

from crawlers.reading.charsets import SAMPLE, better_charset, is_utf8
from crawlers.reading.wide_tags import MOST_ATTRIBUTES, without_wide_tags

MOST_TAGS = 300_000
"""A page with more tags is read up to there: no page of posts has so many, and each costs some microseconds."""

_DEEPEST = 2_000  # libxml2 drops without a word what is nested deeper than 2,048 elements
_FLATTEN_FROM = 200
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{0,5000}>")
# What browsers know, less what our own look decides better.
_OF_THE_WEB = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "koi8_r",
    "euc_jp",
    "shift_jis",
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded page; `complaint` says what was wrong with its bytes or its markup, and is empty if nothing was."""

    url: str
    html: str
    encoding: str
    complaint: str
    root: Selector


def read_page(body: bytes, url: str, content_type: str | None = None) -> Page:
    """Decode and parse a page; a charset that does not fit is replaced by one that does, and complained of."""
    encoding, html, complaint = _decoded(body, content_type)
    # NUL ends a text for the HTML parser, and no page needs it.
    html = html.replace("\x00", "")
    complaints = [complaint] if complaint else []
    if html.count("<") > MOST_TAGS:
        html = _cut(html)
        complaints.append(f"it has more than {MOST_TAGS:,} tags, and was read up to there (character {len(html):,})")
    html, wide = without_wide_tags(html)
    if wide:
        complaints.append(f"{wide:,} of its tags have more than {MOST_ATTRIBUTES:,} attributes, which were left out")
    root = _parsed(html, url)
    if _is_too_deep(root):
        html = _flat(html)
        root = _parsed(html, url)
        complaints.append(
            f"its elements are nested more than {_DEEPEST:,} deep; what is in them was read as plain text"
        )
    return Page(url, html, encoding, "; ".join(complaints), root)


def _decoded(body: bytes, content_type: str | None) -> tuple[str, str, str]:
    """The charset, the text, and what was wrong with the charset that is declared."""
    declared, html = html_to_unicode(content_type, body, auto_detect_fun=_guess, default_encoding="utf-8")
    if declared.startswith(("utf-16", "utf-32")):
        return declared, html, ""
    better = better_charset(body, declared)
    if better is None and "\N{REPLACEMENT CHARACTER}" in html and (guessed := _guess(body)) != declared and guessed:
        better = guessed if _fits(body, guessed) else None
    if better:
        is_declared = bool(http_content_type_encoding(content_type) or html_body_declared_encoding(body))
        told = f"the page says it is in {declared}, but it reads as {better}" if is_declared else ""
        return better, body.decode(better, "replace"), told
    strange = html.count("\N{REPLACEMENT CHARACTER}") - body.count("\N{REPLACEMENT CHARACTER}".encode())
    return declared, html, f"{strange} characters could not be read as {declared}" if strange > 20 else ""


def _guess(body: bytes) -> str | None:
    """The charset of a page that declares none."""
    if is_utf8(body) or body.isascii():
        return "utf-8"
    if better := better_charset(body, None):
        return better
    from charset_normalizer import from_bytes

    best = from_bytes(body[:SAMPLE], cp_isolation=list(_OF_THE_WEB)).best()
    return resolve_encoding(best.encoding) or best.encoding if best else "cp1252"


def _fits(body: bytes, charset: str) -> bool:
    try:
        body.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _parsed(html: str, url: str) -> Selector:
    return Selector(text=html or "<html></html>", type="html", base_url=url)


def _cut(html: str) -> str:
    """The beginning of a page, up to so many tags."""
    pieces = html.split("<", MOST_TAGS)
    return html[: len(html) - len(pieces[-1]) - 1]


def _is_too_deep(root: Selector) -> bool:
    """Whether the parser ended at the depth where it drops the rest: then the last element lies there."""
    node: Any = root.root
    for _ in range(_DEEPEST):
        if not len(node):
            return False
        node = node[-1]
    return True


def _flat(html: str) -> str:
    """The page without the tags that stand deeper than any page of posts nests them; their text stays."""
    pieces: list[str] = []
    depth = at = 0
    for tag in _TAG.finditer(html):
        name, closes = tag[2].lower(), bool(tag[1])
        if name in _VOID:
            continue
        depth = max(depth - closes, 0)
        if depth >= _FLATTEN_FROM and name not in ("body", "html"):
            pieces += (html[at : tag.start()], "\n")
            at = tag.end()
        depth += not closes
    return "".join([*pieces, html[at:]])
