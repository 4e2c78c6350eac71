"""The body of an answer in a web archive, out of its chunks and its packing: never more than is read of a page.

warcio unpacks a whole chunk, and all that Brotli makes of a block, at once: a few thousand bytes could fill the memory.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Protocol

from warcio.bufferedreaders import ChunkedDataReader

_PIECE = 1 << 13
_BROKEN = (zlib.error, ValueError, EOFError, OSError)


class _Unpacker(Protocol):
    """Something that unpacks a stream piece by piece, each to so many bytes at most."""

    def unpack(self, piece: bytes, most: int) -> Iterator[bytes]:
        """What a piece unpacks to."""


def body_of(stream: IO[bytes], *, chunked: bool, packing: str, most: int) -> bytes:
    """The first `most` bytes of a body, or fewer; what stands before a cut or a fault is given."""
    body = _some(stream, most)
    if chunked:
        body = _some(ChunkedDataReader(io.BytesIO(body)), most)
    for make in _UNPACKERS.get(packing.strip().lower(), ()):
        if unpacked := _unpacked(body, make(), most):
            return unpacked
    return body  # not packed, whatever was said


def _some(stream: IO[bytes], most: int) -> bytes:
    pieces: list[bytes] = []
    left = most
    with suppress(*_BROKEN):
        while left > 0 and (piece := stream.read(min(left, 1 << 16))):
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces)


def _unpacked(body: bytes, unpacker: _Unpacker, most: int) -> bytes:
    made = io.BytesIO()
    with suppress(*_BROKEN):
        for start in range(0, len(body), _PIECE):
            for data in unpacker.unpack(body[start : start + _PIECE], 1 << 16):
                made.write(data)
                if made.tell() >= most:
                    return made.getvalue()[:most]
    return made.getvalue()


class _Zlib:
    def __init__(self, form: int) -> None:
        self._member = zlib.decompressobj(wbits=form)

    def unpack(self, piece: bytes, most: int) -> Iterator[bytes]:
        while piece and not self._member.eof:
            yield self._member.decompress(piece, most)
            piece = self._member.unconsumed_tail


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # it carries no types

        self._stream = brotli.Decompressor()
        self._broken = brotli.error

    def unpack(self, piece: bytes, most: int) -> Iterator[bytes]:
        try:
            yield self._stream.process(piece, output_buffer_limit=most)
            while not self._stream.can_accept_more_data():
                yield self._stream.process(b"", output_buffer_limit=most)
        except self._broken as error:
            raise ValueError(str(error)) from error


_UNPACKERS: dict[str, tuple[Callable[[], _Unpacker], ...]] = {
    "gzip": (lambda: _Zlib(16 + zlib.MAX_WBITS),),
    "x-gzip": (lambda: _Zlib(16 + zlib.MAX_WBITS),),
    # Some servers leave out what should stand around it.
    "deflate": (lambda: _Zlib(zlib.MAX_WBITS), lambda: _Zlib(-zlib.MAX_WBITS)),
    "br": (_Brotli,),
}
