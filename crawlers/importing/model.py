"""What the readers of given files take and give."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType
from typing import IO

from casefile.records import Post
from crawlers.reading.date_order import DateOrder as DateOrder

MAX_RECORD = 8_000_000
"""The longest line, row or message that is read, in characters; a longer one is set aside."""

MAX_PAGE = 20_000_000
"""The largest single page that is read, in bytes."""


class ImportKind(StrEnum):
    """What a given file is."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    FACEBOOK = "facebook"
    EXCEL = "excel"
    FEED = "feed"
    HTML = "html"
    MHTML = "mhtml"
    WARC = "warc"
    WACZ = "wacz"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Given:
    """A file, or a part of an archive. `open` starts it from the beginning, as often as needed; `folder` names where it lay.

    `faults` gathers why a packed file could not be unpacked to its end; what came before was read.
    """

    name: str
    open: Callable[[], IO[bytes]]
    size: int
    folder: str = ""
    faults: dict[str, SetAside] = field(default_factory=dict, compare=False)

    @property
    def stem(self) -> str:
        """The name without its endings (`chat.jsonl.gz` is `chat`)."""
        return self.name.removesuffix(".gz").rpartition(".")[0] or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the investigator says about a file. `source` is the name that its posts get."""

    source: str
    source_is_told: bool = False
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    zone: tzinfo = UTC
    zone_is_told: bool = False
    date_order: DateOrder | None = None
    region: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A part of a file that could not be read; `where` is a line, a message or a page of it."""

    where: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the investigator should know about how a file was read."""

    text: str


Read = Post | SetAside | Note


class NativeIds:
    """Ids of the posts of one file that stay the same when it, or a longer export of the same, is read again."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self.shared = 0

    def next(self, *parts: str | None) -> str:
        """The id of a post that its file gives none: from what it says, and the how-manieth of its like it is."""
        digest = _digest(*parts)
        key = int(digest[:16], 16)
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return f"text:{digest}" + (f":{count}" if count > 1 else "")

    def given(self, native_id: str, *parts: str | None) -> str:
        """The id that the file gives; a later post with the same id that says something else gets one of its own."""
        digest = _digest(*parts)
        content = int(digest[:16], 16)
        if self._seen.setdefault(int(_digest(native_id)[:16], 16), content) == content:
            return native_id
        self.shared += 1
        return f"{native_id}#{digest}"


def _digest(*parts: str | None) -> str:
    content = "\0".join(part or "" for part in parts).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=12).hexdigest()


BIDI_MARKS = dict.fromkeys([0x200E, 0x200F, 0x061C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that only turn the direction of writing (a table for `str.translate`)."""

_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff]")


def clean(text: str) -> str:
    """The text as it was written, with one kind of line end; characters that no program can show become �."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(words: str | None, limit: int = 300) -> str | None:
    """A name, a title: on one line, bounded, without marks that turn the direction of writing; None if empty."""
    if not words:
        return None
    shown = " ".join(words[: 4 * limit].split())
    if not shown.isascii():
        shown = shown.translate(BIDI_MARKS)
    return _CONTROL.sub("", shown)[:limit].strip() or None


def many(count: int, thing: str) -> str:
    """A number of things, of which the first word is made plural: `1 line of it`, `2,000 lines of it`."""
    noun, space, rest = thing.partition(" ")
    return f"{count:,} {noun}{'' if count == 1 else 's'}{space}{rest}"
