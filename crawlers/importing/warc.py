"""Web archives (WARC, and WACZ that packs them): each page in them is read like one that was saved."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import datetime
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from casefile.errors import ImportRefused
from crawlers.importing.archives import gzipped, zip_parts
from crawlers.importing.bodies import body_of
from crawlers.importing.model import MAX_PAGE, Given, Note, Options, Read, SetAside
from crawlers.importing.pages import PageReader, Saved, is_feed
from crawlers.reading.addresses import web_address

_PAGES = ("text/html", "application/xhtml+xml", "application/rss+xml", "application/atom+xml", "application/feed+json")
_PERHAPS_FEEDS = ("text/xml", "application/xml", "application/rdf+xml", "application/json")
_AGAIN = "Get the archive again, whole; `warcio check` tells where it is damaged."
_PIECE = 1 << 16
_LONGEST_HEAD = 1 << 20  # bytes, of a record and of the answer in it
_BETWEEN = 8  # more than the two line ends between records
_BROKEN = (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError, IndexError, OSError)


def read_warc(given: Given, options: Options) -> Iterator[Read]:
    """The pages of a web archive, in its order; records that are no pages are passed over and counted."""
    reader = PageReader(options)
    yield from _read(given, reader)
    yield from reader.notes()


def read_wacz(given: Given, options: Options) -> Iterator[Read]:
    """The pages of all web archives in a WACZ file. Raises ImportRefused when there is none."""
    reader = PageReader(options)
    archives = [part for part in zip_parts(given) if part.name.endswith((".warc", ".warc.gz"))]
    if not archives:
        raise ImportRefused(f"{given.name}: there is no web archive in it", _AGAIN)
    for part in archives:
        try:
            yield from _read(part, reader)
            yield from part.faults.values()
        except ImportRefused as error:
            yield SetAside(part.name, str(error), error.remedy)
    yield from reader.notes()


def _read(given: Given, reader: PageReader) -> Iterator[Read]:
    with given.open() as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    # Unpacked here, not by warcio: it passes over a record that is cut, and refuses an archive packed in one piece.
    plain = gzipped(given) if packed else given
    passed: Counter[str] = Counter()
    with plain.open() as stream:
        for number, (record, offset, is_after_rubbish) in enumerate(_records(stream), 1):
            where = f"{given.name}, record {number}, byte {offset:,}"
            if is_after_rubbish:
                told = "what stands before this record is part of none (a length is wrong); it was passed over"
                yield SetAside(where, told, _AGAIN)
            if isinstance(record, Exception):
                yield SetAside(where, f"the archive is broken from there on ({str(record)[:200]})", _AGAIN)
                break
            saved = _saved(record, where)
            if saved is None:
                passed[record.rec_type or "unnamed"] += 1
            else:
                yield from reader.read(saved)
            if _is_cut(record):
                yield SetAside(where, "the record is cut; what stands before the cut was read", _AGAIN)
    yield from plain.faults.values() if packed else ()
    if passed:
        kinds = ", ".join(f"{count} {kind}" for kind, count in passed.most_common())
        yield Note(f"Records that hold no page were passed over: {kinds}.")


def _records(stream: IO[bytes]) -> Iterator[tuple[Any, int, bool]]:
    """The records, the place where each begins, and whether something that is no record stands before it.

    In place of a record that cannot be read stands the error, and nothing follows.
    """
    archive = ArchiveIterator(stream)
    archive.reader = _Bounded(archive.fh)
    records = iter(archive)
    offset = 0
    while True:
        archive.reader.head = 0
        try:
            end = archive.fh.tell() - archive.reader.rem_length()
            with redirect_stderr(io.StringIO()):  # to which warcio writes what the investigator should be told in words
                warnings = archive.err_count
                record = next(records, None)
            if record is None:
                if archive.fh.tell() > end + _BETWEEN:  # warcio passes over a head that is cut
                    yield EOFError("the head of a record is not whole"), end, False
                return
            offset = archive.offset
            if not record.rec_type or not record.rec_headers.get_header("Content-Length"):
                raise EOFError("the head of a record is not whole")
        except _BROKEN as error:
            yield error, offset, False
            return
        yield record, offset, archive.err_count > warnings


class _Bounded(DecompressingBufferedReader):  # type: ignore[misc]  # the library carries no types
    """Ends at a head of a record that has no end: warcio would gather it, at the cost of the square of its length."""

    head = 0

    def readline(self, length: int | None = None) -> bytes:
        left = _LONGEST_HEAD - self.head + 1
        line: bytes = super().readline(left if length is None else min(left, length))
        self.head += len(line)
        if self.head > _LONGEST_HEAD:
            raise ArchiveLoadFailed("the head of a record has no end")
        return line


def _is_cut(record: Any) -> bool:
    """Whether less of a record is there than it says; what was not read of it is passed over first."""
    while record.raw_stream.read(_PIECE):
        pass
    return bool(getattr(record.raw_stream, "limit", 0))


def _saved(record: Any, where: str) -> Saved | None:
    """The page in a record; None if it holds none. robots.txt, answers other than 200, pictures and scripts are none."""
    if record.rec_type not in ("response", "resource"):
        return None
    url = web_address("", (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))  # wget adds <>
    if url is None or url.partition("?")[0].endswith("/robots.txt"):
        return None
    headers = record.http_headers
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return None
    content_type = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in _PAGES and kind not in _PERHAPS_FEEDS:
        return None
    body = _body(record)
    if kind in _PERHAPS_FEEDS and not is_feed(body):
        return None
    return Saved(f"{where} ({url[:300]})", body, url, content_type, _moment(record.rec_headers.get_header("WARC-Date")))


def _body(record: Any) -> bytes:
    """As much of a page as can be unpacked, up to one byte more than is read of a page."""

    def said(name: str) -> str:
        return (record.http_headers.get_header(name) if record.http_headers else None) or ""

    chunked = said("Transfer-Encoding").strip().lower() == "chunked"
    return body_of(record.raw_stream, chunked=chunked, packing=said("Content-Encoding"), most=MAX_PAGE + 1)


def _moment(said: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
