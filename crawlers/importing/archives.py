"""Files inside files (zip, gzip): read where they lie, never unpacked to the disk, never without end."""

from __future__ import annotations

import io
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from casefile.errors import ImportRefused
from crawlers.importing.cut_zips import LocalPart, local_parts
from crawlers.importing.model import Given, SetAside, many

MAX_UNPACKED = 8_000_000_000
"""The most that one part of an archive may unpack to, in bytes."""

MAX_RATIO = 200
"""Text shrinks to a fifth, JSON to a twentieth; what shrinks two hundredfold was made to fill a disk."""

_FREE_OF_RATIO = 50_000_000
_MAX_PARTS = 100_000
_PIECE = 8_192
_GZIP = 16 + zlib.MAX_WBITS
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What the libraries raise at archives that are damaged, cut or locked."""


class _Bounded(io.RawIOBase):
    """A stream out of an archive. Where the archive is damaged or has no end, it ends, and the fault is noted."""

    def __init__(self, stream: IO[bytes], name: str, packed: int, faults: dict[str, SetAside]) -> None:
        self._stream, self._name, self._faults = stream, name, faults
        self._given = 0
        self._most = min(MAX_UNPACKED, max(_FREE_OF_RATIO, packed * MAX_RATIO))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            # In small pieces: what stands in a piece before its fault is lost.
            data = self._stream.read(min(len(buffer), _PIECE))
        except BROKEN as error:
            return self._end(f"the archive is damaged, cut or locked ({error})", _REMEDY)
        self._given += len(data)
        if self._given > self._most:
            return self._end("it unpacks to far more than a file of posts would (a trap that fills disks)", _ASK)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _end(self, reason: str, remedy: str) -> int:
        where = f"after {self._given:,} unpacked bytes"
        self._faults[self._name] = SetAside(where, f"{self._name}: {reason}; what came before was read", remedy)
        return 0


_ASK = "Ask whoever gave you the file for the plain file inside."
_UNPACK = "Unpack it yourself and import what is inside, or ask for an ordinary zip file."
_REMEDY = "Get the file again; if it has a password, unpack it yourself and import what is inside."


def given_file(path: Path) -> Given:
    """A file on the disk. Raises ImportRefused when it cannot be opened."""
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise ImportRefused(
            f"{path}: cannot be read ({error.strerror})", "Check the name and the permissions."
        ) from error
    return Given(path.name, lambda: path.open("rb"), size, path.absolute().parent.name)


def gzipped(given: Given) -> Given:
    """The file inside a gzip file."""

    faults: dict[str, SetAside] = {}

    def start() -> IO[bytes]:
        stream = _Unpacked(given.open())
        return io.BufferedReader(_Bounded(stream, given.name, given.size, faults), 1 << 17)  # type: ignore[arg-type]

    return Given(given.name.removesuffix(".gz"), start, given.size, given.folder, faults)


class _Unpacked:
    """A packed stream (gzip, of one or more members, or a bare one) that gives all it can before it tells of a fault."""

    def __init__(self, stream: IO[bytes], form: int = _GZIP) -> None:
        self._stream, self._form = stream, form
        self._packed = b""
        self._member = zlib.decompressobj(wbits=form)

    def read(self, size: int) -> bytes:
        while True:
            if not self._packed:
                self._packed = self._stream.read(_PIECE)
                if not self._packed:
                    if not self._member.eof:
                        raise EOFError("it ends too early")
                    return b""
            if self._member.eof:
                if self._form != _GZIP:
                    return b""
                if not self._packed.lstrip(b"\0"):  # padding at the end, as tapes have it
                    self._packed = b""
                    continue
                self._member = zlib.decompressobj(wbits=_GZIP)
            data = self._member.decompress(self._packed, size)
            self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if data:
                return data

    def close(self) -> None:
        self._stream.close()


def zip_names(given: Given) -> list[str]:
    """The names in a zip file, of one that is cut as far as it goes. Raises ImportRefused when there are none or too many."""
    if _is_cut(given):
        return [part.name for part in _local_parts(given)]
    with _opened(given) as archive:
        return archive.namelist()


def zip_parts(given: Given) -> Iterator[Given]:
    """The files in a zip file, in its order; their names are only shown, nothing is ever written under them."""
    if _is_cut(given):
        parts = _local_parts(given)
        yield from (_cut_part(given, part) for part in parts if not part.name.endswith("/"))
        told = f"the zip file is cut or damaged; {many(len(parts), 'part')} of it could be found"
        given.faults[given.name] = SetAside("the end of the file", told, _REMEDY)
        return
    archive = _opened(given)
    for info in archive.infolist():
        if not info.is_dir():
            yield _part(given, archive, info)


def _part(given: Given, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Given:
    # All parts share one archive: to read its list anew for each would cost the square of their number.
    name = info.filename.replace("\\", "/").rpartition("/")[2] or "part"

    faults: dict[str, SetAside] = {}

    def start() -> IO[bytes]:
        if not is_bounded(info):
            raise ImportRefused(f"{given.name}, {name}: is packed in a rare way that can fill the memory", _UNPACK)
        try:
            stream = archive.open(info)
        except BROKEN as error:
            raise ImportRefused(f"{given.name}, {name}: cannot be unpacked ({error})", _REMEDY) from error
        return io.BufferedReader(_Bounded(stream, name, info.compress_size, faults), 1 << 17)

    folder = info.filename.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
    return Given(name, start, info.file_size, folder or given.stem, faults)


def is_bounded(info: zipfile.ZipInfo) -> bool:
    """Whether a part can be unpacked piece by piece: of bzip2 and LZMA, zipfile makes all that a piece holds, without a limit."""
    return info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _is_cut(given: Given) -> bool:
    """Whether a zip file begins as one but has no list of its parts at its end."""
    with given.open() as stream:
        return stream.read(4) == b"PK\x03\x04" and stream.seekable() and not zipfile.is_zipfile(stream)


def _local_parts(given: Given) -> list[LocalPart]:
    with given.open() as stream:
        parts = list(islice(local_parts(stream), _MAX_PARTS))
    if not parts:
        raise ImportRefused(f"{given.name}: is no whole zip file, and nothing in it can be read", _REMEDY)
    return parts


def _cut_part(given: Given, part: LocalPart) -> Given:
    folder, _, name = part.name.replace("\\", "/").rpartition("/")
    faults: dict[str, SetAside] = {}

    def start() -> IO[bytes]:
        stream = given.open()
        stream.seek(part.begin)
        limited: Any = stream if part.size is None else _Limited(stream, part.size)
        raw: Any = _Unpacked(limited, -zlib.MAX_WBITS) if part.deflated else limited
        return io.BufferedReader(_Bounded(raw, name, part.size or given.size, faults), 1 << 17)

    return Given(name or "part", start, part.size or given.size, folder.rpartition("/")[2] or given.stem, faults)


class _Limited:
    """So many bytes of a stream; it tells when there are fewer."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream, self._left = stream, size

    def read(self, size: int) -> bytes:
        data = self._stream.read(min(size, self._left))
        if not data and self._left:
            raise EOFError("it ends too early")
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._stream.close()


def _opened(given: Given) -> zipfile.ZipFile:
    file = given.open()
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        file.close()
        raise ImportRefused(f"{given.name}: is no whole zip file ({error})", _REMEDY) from error
    weakref.finalize(archive, file.close)
    if len(archive.infolist()) > _MAX_PARTS:
        archive.close()
        raise ImportRefused(
            f"{given.name}: holds more than {_MAX_PARTS:,} files", "Unpack it and import the files that matter."
        )
    return archive
