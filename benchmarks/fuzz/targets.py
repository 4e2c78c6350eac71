"""What is fed: everything that reads what strangers wrote. A target may refuse with an error of ours; all else is a find."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from benchmarks.fuzz import seeds
from casefile.errors import ImportRefused, JejakError, QueryError, SettingsError
from casefile.records import Post
from casefile.search.query import parse_query
from casefile.settings_files import read_source_file
from casefile.timetable import read_span, read_time, read_timetable, read_zone
from casefile.watched_names import contact_ids, place_ids
from crawlers.importing.model import Given, ImportKind, Options
from crawlers.importing.readers import open_reads
from crawlers.probing.pages import probe_page
from crawlers.reading.dates import read_date
from crawlers.reading.feeds import read_feed
from crawlers.reading.page import read_page
from crawlers.reading.unknown import read_unknown
from pipeline.reader import load_reader

_NOW = datetime(2026, 7, 13, tzinfo=UTC)
_LANGUAGES = (None, "id", "th", "zh", "vi", "my")


@dataclass(frozen=True)
class Target:
    """Something that reads; `seeds` are what its inputs are made of."""

    name: str
    read: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    refusals: tuple[type[Exception], ...] = ()


def read_text(data: bytes) -> None:
    """Every extractor, with the names model, on a text; each span shows its surface."""
    text = data.decode("utf-8", "surrogateescape")
    reading = load_reader().draft(
        text, lang=_LANGUAGES[len(data) % len(_LANGUAGES)], region="ID" if len(data) % 2 else None
    )
    spans = [(mention.start, mention.end, mention.surface) for mention in reading.mentions]
    assert all(0 <= start < end and text[start:end] == surface for start, end, surface in spans), spans


def read_words(data: bytes) -> None:
    """Dates, searches, timetables, times and contacts as people write them."""
    words = data.decode("utf-8", "replace")
    found = read_date(words, now=_NOW, timezone="Asia/Jakarta", languages=("id",))
    assert found is None or found.at.tzinfo is not None
    for read in (parse_query, read_timetable, read_span, read_time, read_zone, contact_ids, place_ids):
        try:
            read(words)
        except (ValueError, QueryError):
            continue


def read_html(data: bytes) -> None:
    """A page that nobody wrote a scraper for, and as a feed."""
    page = read_page(data, "https://a.example/x?y=1#z")
    probe_page(page, at=_NOW)
    read_unknown(page)
    read_feed(data, "https://a.example/feed")


def read_settings(data: bytes) -> None:
    """A source's file."""
    path = _folder() / "xx_harborjobs.yml"
    path.write_bytes(data)
    read_source_file(path)


def import_as(kind: ImportKind | None, data: bytes) -> None:
    """A file of a kind, or of one that is to be recognised."""
    given = Given("given", lambda: io.BytesIO(data), len(data))
    _, reads = open_reads(given, kind, Options(source="xx_given"))
    for read in reads:
        assert not isinstance(read, Post) or isinstance(read.text, str)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="jejak-fuzz-"))


def _any_file() -> list[bytes]:
    return [data for known in seeds.files().values() for data in known]


def _files_of(kind: ImportKind) -> list[bytes]:
    return seeds.files()[kind]


TARGETS = (
    Target("text", read_text, seeds.texts),
    Target("words", read_words, seeds.words),
    Target("page", read_html, seeds.pages),
    Target("source", read_settings, seeds.settings, (SettingsError,)),
    Target("any-file", partial(import_as, None), _any_file, (ImportRefused,)),
    *(Target(kind.value, partial(import_as, kind), partial(_files_of, kind), (JejakError,)) for kind in ImportKind),
)
