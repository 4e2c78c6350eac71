"""Web archives (WARC, and WACZ that packs them): each page in them is read like one that was saved."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from casefile.errors import ImportRefused
from crawlers.importing.archives import zip_parts
from crawlers.importing.model import MAX_PAGE, Given, Note, Options, Read, SetAside
from crawlers.importing.pages import PageReader, Saved
from crawlers.reading.addresses import web_address

_PAGES = ("text/html", "application/xhtml+xml", "application/rss+xml", "application/atom+xml", "application/feed+json")
_AGAIN = "Get the archive again, whole; `warcio check` tells where it is damaged."


def read_warc(given: Given, options: Options) -> Iterator[Read]:
    """The pages of a web archive, in its order; records that are no pages are passed over and counted."""
    yield from _read(given, PageReader(options))


def read_wacz(given: Given, options: Options) -> Iterator[Read]:
    """The pages of all web archives in a WACZ file. Raises ImportRefused when there is none."""
    reader = PageReader(options)
    archives = [part for part in zip_parts(given) if part.name.endswith((".warc", ".warc.gz"))]
    if not archives:
        raise ImportRefused(f"{given.name}: there is no web archive in it", _AGAIN)
    for part in archives:
        try:
            yield from _read(part, reader)
        except ImportRefused as error:
            yield SetAside(part.name, str(error), error.remedy)


def _read(given: Given, reader: PageReader) -> Iterator[Read]:
    passed: Counter[str] = Counter()
    number = 0
    with given.open() as stream:
        records = iter(ArchiveIterator(stream))
        while True:
            number += 1
            where = f"{given.name}, record {number}"
            try:
                record = next(records, None)
                if record is None:
                    break
                saved = _saved(record, where)
            except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError, IndexError, OSError) as error:
                yield SetAside(where, f"the archive is broken from there on ({error})", _AGAIN)
                break
            if saved is None:
                passed[record.rec_type or "unnamed"] += 1
            else:
                yield from reader.read(saved)
    if passed:
        kinds = ", ".join(f"{count} {kind}" for kind, count in passed.most_common())
        yield Note(f"Records that hold no page were passed over: {kinds}.")


def _saved(record: Any, where: str) -> Saved | None:
    """The page in a record; None if it holds none. robots.txt, answers other than 200, pictures and scripts are none."""
    if record.rec_type not in ("response", "resource"):
        return None
    url = web_address("", record.rec_headers.get_header("WARC-Target-URI") or "")
    if url is None or url.partition("?")[0].endswith("/robots.txt"):
        return None
    headers = record.http_headers
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return None
    content_type = (headers or record.rec_headers).get_header("Content-Type") or ""
    if content_type.partition(";")[0].strip().lower() not in _PAGES:
        return None
    body = record.content_stream().read(MAX_PAGE + 1)
    return Saved(f"{where} ({url[:300]})", body, url, content_type, _moment(record.rec_headers.get_header("WARC-Date")))


def _moment(said: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
