"""The text that a visitor sees in an element: blocks and <br> become line feeds, scripts say nothing."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from parsel import Selector

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"}
    | {
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
    }
    | {"tfoot", "thead", "tr", "ul"}
)
_MOST_CONTACTS = 50  # of one post; a page of a hundred thousand links is no advert
_BORDER = " \n"  # of a block; a <br> is a line feed by itself
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "title", "select"}
)
_CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000)])
_NOT_A_WORD = re.compile(r"[^\w\s]{1,16}")
# Buttons such as "Chat with us" hide the contact in their target.
_CONTACT_SCHEMES = frozenset({"tel", "mailto", "sms", "whatsapp", "viber", "tg", "line", "weixin", "zalo", "skype"})
_CONTACT_HOSTS = frozenset(
    {"wa.me", "api.whatsapp.com", "chat.whatsapp.com", "wa.link", "t.me", "telegram.me", "line.me", "lin.ee", "zalo.me"}
    | {"m.me", "signal.me", "signal.group", "chats.viber.com", "invite.viber.com", "u.wechat.com"}
)


def clean(text: str) -> str:
    """Text without control characters, each line's white space collapsed, at most one empty line in a row."""
    lines: list[str] = []
    for raw in text.translate(_CONTROLS).split("\n"):
        line = " ".join(raw.split())
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()


def visible_text(
    element: Selector, drop: str | None = None, *, without: Container[object] = (), contacts: bool = False
) -> str:
    """What a visitor reads in `element`, less the elements `without` and those that the CSS selector `drop` names.

    With `contacts`, those that only a link's target holds (a button that opens WhatsApp) follow, one a line.
    """
    root: Any = element.root
    if not isinstance(root, etree._Element):
        return clean(str(root))
    dropped = {part.root for part in element.css(drop)} if drop else set()
    pieces: list[str] = []
    targets: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            silent = node in dropped or node in without or (node is not root and node.tag in _SILENT)
            if silent:
                walk.skip_subtree()
            else:
                _add(pieces, *_opening(node))
                if contacts and node.tag == "a" and (target := _contact(node.get("href"))):
                    targets.append(target)
            continue
        if event == "end" and node.tag in _BLOCKS:
            _add(pieces, _BORDER)
        if node is not root and node.tail:
            _add(pieces, _one_line(node.tail))
    return _with_contacts(clean("".join(pieces)), targets)


def _opening(node: Any) -> tuple[str, str]:
    """What an element says as it opens: its border, and its first words."""
    if node.tag == "br":
        return "\n", ""
    if node.tag == "img":  # an emoji that a site draws as a picture
        alt = node.get("alt") or ""
        return "", alt if _NOT_A_WORD.fullmatch(alt) else ""
    border = _BORDER if node.tag in _BLOCKS else " " if node.tag in _CELLS else ""
    words = node.text or ""
    return border, words if node.tag in ("pre", "textarea") else _one_line(words)


def _add(pieces: list[str], *more: str) -> None:
    """Add pieces; where blocks meet, one line ends, however many they are and whatever space lies between them."""
    for piece in more:
        at_border = not pieces or pieces[-1] == _BORDER
        if piece and not (at_border and (piece == _BORDER or (piece.isspace() and "\n" not in piece))):
            pieces.append(piece)


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _contact(target: str | None) -> str | None:
    if not target or (":" not in target and not target.strip().startswith("//")):
        return None  # it leads on within the site
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return None
    if parts.scheme.lower() in _CONTACT_SCHEMES:
        return unquote(target.strip())
    host = (parts.hostname or "").removeprefix("www.")
    return unquote(target.strip()) if host in _CONTACT_HOSTS and len(parts.path + parts.query) > 1 else None


def _with_contacts(text: str, targets: list[str]) -> str:
    """`text`, followed by the targets whose contact it does not show already."""
    if not targets:
        return text
    shown = _bare(text)
    hidden = [t for t in list(dict.fromkeys(targets))[:_MOST_CONTACTS] if not _is_shown(t, shown)]
    return "\n".join([text, *map(clean, hidden)]).strip() if hidden else text


def _is_shown(target: str, shown: str) -> bool:
    contact = target.split("?text=")[0].split("&text=")[0].rstrip("/")
    last = re.split(r"[/:=]", contact)[-1]
    return bool(_bare(last)) and _bare(last) in shown


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
