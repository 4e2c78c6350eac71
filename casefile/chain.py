"""An append-only file of JSON lines in which each line is chained to the one before by SHA-256.

A line is compact JSON with sorted keys whose last key, appended by hand, is `sha256`: the digest of the
line as it was before that key was added. `prev` repeats the digest of the line before, so that no line
can be changed, removed, swapped or inserted unseen. Anybody can check it with sed and sha256sum:

    sed -n 5p manifest.jsonl | sed 's/,"sha256":"[0-9a-f]*"}$/}/' | tr -d '\\n' | sha256sum
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from casefile.errors import EvidenceError, StorageFull
from casefile.identity import sha256_hex

Entry = dict[str, Any]
START = "0" * 64
_WINDOW = 65_536
_SEAL = len(',"sha256":""}') + 64


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the number of its last line (0 when empty) and that line's digest."""

    seq: int
    sha256: str


BEGINNING = Head(0, START)


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A line that does not stand where or as it stood."""

    line: int
    problem: str


def sealed(entry: Mapping[str, Any]) -> tuple[bytes, str]:
    """The line for `entry` without its line feed, and its digest."""
    body = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
    digest = sha256_hex(body)
    return body[:-1] + b',"sha256":"' + digest.encode("ascii") + b'"}', digest


def unsealed(line: bytes) -> Entry | None:
    """The entry of a line whose own digest is right, else None."""
    body, seal = line[:-_SEAL] + b"}", line[-_SEAL:]
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or not seal.startswith(b',"sha256":"') or entry.get("sha256") != sha256_hex(body):
        return None
    return entry if type(entry.get("seq")) is int and type(entry.get("prev")) is str else None


class HashChain:
    """One chained file. Writers in several processes take turns by a lock file beside the case."""

    def __init__(self, path: Path, lock: Path) -> None:
        self.path = path
        self._lock = FileLock(lock)

    def append(self, entries: Iterable[Mapping[str, Any]]) -> list[Entry]:
        """Add the entries, durably and all or none; returns them with `seq`, `prev` and `sha256`."""
        with self._lock:
            head = self._mended_head()
            lines, done = [], []
            for entry in entries:
                numbered = {**entry, "seq": head.seq + 1, "prev": head.sha256}
                line, digest = sealed(numbered)
                head = Head(head.seq + 1, digest)
                lines.append(line + b"\n")
                done.append({**numbered, "sha256": digest})
            self._write(b"".join(lines))
        return done

    def head(self) -> Head:
        """The last whole line; a line that a crash cut off does not count."""
        for line in reversed(self._tail()):
            entry = unsealed(line)
            if entry is not None:
                return Head(int(entry["seq"]), str(entry["sha256"]))
        return BEGINNING

    def entries(self, after: Head = BEGINNING) -> Iterator[Entry]:
        """The entries that follow `after`; raises EvidenceError at the first line that does not follow the one before.

        Only the end of the file is read, as far back as needed.
        """
        head = after
        for line, whole in self._lines_from(after.seq):
            entry = unsealed(line)
            if entry is None and not whole:
                return
            if entry is not None and entry["seq"] <= after.seq:
                continue
            if entry is None or Head(entry["seq"] - 1, entry["prev"]) != head:
                raise EvidenceError(
                    f"{self.path.name}, line {head.seq + 1}: a line was changed, damaged or taken away here",
                    "Run `jejak verify` to see all that is wrong; restore the file from a backup.",
                )
            head = Head(entry["seq"], str(entry["sha256"]))
            yield entry

    def whole_entries(self) -> Iterator[Entry]:
        """Every entry whose own digest is right, whether or not the lines around it are."""
        for _, line, _ in self._lines():
            entry = unsealed(line)
            if entry is not None:
                yield entry

    def faults(self) -> Iterator[ChainFault]:
        """Every line that breaks the chain, from the first to the last."""
        prev, seq = START, 0
        for number, line, whole in self._lines():
            entry = unsealed(line)
            if entry is None:
                problem = "was changed: its digest is not that of its content" if whole else "is cut off"
                yield ChainFault(number, problem)
                prev, seq = "", seq + 1
                continue
            if prev and entry["prev"] != prev:
                yield ChainFault(number, "does not follow the line before: a line was removed, inserted or swapped")
            if entry["seq"] != seq + 1:
                yield ChainFault(number, f"carries number {entry['seq']} where {seq + 1} should be")
            prev, seq = str(entry["sha256"]), int(entry["seq"])

    def _lines(self) -> Iterator[tuple[int, bytes, bool]]:
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield number, line.rstrip(b"\n"), line.endswith(b"\n")

    def _lines_from(self, seq: int) -> Iterator[tuple[bytes, bool]]:
        """Lines, the first of them no later than number `seq`."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            start = size = file.seek(0, os.SEEK_END)
            while start > 0:
                start = 0 if seq == 0 else max(0, start - 4 * max(_WINDOW, size - start))
                file.seek(start)
                if start:
                    file.readline()  # the rest of a line
                place = file.tell()
                first = unsealed(file.readline().rstrip(b"\n"))
                if first is not None and first["seq"] <= seq:
                    file.seek(place)
                    break
            else:
                file.seek(0)
            for line in file:
                yield line.rstrip(b"\n"), line.endswith(b"\n")

    def _tail(self) -> list[bytes]:
        """The last lines, enough of them to hold one whole line."""
        if not self.path.exists():
            return []
        with self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            want = _WINDOW
            while True:
                file.seek(max(0, size - want))
                lines = file.read().splitlines()
                if want >= size or len(lines) > 2:
                    return lines if want >= size else lines[1:]
                want *= 8

    def _mended_head(self) -> Head:
        """The head, after a line that a crash cut off has been taken away (it was never counted)."""
        head = self.head()
        if not self.path.exists():
            return head
        with self.path.open("rb+") as file:
            size = file.seek(0, os.SEEK_END)
            if size == 0:
                return head
            file.seek(size - 1)
            if file.read(1) == b"\n":
                return head
            last = self._tail()[-1]
            if unsealed(last) is not None:
                file.write(b"\n")
            else:
                file.truncate(size - len(last))
        return head

    def _write(self, data: bytes) -> None:
        # Unbuffered: a buffer would write its rest on closing, after the lines were taken back.
        with self.path.open("ab", buffering=0) as file:
            start, rest = file.tell(), memoryview(data)
            try:
                while rest:
                    rest = rest[file.write(rest) :]
                os.fsync(file.fileno())
            except OSError as error:
                os.ftruncate(file.fileno(), start)
                raise storage_error(error, self.path) from error
        if start == 0:
            sync_folder(self.path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names of new files onto the disk; where folders cannot be opened (Windows), the system does it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def storage_error(error: OSError, path: Path) -> EvidenceError | StorageFull:
    """What an investigator is told when the disk refuses."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(
            f"{path}: the disk is full; what was kept until now is whole", "Free some space and run the command again."
        )
    return EvidenceError(
        f"{path}: cannot be written ({error.strerror})", "Check the folder's permissions and the disk."
    )
