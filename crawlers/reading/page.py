"""A page as it came over the wire, decoded and parsed once, whatever it claims to be."""

from __future__ import annotations

from dataclasses import dataclass

from parsel import Selector
from w3lib.encoding import html_to_unicode, resolve_encoding

# Enough to tell a charset by, little enough to stay quick on a page of 20 MB.
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded page; `complaint` says what was wrong with its charset, and is empty if nothing was."""

    url: str
    html: str
    encoding: str
    complaint: str
    root: Selector


def read_page(body: bytes, url: str, content_type: str | None = None) -> Page:
    """Decode and parse a page; a charset that does not fit is replaced by one that does, and complained of."""
    encoding, html = html_to_unicode(content_type, body, auto_detect_fun=_guess, default_encoding="utf-8")
    complaint = ""
    if "�" in html and (better := _better(body, encoding)):
        html = body.decode(better, "replace")
        complaint = f"the page says it is in {encoding}, but it reads as {better}"
        encoding = better
    elif html.count("�") > 20 and "�".encode() not in body:
        complaint = f"{html.count('�')} characters could not be read as {encoding}"
    # NUL ends a text for the HTML parser, and no page needs it.
    html = html.replace("\x00", "")
    return Page(url, html, encoding, complaint, Selector(text=html or "<html></html>", type="html", base_url=url))


def _guess(body: bytes) -> str | None:
    """The charset of a page that declares none: UTF-8 where it fits, else the likeliest."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _likeliest(body)
    return "utf-8"


def _better(body: bytes, wrong: str) -> str | None:
    """A charset that `body` decodes in without a fault; None where the declared one is as good as any."""
    for candidate in ("utf-8", _likeliest(body)):
        if candidate is None or candidate == wrong:
            continue
        try:
            body.decode(candidate)
        except UnicodeDecodeError:
            continue
        return candidate
    return None


def _likeliest(body: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE], cp_exclusion=["utf_16", "utf_32", "utf_7"]).best()
    return resolve_encoding(best.encoding) or best.encoding if best else None
