"""Files inside files (zip, gzip): read where they lie, never unpacked to the disk, never without end."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from casefile.errors import ImportRefused
from crawlers.importing.model import Given

MAX_UNPACKED = 8_000_000_000
"""The most that one part of an archive may unpack to, in bytes."""

MAX_RATIO = 200
"""Text shrinks to a fifth, JSON to a twentieth; what shrinks two hundredfold was made to fill a disk."""

_FREE_OF_RATIO = 50_000_000
_MAX_PARTS = 100_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class _Bounded(io.RawIOBase):
    """A stream out of an archive that ends in a clear refusal when it is damaged or has no end."""

    def __init__(self, stream: IO[bytes], name: str, packed: int) -> None:
        self._stream, self._name = stream, name
        self._left = min(MAX_UNPACKED, max(_FREE_OF_RATIO, packed * MAX_RATIO))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(min(len(buffer), 1 << 20))
        except _BROKEN as error:
            raise ImportRefused(f"{self._name}: the archive is damaged or locked ({error})", _REMEDY) from error
        self._left -= len(data)
        if self._left < 0:
            raise ImportRefused(
                f"{self._name}: unpacks to far more than a file of posts would (a trap that fills disks)",
                "Ask whoever gave you the file for the plain file inside.",
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


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

    def start() -> IO[bytes]:
        inner = gzip.GzipFile(fileobj=given.open())
        return io.BufferedReader(_Bounded(inner, given.name, given.size), 1 << 17)  # type: ignore[arg-type]

    return Given(given.name.removesuffix(".gz"), start, given.size, given.folder)


def zip_names(given: Given) -> list[str]:
    """The names in a zip file. Raises ImportRefused when it is damaged or has too many."""
    with _opened(given) as archive:
        return archive.namelist()


def zip_parts(given: Given) -> Iterator[Given]:
    """The files in a zip file, in its order; their names are only shown, nothing is ever written under them."""
    with _opened(given) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    for info in infos:
        yield _part(given, info)


def _part(given: Given, info: zipfile.ZipInfo) -> Given:
    name = info.filename.replace("\\", "/").rpartition("/")[2] or "part"

    def start() -> IO[bytes]:
        archive = _opened(given)
        try:
            stream = archive.open(info)
        except _BROKEN as error:
            archive.close()
            raise ImportRefused(f"{given.name}, {name}: cannot be unpacked ({error})", _REMEDY) from error
        return io.BufferedReader(_Bounded(stream, f"{given.name}, {name}", info.compress_size), 1 << 17)

    folder = info.filename.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
    return Given(name, start, info.file_size, folder or given.stem)


def _opened(given: Given) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(given.open())
    except _BROKEN as error:
        raise ImportRefused(f"{given.name}: is no whole zip file ({error})", _REMEDY) from error
    if len(archive.infolist()) > _MAX_PARTS:
        archive.close()
        raise ImportRefused(
            f"{given.name}: holds more than {_MAX_PARTS:,} files", "Unpack it and import the files that matter."
        )
    return archive
