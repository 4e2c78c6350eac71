"""Copies beside the evidence: exports, reports, logs and set-aside databases of a case that hold what is to be forgotten."""

from __future__ import annotations

import html
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from casefile.chain import storage_error
from casefile.store.store import Store

_DERIVED = ("case.db.damaged-*", "case.db.before-*")  # made again from the evidence, should anybody want them
_BLOCK = 1 << 20
_BEGINNING, _SHORTEST = 60, 6  # characters
_LONGEST_WORD = 4_000  # bytes that a word may have as JSON or HTML writes it
_CLOSED = {".parquet", ".age", ".7z", ".rar", ".pdf"}  # compressed or locked in a way of their own


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What goes, relative to the case: an export with all that lies beside it; and what nobody could look into."""

    holding: tuple[Path, ...] = ()
    closed: tuple[Path, ...] = ()


def find_left_over(case: Path, words: Sequence[str]) -> LeftOver:
    """Everything in `exports/` and `logs/` in which one of the words stands, and every old database."""
    forms = sorted({form for word in words for form in _forms(word)})
    holding = [path for pattern in _DERIVED for path in case.glob(pattern)]
    closed: list[Path] = []
    for given in _given_together(case / "exports", case / "logs"):
        files = sorted(path for path in given.rglob("*") if path.is_file()) if given.is_dir() else [given]
        looked = [_holds(path, forms) for path in files]
        if any(looked):
            holding.append(given)
        else:
            opened = zip(files, looked, strict=True)
            closed += [path for path, found in opened if found is None or path.suffix.lower() in _CLOSED]
    return LeftOver(*(tuple(path.relative_to(case) for path in found) for found in (holding, closed)))


def words_of(store: Store, keys: Iterable[str], posts: Iterable[str]) -> list[str]:
    """Words by which a copy shows that it holds these posts or keys: ids, addresses, contacts, the beginnings of texts."""
    words = {key.rpartition(":")[2] if key.startswith("contact:") else key.partition(":")[2] for key in keys}
    for post_id in posts:
        row = store.database.execute("SELECT url, author, text FROM posts WHERE id = ?", (post_id,)).fetchone()
        if row is not None:
            longest = max(row["text"].splitlines(), key=len, default="")
            words |= {post_id, row["url"] or "", row["author"] or "", longest[:_BEGINNING].strip()}
    return sorted(word for word in words if len(word) >= _SHORTEST)


def _given_together(*folders: Path) -> Iterator[Path]:
    """Files, and folders that a manifest makes one whole."""
    for folder in folders:
        for path in sorted(folder.glob("*")):
            if path.is_dir() and not any(path.glob("*manifest*")):
                yield from _given_together(path)
            else:
                yield path


def remove(case: Path, left_over: LeftOver) -> None:
    """Remove what holds it; raises EvidenceError where the disk refuses."""
    for path in (case / part for part in left_over.holding):
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, path) from error


def _forms(word: str) -> Iterator[bytes]:
    """A word as text, JSON and HTML write it."""
    for text in (word, html.escape(word), json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]):
        yield text.encode("utf-8", "replace")[:_LONGEST_WORD]


def _holds(path: Path, forms: Sequence[bytes]) -> bool | None:
    """Whether a file has one of the forms in it; None where an archive is damaged or locked."""
    try:
        if zipfile.is_zipfile(path):  # a spreadsheet too
            with zipfile.ZipFile(path) as archive:
                return any(_stream_holds(archive.open(name), forms) for name in archive.namelist())
        with path.open("rb") as file:
            return _stream_holds(file, forms)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
    ):  # RuntimeError: a member that is locked or packed oddly
        return None
    except OSError as error:
        raise storage_error(error, path) from error


def _stream_holds(stream: IO[bytes], forms: Sequence[bytes]) -> bool:
    before = b""
    while block := stream.read(_BLOCK):
        joined = before + block
        if any(form in joined for form in forms):
            return True
        before = block[-_LONGEST_WORD:]
    return False
