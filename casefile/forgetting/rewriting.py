"""Taking posts out of WARC files: made ready beside them, written down in the manifest, then put in their place.

What was made ready lies in `evidence/.forgetting-TOKEN/`. The manifest line that bears the token decides: is it there, the
files are put in place, whoever comes first; is it not, they are thrown away. So a crash leaves all as it was or all done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from casefile.chain import Entry, HashChain, storage_error, sync_folder
from casefile.errors import CaseError
from casefile.evidence.reading import warc_path
from casefile.evidence.tombstones import header, members, tombstone, without_posts

_ROOM = ".forgetting-"
_LOCK = "forget.lock"
_BLOCK = 1 << 20


@contextmanager
def alone(locks: Path) -> Iterator[None]:
    """Hold the right to rewrite WARC files; raises CaseError while a crawl or an import writes one."""
    try:
        with FileLock(locks / _LOCK, timeout=0):
            for path in locks.glob("*.warc.gz.lock"):  # a file that was closed is never opened for writing again
                with FileLock(path, timeout=0):
                    pass
            yield
    except Timeout as error:
        raise CaseError(
            "A crawl, an import or another forgetting is at work in this case.",
            "Wait until it is done, then run the command again.",
        ) from error


def prepare(
    evidence: Path, token: str, spans: Iterable[Entry], posts: Collection[str], at: datetime
) -> list[dict[str, Any]]:
    """Make the WARC files ready as they will be without these posts; returns what the manifest says of each span replaced."""
    by_file: dict[str, list[Entry]] = {}
    for entry in spans:
        by_file.setdefault(entry["span"]["file"], []).append(entry)
    room = evidence / f"{_ROOM}{token}"
    replaced: list[dict[str, Any]] = []
    try:
        room.mkdir()
        for name, entries in sorted(by_file.items()):
            entries.sort(key=lambda entry: int(entry["span"]["offset"]))
            with warc_path(evidence, name).open("rb") as old, (room / name).open("xb") as new:
                replaced += _rewrite(old, new, entries, posts, at)
                shutil.copyfileobj(old, new, _BLOCK)
                new.flush()
                os.fsync(new.fileno())
        sync_folder(room)
        sync_folder(evidence)
    except OSError as error:
        throw_away(evidence, token)
        raise storage_error(error, room) from error
    return replaced


def _rewrite(
    old: IO[bytes], new: IO[bytes], entries: Iterable[Entry], posts: Collection[str], at: datetime
) -> Iterator[dict[str, Any]]:
    """Copy a file up to the end of the last of these spans, each with what takes its place."""
    for entry in entries:
        span = entry["span"]
        _copy(old, new, span["offset"] - old.tell())
        digest = hashlib.sha256()
        for part in _replacement(old, entry, posts, at):
            new.write(part)
            digest.update(part)
        old.seek(span["offset"] + span["length"])
        place = {name: span[name] for name in ("file", "offset", "length")}
        yield {**place, "line": entry["seq"], "now": digest.hexdigest()}


def _replacement(old: IO[bytes], entry: Entry, posts: Collection[str], at: datetime) -> Iterator[bytes]:
    """A span without the posts: its pages, pictures and files are gone, what else was read there is not."""
    length = entry["span"]["length"]
    if entry["type"] == "file":  # one record, and as large as a file may be
        yield from tombstone(entry["proof"]["record_id"], at, length)
        return
    for _, size, record in members(old.read(length)):
        if header(record, "WARC-Type") != "metadata":
            yield from tombstone(header(record, "WARC-Record-ID"), at, size)
        elif header(record, "Content-Type") == "application/json":
            yield from without_posts(record, posts, size)
        else:  # it was forgotten before
            yield from tombstone(header(record, "WARC-Record-ID"), at, size)


def _copy(old: IO[bytes], new: IO[bytes], length: int) -> None:
    while length > 0 and (block := old.read(min(_BLOCK, length))):
        new.write(block)
        length -= len(block)


def put_in_place(evidence: Path, token: str) -> None:
    """Let the files that were made ready take the place of the old ones."""
    room = evidence / f"{_ROOM}{token}"
    try:
        for path in sorted(room.iterdir()):
            path.replace(evidence / path.name)
        sync_folder(evidence)
        room.rmdir()
    except OSError as error:
        raise storage_error(error, room) from error


def throw_away(evidence: Path, token: str) -> None:
    """Drop what was made ready and will not be used."""
    shutil.rmtree(evidence / f"{_ROOM}{token}", ignore_errors=True)


def finish(evidence: Path, locks: Path, manifest: HashChain) -> bool:
    """Finish what a forgetting that was cut off left: done if it was written down, undone if not. Whether there was any."""
    rooms = sorted(evidence.glob(f"{_ROOM}*"))
    if not rooms:
        return False
    try:
        with FileLock(locks / _LOCK, timeout=0):
            written = {entry["token"] for entry in manifest.entries() if entry["type"] == "forgotten"}
            for room in rooms:
                token = room.name.removeprefix(_ROOM)
                if token in written and room.is_dir():
                    put_in_place(evidence, token)
                else:
                    throw_away(evidence, token)
    except Timeout:
        return False  # it is being done at this moment
    return True
