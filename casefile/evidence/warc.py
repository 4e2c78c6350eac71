"""Writing WARC files: one open file a process, a gzip member a record, SHA-256 digests, rotated by size.

Format: WARC/1.1, ISO 28500:2017, through warcio.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, FileIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from filelock import FileLock
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from casefile.chain import storage_error, sync_folder
from casefile.evidence.exchange import Exchange, Headers

ROTATE_AT_BYTES = 1_000_000_000
_BUFFER_BYTES = 1 << 18
_PRINTABLE = "".join(map(chr, range(32, 127)))


@dataclass(frozen=True, slots=True)
class Span:
    """A run of whole records in one WARC file: what one manifest line counts."""

    file: str
    offset: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Written:
    """Where one record lies."""

    record_id: str
    offset: int


class Sha256Writer(WARCWriter):  # type: ignore[misc]  # warcio carries no types
    """Writes digests by SHA-256 instead of SHA-1."""

    @staticmethod
    def _create_digester() -> Any:
        return Digester("sha256")


class _Counted:
    """Buffers bytes on their way to an unbuffered file and hashes them, so that a span need not be read again.

    Its own buffer, since Python's cannot forget: after a failed write it would write its rest later.
    """

    def __init__(self, file: FileIO) -> None:
        self._file, self._buffer = file, bytearray()
        self.offset = 0
        self.begin()

    def begin(self) -> None:
        self.start, self._sha256 = self.offset, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._buffer += data
        self._sha256.update(data)
        self.offset += len(data)
        if len(self._buffer) >= _BUFFER_BYTES:
            self.drain()
        return len(data)

    def flush(self) -> None:
        """Nothing: a group is drained once, when it is committed."""

    def drain(self) -> None:
        while self._buffer:
            written = self._file.write(self._buffer)
            del self._buffer[:written]

    def forget_group(self) -> None:
        drained = self.offset - len(self._buffer)
        del self._buffer[max(0, self.start - drained) :]
        if drained > self.start:
            self._file.truncate(self.start)
            self._file.seek(self.start)
        self.offset = self.start
        self.begin()

    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


class WarcFile:
    """The WARC file that this process writes. Records are written in groups; each group is one Span."""

    def __init__(self, folder: Path, locks: Path, software: str) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        self.name = f"{stamp}-{secrets.token_hex(4)}.warc.gz"
        self.path = folder / self.name
        # Held while this process lives: its uncommitted tail is work in progress, not the trace of a crash.
        self._lock = FileLock(locks / f"{self.name}.lock")
        try:
            self._lock.acquire()
            self._file = FileIO(self.path, "xb")
            sync_folder(folder)
        except OSError as error:
            self._lock.release()
            raise storage_error(error, self.path) from error
        self._out = _Counted(self._file)
        self._writer = Sha256Writer(self._out, gzip=True, warc_version="1.1")
        info = {"software": software, "format": "WARC File Format 1.1", "conformsTo": "ISO 28500:2017"}
        self._writer.write_record(self._writer.create_warcinfo_record(self.name, info))
        self.header = self.end_group()

    @property
    def full(self) -> bool:
        """Whether the next group should go to a new file."""
        return self._out.offset >= ROTATE_AT_BYTES

    def end_group(self) -> Span:
        """Close the group of records written since the last call."""
        span = Span(self.name, self._out.start, self._out.offset - self._out.start, self._out.hexdigest())
        self._out.begin()
        return span

    def drop_group(self) -> None:
        """Forget what was written since the last group ended (after a failure)."""
        self._out.forget_group()

    def write_exchange(self, exchange: Exchange) -> Written:
        """A response record and its request."""
        response = self._http_record("response", exchange, BytesIO(exchange.body), len(exchange.body))
        written = self._write(response)
        self._write_request(exchange, written)
        return written

    def write_revisit(self, exchange: Exchange, digest: str, first_seen: datetime) -> Written:
        """A revisit record (same payload as before, not stored again) and its request."""
        profile = "server-not-modified" if exchange.status == 304 else "identical-payload-digest"
        record = self._writer.create_revisit_record(
            safe_uri(exchange.url),
            warc_digest(digest),
            safe_uri(exchange.url),
            warc_date(first_seen),
            http_headers=_response_head(exchange),
            warc_headers_dict=_dated(exchange.at) | _from_whom(exchange),
        )
        record.rec_headers.replace_header("WARC-Profile", f"http://netpreserve.org/warc/1.1/revisit/{profile}")
        written = self._write(record)
        self._write_request(exchange, written)
        return written

    def write_resource(
        self, uri: str, content_type: str, stream: IO[bytes], length: int, at: datetime, about: Written | None = None
    ) -> Written:
        """A resource record: a file, a screenshot, a rendered page."""
        return self._plain("resource", uri, content_type, stream, length, at, about)

    def write_metadata(self, uri: str, content: bytes, at: datetime, about: Written) -> Written:
        """A metadata record in JSON about another record."""
        return self._plain("metadata", uri, "application/json", BytesIO(content), len(content), at, about)

    def sync(self) -> None:
        """Bring everything written so far onto the disk."""
        try:
            self._out.drain()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise storage_error(error, self.path) from error

    def close(self) -> None:
        """End the file; it is never opened for writing again."""
        try:
            self.sync()
        finally:
            self._file.close()
            self._lock.release()

    def _plain(
        self,
        kind: str,
        uri: str,
        content_type: str,
        stream: IO[bytes],
        length: int,
        at: datetime,
        about: Written | None,
    ) -> Written:
        headers = _dated(at)
        if about is not None:
            headers["WARC-Refers-To" if kind == "metadata" else "WARC-Concurrent-To"] = about.record_id
        record = self._writer.create_warc_record(
            safe_uri(uri),
            kind,
            payload=stream,
            length=length,
            warc_content_type=content_type,
            warc_headers_dict=headers,
        )
        return self._write(record)

    def _http_record(self, kind: str, exchange: Exchange, stream: IO[bytes], length: int) -> Any:
        return self._writer.create_warc_record(
            safe_uri(exchange.url),
            kind,
            payload=stream,
            length=length,
            http_headers=_response_head(exchange),
            warc_headers_dict=_dated(exchange.at) | _from_whom(exchange),
        )

    def _write_request(self, exchange: Exchange, answer: Written) -> None:
        path = safe_uri(exchange.url).split("://", 1)[-1].partition("/")[2]
        head = StatusAndHeaders(
            _ascii(f"{exchange.method} /{path} HTTP/1.1"), _one_line(exchange.request_headers), is_http_request=True
        )
        self._write(
            self._writer.create_warc_record(
                safe_uri(exchange.url),
                "request",
                http_headers=head,
                warc_headers_dict={**_dated(exchange.at), "WARC-Concurrent-To": answer.record_id},
            )
        )

    def _write(self, record: Any) -> Written:
        offset = self._out.offset
        try:
            self._writer.write_record(record)
        except OSError as error:
            raise storage_error(error, self.path) from error
        return Written(record.rec_headers.get_header("WARC-Record-ID"), offset)


def warc_date(at: datetime) -> str:
    """The form that WARC/1.1 wants: UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def warc_digest(sha256: str) -> str:
    """A hexadecimal SHA-256 as WARC digests are written (base 32, RFC 4648)."""
    return "sha256:" + b32encode(bytes.fromhex(sha256)).decode("ascii")


