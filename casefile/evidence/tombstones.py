"""What stands in the place of a forgotten record: a gzip member of the same length, so that all others stay where they are."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from casefile.errors import EvidenceError
from casefile.evidence.warc import warc_date, warc_digest
from casefile.identity import sha256_hex

FORGOTTEN_URI = "urn:jejak:forgotten"
"""The address that a tombstone bears instead of a page's or a file's."""
_SAYS = b"Forgotten: a later line of manifest.jsonl, of the type forgotten, says when, by whom and why.\n"
_HEADER = struct.pack("<BBBBIBB", 0x1F, 0x8B, 8, 0, 0, 2, 255)  # RFC 1952, 2.3: deflate, no flags, no time
_HEADER_WITH_COMMENT = _HEADER[:3] + b"\x10" + _HEADER[4:]
_FILLER = b"." * (1 << 16)


def tombstone(record_id: str, at: datetime, length: int) -> Iterator[bytes]:
    """A record of that id and length, in pieces, which says that what stood here was forgotten."""
    head = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: {record_id}\r\nWARC-Date: {warc_date(at)}\r\n"
        f"WARC-Target-URI: {FORGOTTEN_URI}\r\nContent-Type: text/plain\r\nContent-Length: {len(_SAYS)}\r\n\r\n"
    )
    return _member(head.encode("ascii") + _SAYS + b"\r\n\r\n", length)


def without_posts(record: bytes, forgotten: Collection[str], length: int) -> Iterator[bytes]:
    """A metadata record (as it is inside its gzip member) without these posts, at the length that it had."""
    head, _, rest = record.partition(b"\r\n\r\n")
    told: dict[str, Any] = json.loads(rest[:-4])
    told["posts"] = [post for post in told["posts"] if post["id"] not in forgotten]
    told["seen"] = [post for post in told["seen"] if post not in forgotten]
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    lines = [_renewed(line, body) for line in head.split(b"\r\n")]
    return _member(b"\r\n".join(line for line in lines if line) + b"\r\n\r\n" + body + b"\r\n\r\n", length)


def _renewed(line: bytes, body: bytes) -> bytes:
    """A header line as it is right for another body; empty where it can be left out."""
    name = line.partition(b":")[0].lower()
    if name == b"content-length":
        return f"Content-Length: {len(body)}".encode("ascii")
    if name == b"warc-block-digest":
        return f"WARC-Block-Digest: {warc_digest(sha256_hex(body))}".encode("ascii")
    return b"" if name == b"warc-payload-digest" else line


def _member(content: bytes, length: int) -> Iterator[bytes]:
    """A gzip member of exactly this length: what is left over is filled up in the comment of its header."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeezed.compress(content) + squeezed.flush()
    tail = struct.pack("<II", zlib.crc32(content), len(content))
    room = length - len(_HEADER) - len(body) - len(tail)
    if room < 0:
        raise EvidenceError(
            f"a record of {length} bytes is too short for what says that it was forgotten", "Please report this."
        )
    yield _HEADER_WITH_COMMENT if room else _HEADER
    for start in range(0, room - 1, len(_FILLER)):
        yield _FILLER[: min(len(_FILLER), room - 1 - start)]
    yield (b"\0" if room else b"") + body + tail


def members(span: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each gzip member of a span: where it begins, its length, and the record in it."""
    offset = 0
    while offset < len(span):
        opened = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            record = opened.decompress(span[offset:])
        except zlib.error as error:
            raise EvidenceError(f"the record at byte {offset} of its span is damaged ({error})", _DAMAGED) from error
        if not opened.eof:
            raise EvidenceError(f"the record at byte {offset} of its span is cut off", _DAMAGED)
        length = len(span) - offset - len(opened.unused_data)
        yield offset, length, record
        offset += length


_DAMAGED = "Run `jejak verify` to see what is damaged; restore the file from a backup."


def header(record: bytes, name: str) -> str:
    """A header of a record (as it is inside its gzip member); empty when it has none of that name."""
    for line in record.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.decode("ascii", "replace").lower() == name.lower():
            return value.decode("utf-8", "replace").strip()
    return ""
