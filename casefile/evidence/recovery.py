"""After a crash: bytes at the end of a WARC file that no manifest line counts are set aside, never thrown away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

UNCOUNTED = "uncounted"
"""Folder below evidence/ for bytes that were written but never counted."""


def set_aside_uncounted(evidence: Path, locks: Path, counted: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Move uncounted bytes of files that no living process writes to `uncounted/`; yields a manifest entry for each."""
    for path in sorted(evidence.glob("*.warc.gz")):
        known = counted.get(path.name, 0)
        size = path.stat().st_size
        if size <= known:
            continue
        try:
            with FileLock(locks / f"{path.name}.lock", timeout=0):
                digest = _move_tail(path, known, evidence / UNCOUNTED / f"{path.name}.{known}")
        except Timeout:
            continue  # another process is writing it at this moment
        yield {
            "type": "recovered",
            "file": path.name,
            "offset": known,
            "length": size - known,
            "content_sha256": digest,
        }


def _move_tail(path: Path, offset: int, aside: Path) -> str:
    aside.parent.mkdir(exist_ok=True)
    with path.open("rb+") as file:
        file.seek(offset)
        with aside.open("wb") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
        with aside.open("rb") as copy:
            digest = file_digest(copy, "sha256").hexdigest()
        if offset:
            file.truncate(offset)
            os.fsync(file.fileno())
    if not offset:
        path.unlink()
    return digest
