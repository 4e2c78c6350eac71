"""After a crash: bytes at the end of a WARC file that no manifest line counts are set aside, never thrown away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from casefile.chain import sync_folder

UNCOUNTED = "uncounted"
"""Folder below evidence/ for bytes that were written but never counted."""


def set_aside_uncounted(evidence: Path, locks: Path, counted: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Move uncounted bytes of files that no living process writes to `uncounted/`.

    Yields a manifest entry for each before it is moved: what a crash interrupts here is done again.
    """
    for path in sorted(evidence.glob("*.warc.gz")):
        known = counted.get(path.name, 0)
        size = path.stat().st_size
        if size <= known and (size or path.name in counted):
            continue
        try:
            with FileLock(locks / f"{path.name}.lock", timeout=0):
                if not size:
                    path.unlink()  # opened, but never written
                    continue
                yield {
                    "type": "recovered",
                    "file": path.name,
                    "offset": known,
                    "length": size - known,
                    "content_sha256": _digest_from(path, known),
                }
                _move_tail(path, known, evidence / UNCOUNTED / f"{path.name}.{known}")
        except Timeout:
            continue  # another process is writing it at this moment


def _digest_from(path: Path, offset: int) -> str:
    with path.open("rb", buffering=0) as file:
        file.seek(offset)
        return file_digest(file, "sha256").hexdigest()


def _move_tail(path: Path, offset: int, aside: Path) -> None:
    aside.parent.mkdir(exist_ok=True)
    with path.open("rb+") as file:
        file.seek(offset)
        with aside.open("wb") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
        sync_folder(aside.parent)
        if offset:
            file.truncate(offset)
            os.fsync(file.fileno())
    if not offset:
        path.unlink()
