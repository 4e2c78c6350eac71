"""Copying single records out of the evidence into an archive of their own, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from casefile.errors import EvidenceError
from casefile.evidence.reading import record_at
from casefile.evidence.warc import Sha256Writer, Span, warc_date

_RENDERED = "urn:jejak:rendered:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record with what it says; `told` are the values in its heads, `packed` the gzip member that it lies in."""

    id: str
    kind: str
    uri: str
    at: datetime
    status: int
    media_type: str
    digest: str
    told: tuple[str, ...]
    body: bytes
    packed: bytes = b""

    @property
    def url(self) -> str:
        """The address of the page, also of one that a browser rendered."""
        return self.uri.removeprefix(_RENDERED)

    @property
    def rendered(self) -> bool:
        """Whether it is the page that a browser made, not the answer that it was made from."""
        return self.uri.startswith(_RENDERED)


def read_record(path: Path, offset: int) -> Record:
    """The record at `offset`, whole. Raises EvidenceError, also for one that was forgotten."""
    with record_at(path, offset) as (records, record):
        read = _record(record)
        records.read_to_end(record)
        with path.open("rb") as file:
            file.seek(offset)
            packed = file.read(records.get_record_length())
    return replace(read, packed=packed)


def records_in(stream: IO[bytes]) -> Iterator[Record]:
    """All records of an archive, in order. Raises EvidenceError where it is broken."""
    try:
        yield from map(_record, ArchiveIterator(stream))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise EvidenceError(f"The archive is broken ({error})", "Make it again.") from error


class Copies:
    """A new archive (WARC/1.1, a gzip member a record) of records that were read, given to `write` from its beginning on."""

    def __init__(self, write: Callable[[bytes], int], name: str, software: str, at: datetime) -> None:
        self._write, self._name, self._offset = write, name, 0
        info = {"software": software, "format": "WARC File Format 1.1", "conformsTo": "ISO 28500:2017"}
        self._add(lambda writer: _dated(writer.create_warcinfo_record(name, info), at, f"{software} {name} {at}"))

    def add(self, record: Record) -> Span:
        """A record as it lies in the evidence; a rendered page under its own address, its bytes unchanged."""
        return self._add(lambda writer: _as_page(writer, record)) if record.rendered else self._put(record.packed)

    def _add(self, made: Any) -> Span:
        packed = BytesIO()
        writer = Sha256Writer(packed, gzip=True, warc_version="1.1")
        writer.write_record(made(writer))
        return self._put(packed.getvalue())

    def _put(self, packed: bytes) -> Span:
        span = Span(self._name, self._offset, len(packed), hashlib.sha256(packed).hexdigest())
        self._write(packed)
        self._offset += len(packed)
        return span


def _dated(record: Any, at: datetime, of: str) -> Any:
    """The record of that time, with an id that is the same each time."""
    record.rec_headers.replace_header("WARC-Date", warc_date(at))
    record.rec_headers.replace_header("WARC-Record-ID", f"<{uuid5(NAMESPACE_URL, of).urn}>")
    return record


def _as_page(writer: Any, record: Record) -> Any:
    """Replay finds a page by its address only."""
    page = writer.create_warc_record(
        record.url, "resource", payload=BytesIO(record.body), length=len(record.body),
        warc_content_type=record.media_type, warc_headers_dict={"WARC-Refers-To": record.id},
    )  # fmt: skip
    return _dated(page, record.at, record.id)


def _record(record: Any) -> Record:
    head, http = record.rec_headers, record.http_headers
    pairs = [*head.headers, *(http.headers if http else ())]
    return Record(
        id=head.get_header("WARC-Record-ID") or "",
        kind=record.rec_type,
        uri=head.get_header("WARC-Target-URI") or "",
        at=datetime.fromisoformat(head.get_header("WARC-Date")).astimezone(UTC),
        status=int(http.get_statuscode()) if http and record.rec_type == "response" else 200,
        media_type=(http or head).get_header("Content-Type") or "",
        digest=head.get_header("WARC-Payload-Digest") or "",
        told=tuple(value for _, value in pairs),
        body=record.raw_stream.read(),
    )
