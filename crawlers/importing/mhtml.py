"""Pages that a browser saved with all their parts in one file (MHTML, RFC 2557)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from casefile.errors import ImportRefused
from crawlers.importing.model import Given, Options, Read, SetAside
from crawlers.importing.pages import PageReader, Saved
from crawlers.reading.addresses import web_address

_MAX_FILE = 200_000_000
_AGAIN = "Save the page again, as a single file."


def read_mhtml(given: Given, options: Options) -> Iterator[Read]:
    """The page in the file, read like one that was saved as HTML."""
    saved = saved_page(given)
    if saved is None:
        yield SetAside("the file", "there is no page in it", _AGAIN)
        return
    reader = PageReader(options)
    yield from reader.read(saved)
    yield from reader.notes()


def saved_page(given: Given) -> Saved | None:
    """The page in the file, with its address and the time of saving; its pictures stay where they are."""
    with given.open() as stream:
        content = stream.read(_MAX_FILE + 1)
    if len(content) > _MAX_FILE:
        raise ImportRefused(f"{given.name}: is larger than {_MAX_FILE // 1_000_000} MB", "Save the page as plain HTML.")
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        root = _page_part(message)
        body = root.get_payload(decode=True) if root is not None else None
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise ImportRefused(f"{given.name}: is no readable MHTML ({type(error).__name__})", _AGAIN) from error
    if root is None or not isinstance(body, bytes):
        return None
    url = web_address("", str(message.get("Snapshot-Content-Location") or root.get("Content-Location") or ""))
    return Saved("the page", body, url, _content_type(root), _saved_at(message))


def _page_part(message: Message) -> Message | None:
    """The part that is the page itself: the one that `start` names, else the first HTML."""
    start = message.get_param("start")
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    named = [part for part in pages if start and str(part.get("Content-ID")).strip() == str(start).strip()]
    return next(iter(named or pages), None)


def _content_type(part: Message) -> str:
    charset = part.get_content_charset()
    return f"text/html; charset={charset}" if charset else "text/html"


def _saved_at(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(message.get("Date")))
    except (ValueError, IndexError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