def safe_uri(uri: str) -> str:
    """The address with everything percent-encoded that could break out of a header line."""
    return quote(uri.encode("utf-8", "replace"), safe="!#$%&'()*+,-./:;=?@[]_~")


def _dated(at: datetime) -> dict[str, str]:
    return {"WARC-Date": warc_date(at)}


CERTIFICATE = "X-TLS-Certificate-SHA256"
"""The header of a record that tells the certificate's digest; WARC/1.1 has no field for it, and lets others be added (4)."""


def _from_whom(exchange: Exchange) -> dict[str, str]:
    """Who answered: the server's address, and the certificate that it showed."""
    told = {"WARC-IP-Address": exchange.ip, CERTIFICATE: exchange.certificate}
    return {name: value for name, value in told.items() if value}


def _one_line(headers: Headers | Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_ascii(name), _ascii(value)) for name, value in headers]


def _ascii(text: str) -> str:
    """One line of printable ASCII; all else percent-encoded, as warcio does in header values."""
    return quote(" ".join(text.split()).encode("utf-8", "replace"), safe=_PRINTABLE)


def _response_head(exchange: Exchange) -> StatusAndHeaders:
    return StatusAndHeaders(
        _ascii(f"{exchange.status} {exchange.reason}"), _one_line(exchange.response_headers), protocol="HTTP/1.1"
    )
