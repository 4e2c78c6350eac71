"""What a page of the evidence says, read in every way in which it may say it; what cannot be read proves nothing.

A page is read as it stands, as its text without the tags, and with what is packed in it: addresses that Cloudflare hides
(https://developers.cloudflare.com/waf/tools/scrape-shield/email-address-obfuscation/), and text in base 64.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from itertools import chain

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

_READABLE = re.compile(r"text/(?:html|plain|xml|csv|markdown)|application/(?:[a-z0-9.]{1,40}\+)?(?:json|xml)")
_DATA = re.compile(r"data:([a-z]{1,20})/[a-z0-9.+-]{1,60}(?:;[a-z0-9=_-]{1,40}){0,4},([a-z0-9+/=%_-]*)", re.I)
_BASE_64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HIDDEN_MAIL = re.compile(r"(?:data-cfemail=[\"']?|/email-protection#)([0-9a-f]{4,600})", re.I)
_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile("<!--"), re.compile("-->")
_SILENT = tuple((re.compile(f"<{tag}", re.I), re.compile(f"</{tag}", re.I)) for tag in ("script", "style"))
_SMALLEST_PICTURE = 1_000  # letters of base 64; anything smaller is a dot or an arrow
_DECLARED_WITHIN = 4_096  # bytes


class Unreadable(Exception):
    """A page that nobody can prove clean; says why."""


def readings_of(body: bytes, content_type: str) -> Iterator[str]:
    """All that a page says, its source first. Raises Unreadable for pictures and what is no text, whole or in parts."""
    kind = content_type.partition(";")[0].strip().casefold() or "text/html"
    if not _READABLE.fullmatch(kind):
        raise Unreadable(f"is {kind}")
    for text in dict.fromkeys(_decoded(body, content_type)):
        plain = text.replace("\\/", "/")
        if any(found[1].casefold() != "text" and len(found[2]) > _SMALLEST_PICTURE for found in _DATA.finditer(plain)):
            raise Unreadable("holds a picture, or something else that is no text")
        yield text
        yield without_tags(text)
        yield from chain(_mail_hidden_in(plain), _packed_in(plain))


def without_tags(text: str, between: str = "") -> str:
    """The text on one line, with what is to stand `between` words that a tag divides; comments say nothing."""
    return " ".join(html.unescape(_TAG.sub(between, _without(text, *_COMMENT))).split())


def seen(text: str) -> str:
    """The words that a reader of the page sees."""
    for begin, end in _SILENT:
        text = _without(text, begin, end)
    return without_tags(text, " ")


def _without(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> str:
    pieces, at = [], 0
    while (start := begin.search(text, at)) and (stop := end.search(text, start.end())):
        pieces.append(text[at : start.start()])
        at = stop.end()
    return "".join([*pieces, text[at:]])


def _decoded(body: bytes, content_type: str) -> Iterator[str]:
    """The text as a browser reads it, and as UTF-8, if it can be read so. Raises Unreadable where a browser must guess."""
    marked, mark = read_bom(body)
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body[:_DECLARED_WITHIN])
    told, rest = marked or declared or "utf-8", body[len(mark or b"") :]
    try:
        yield rest.decode(told)
    except (ValueError, LookupError) as error:
        raise Unreadable(f"cannot be read as {told}") from error
    try:
        yield rest.decode("utf-8")
    except UnicodeDecodeError:
        return


def _mail_hidden_in(text: str) -> Iterator[str]:
    for found in _HIDDEN_MAIL.finditer(text):
        key, *letters = bytes.fromhex(found[1][: len(found[1]) // 2 * 2])
        yield bytes(letter ^ key for letter in letters).decode("utf-8", "replace")


def _packed_in(text: str) -> Iterator[str]:
    for found in _BASE_64.finditer(text):
        packed = found[0].rstrip("=").translate(str.maketrans("-_", "+/"))
        whole = packed[: len(packed) - (len(packed) % 4 == 1)]
        try:
            yield base64.b64decode(whole + "=" * (-len(whole) % 4)).decode("utf-8")
        except ValueError:
            continue
