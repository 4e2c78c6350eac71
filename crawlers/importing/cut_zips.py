"""Zip files whose end is missing: their parts are found by what stands before each (APPNOTE.TXT 6.3, 4.3.7)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_LOCAL = b"PK\x03\x04"
_HEAD = struct.Struct("<4s2xHH8xI4xHH")  # sign, flags, method, packed size, lengths of name and extra
_STORED, _DEFLATED = 0, 8
_LOCKED, _SIZE_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_PIECE = 1 << 16
_MOST = 1 << 33  # bytes that one part is unpacked to while its end is looked for
_BEHIND = 32  # a size that stands behind a part takes no more bytes, sign and all


@dataclass(frozen=True, slots=True)
class LocalPart:
    """A part of a zip file: `begin` is the place of its first packed byte; `size` is None where the end is not told."""

    name: str
    deflated: bool
    begin: int
    size: int | None


def local_parts(stream: IO[bytes]) -> Iterator[LocalPart]:
    """The parts that begin in a file, up to one that is locked, packed in a way of its own, or cut."""
    at = 0
    while True:
        stream.seek(at)
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        sign, flags, method, size, name_length, extra_length = _HEAD.unpack(head)
        if sign != _LOCAL or flags & _LOCKED or method not in (_STORED, _DEFLATED):
            return
        name = stream.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        extra = stream.read(extra_length)
        begin = at + _HEAD.size + name_length + extra_length
        told: int | None = _long_size(extra) if size == 0xFFFFFFFF else size
        if flags & _SIZE_BEHIND and not size:
            if method == _STORED:
                return  # nothing tells where it ends
            told = None
        yield LocalPart(name, method == _DEFLATED, begin, told)
        end = begin + told if told is not None else _end(stream, begin)
        next_at = _next(stream, end) if end is not None else None
        if next_at is None:
            return
        at = next_at


def _long_size(extra: bytes) -> int:
    """The packed size of a part larger than 4 GB (4.5.3)."""
    return struct.unpack_from("<Q", extra, 12)[0] if extra[:2] == b"\x01\x00" and len(extra) >= 20 else 0xFFFFFFFF


def _end(stream: IO[bytes], begin: int) -> int | None:
    """Where a deflated part ends; None if it is cut or broken."""
    stream.seek(begin)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    read = unpacked = 0
    while not inflate.eof and unpacked < _MOST:
        piece = inflate.unconsumed_tail or stream.read(_PIECE)
        if not piece:
            return None
        read += 0 if inflate.unconsumed_tail else len(piece)
        try:
            unpacked += len(inflate.decompress(piece, _PIECE * 16))
        except zlib.error:
            return None
    return begin + read - len(inflate.unused_data) if inflate.eof else None


def _next(stream: IO[bytes], end: int) -> int | None:
    """Where the next part begins, over the size that may stand behind this one."""
    stream.seek(end)
    place = stream.read(_BEHIND + len(_LOCAL)).find(_LOCAL)
    return end + place if place >= 0 else None
