"""Which reader reads which kind of file, and the files inside an archive one by one."""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath

from casefile.errors import ImportRefused
from crawlers.importing.archives import zip_parts
from crawlers.importing.downloads import read_download
from crawlers.importing.excel import read_excel
from crawlers.importing.jsonl import read_json, read_jsonl
from crawlers.importing.mhtml import read_mhtml
from crawlers.importing.model import Given, ImportKind, Note, Options, Read, SetAside
from crawlers.importing.options import source_of_part
from crawlers.importing.pages import read_html
from crawlers.importing.recognise import Recognised, recognise
from crawlers.importing.tables import read_csv
from crawlers.importing.telegram import read_telegram
from crawlers.importing.warc import read_wacz, read_warc
from crawlers.importing.whatsapp import read_whatsapp

TABLES = (ImportKind.JSONL, ImportKind.JSON, ImportKind.CSV, ImportKind.EXCEL)
"""Kinds whose rows bear ids that count for the file alone."""

_DOUBTFUL = 0.8
_NO_POSTS = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript")
_NO_POSTS_ENDINGS = (".opus", ".webp", ".tgs", ".vcf")  # some systems do not know what these are


def open_reads(
    given: Given, kind: ImportKind | None, options: Options, *, one_of_many: bool = False
) -> tuple[ImportKind, Iterator[Read]]:
    """What a file is (as told, else as recognised), and what is read in it. Raises ImportRefused if that is not clear."""
    recognised = Recognised(kind, 1.0, given) if kind else recognise(given)
    if one_of_many and recognised.kind in TABLES:
        options = source_of_part(options, given)
    reads = _read(recognised.kind, recognised.given, options)
    if recognised.sure < _DOUBTFUL:
        note = Note(f"{given.name} was taken to be {recognised.kind.value}; name its kind if it is not.")
        reads = chain([note], reads)
    return recognised.kind, reads


def holds_no_posts(name: str) -> bool:
    """Whether a file is a picture, a sound or the like by its name."""
    family = mimetypes.guess_type(name)[0] or ""
    return family.startswith(_NO_POSTS) or name.lower().endswith(_NO_POSTS_ENDINGS)


def passed_note(passed: Mapping[str, int]) -> Iterator[str]:
    """What to say of files that were passed over, counted by the endings of their names or by what they are."""
    if passed:
        kinds = ", ".join(f"{count} {what or 'without ending'}" for what, count in Counter(passed).most_common(12))
        yield f"Files that hold no posts were passed over: {kinds}."


def _read(kind: ImportKind, given: Given, options: Options) -> Iterator[Read]:
    """What a file holds; and where it could not be unpacked to its end, the place."""
    yield from _READERS[kind](given, options)
    yield from given.faults.values()


def _read_zip(given: Given, options: Options) -> Iterator[Read]:
    """What the files in a zip file hold; those that cannot be read are set aside one by one."""
    passed: Counter[str] = Counter()
    for part in zip_parts(given):
        if holds_no_posts(part.name) or part.name.startswith("."):
            passed[PurePosixPath(part.name).suffix.lower()] += 1
            continue
        try:
            recognised = recognise(part)
            if recognised.kind in (ImportKind.ZIP, ImportKind.WACZ):
                remedy = "Unpack it and import what is inside."
                yield SetAside(part.name, "it is an archive inside an archive", remedy)
                continue
            own = source_of_part(options, part) if recognised.kind in TABLES else options
            for read in _read(recognised.kind, recognised.given, own):
                yield replace(read, where=f"{part.name}, {read.where}") if isinstance(read, SetAside) else read
        except ImportRefused as refusal:
            yield SetAside(part.name, str(refusal), refusal.remedy)
    yield from map(Note, passed_note(passed))


_READERS: Mapping[ImportKind, Callable[[Given, Options], Iterator[Read]]] = {
    ImportKind.JSONL: read_jsonl,
    ImportKind.JSON: read_json,
    ImportKind.CSV: read_csv,
    ImportKind.TELEGRAM: read_telegram,
    ImportKind.WHATSAPP: read_whatsapp,
    ImportKind.FACEBOOK: read_download,
    ImportKind.EXCEL: read_excel,
    ImportKind.FEED: read_html,
    ImportKind.HTML: read_html,
    ImportKind.MHTML: read_mhtml,
    ImportKind.WARC: read_warc,
    ImportKind.WACZ: read_wacz,
    ImportKind.ZIP: _read_zip,
}
