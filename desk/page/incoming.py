"""Files that were dragged into the page: held beside the case until they are imported, then taken away."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from casefile.chain import storage_error
from casefile.errors import ImportRefused, NotFound, StorageFull
from casefile.evidence.posts_json import storable_text
from casefile.identity import sha256_hex

_FOLDER = ".given"
_NAME = re.compile(r"[A-Za-z0-9_-]{16}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DEEPEST, _LONGEST = 12, 60  # folders in folders, characters of a name (four bytes each, and file systems take 255)
_FREE_BYTES = 500_000_000  # that are left on the disk
_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files that were given together, in a folder of their own, laid out as they lay before."""

    name: str
    folder: Path

    def entries(self) -> list[Path]:
        """The files and folders that were given, by name; raises NotFound where there are none (any more)."""
        found = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        if not found:
            raise NotFound("These files are not held any more.", "Give them once more.")
        return found

    async def take(self, path: str, size: int, chunks: AsyncIterator[bytes]) -> Path:
        """Keep one file under its path in what was given; raises ImportRefused or StorageFull, and then keeps nothing."""
        target = self.folder.joinpath(*_parts(path))
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            await _write(target, size, chunks)
        except OSError as error:
            raise storage_error(error, target) from error
        return target

    def discard(self) -> None:
        """Take all of it away."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)


async def _write(target: Path, size: int, chunks: AsyncIterator[bytes]) -> None:
    if target.exists():
        raise ImportRefused(f"{target.name}: a file of this name was given already.", "Import that one first.")
    if shutil.disk_usage(target.parent).free - size < _FREE_BYTES:
        raise StorageFull(f"{target.name}: the disk has no room for it.", "Free some space, then give it again.")
    half = target.with_name(f"{target.name}.half")
    try:
        with half.open("wb") as file:
            async for chunk in chunks:
                file.write(chunk)
        if half.stat().st_size != size:
            raise ImportRefused(f"{target.name}: only a part of it came.", "Give it once more.")
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def new_name() -> str:
    """The name of a bundle to come."""
    return secrets.token_urlsafe(12)


def bundle(case_folder: Path, name: str) -> Bundle:
    """The bundle of that name; raises NotFound for what can be no name of one."""
    if not _NAME.fullmatch(name):
        raise NotFound("There are no such files.", "Give them once more.")
    # The innermost folder stands in for the one that files lay in: sources of files with bare names are called after it.
    return Bundle(name, case_folder / _FOLDER / name / "given")


def discard_old(case_folder: Path) -> None:
    """Take away what nobody came back for within a day, or what a desk that died left."""
    for old in (case_folder / _FOLDER).glob("*"):
        if time.time() - old.stat().st_mtime > _A_DAY:
            shutil.rmtree(old, ignore_errors=True)


def _parts(path: str) -> list[str]:
    """The names on the way to a file, each harmless in any file system; raises ImportRefused where none is left."""
    kept = [part for part in map(_harmless, re.split(r"[/\\]", path)) if part]
    if not kept or len(kept) > _DEEPEST:
        raise ImportRefused(f"{path[:80]!r} is no name of a file.", "Give it another name.")
    return kept


def _harmless(name: str) -> str:
    clean = _CONTROL.sub("", storable_text(name)).replace(":", "_").strip()
    if set(clean) <= {".", " "}:
        return ""
    if len(clean) <= _LONGEST:
        return clean
    ending = clean[-8:] if "." in clean[-8:] else ""
    return f"{clean[:40]}_{sha256_hex(clean.encode())[:8]}{ending[ending.find('.') :]}"
