"""Importing: a file or a folder that an investigator was given becomes evidence, and what it holds becomes posts."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import IO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casefile.case import Case
from casefile.errors import ImportRefused
from casefile.identity import post_sha256, sha256_hex
from casefile.keeper import Keeper
from casefile.progress import Progress, no_progress
from casefile.records import FileEvidence, Post, Problem
from crawlers.importing.archives import given_file, zip_parts
from crawlers.importing.jsonl import read_json, read_jsonl
from crawlers.importing.mhtml import read_mhtml
from crawlers.importing.model import DateOrder, Given, ImportKind, Note, Options, Read, SetAside
from crawlers.importing.pages import read_html
from crawlers.importing.recognise import recognise
from crawlers.importing.tables import read_csv
from crawlers.importing.telegram import read_telegram
from crawlers.importing.warc import read_wacz, read_warc
from crawlers.importing.whatsapp import read_whatsapp

_CHUNK = 1_000
_MOST_PROBLEMS = 1_000
_SOURCE = re.compile(r"[\w.:-]{1,60}")
# Names that programs give; the folder tells more.
_SAY_NOTHING = {"result", "_chat", "chat", "messages", "export", "index", "posts", "data", "output", "results", "file"}
_PASSED_OVER = (
    "image/",
    "video/",
    "audio/",
    "font/",
    "text/css",
    "text/javascript",
    "application/javascript",
    "text/vcard",
    "text/x-vcard",
)

_Reader = Callable[[Given, Options], Iterator[Read]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of importing a file or a folder. `known`: all of it was imported before, nothing had to be done."""

    path: Path
    source: str
    kind: ImportKind | None = None
    files: int = 1
    posts_new: int = 0
    posts_changed: int = 0
    posts_known: int = 0
    set_aside: int = 0
    notes: tuple[str, ...] = ()
    known: bool = False

    @property
    def posts(self) -> int:
        """How many posts the file holds."""
        return self.posts_new + self.posts_changed + self.posts_known


def import_file(
    case: Case,
    path: Path,
    *,
    source: str | None = None,
    kind: ImportKind | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
    timezone: str | None = None,
    region: str | None = None,
    lang: str | None = None,
    date_order: DateOrder | None = None,
    again: bool = False,
    progress: Progress = no_progress,
) -> ImportReport:
    """Keep a file (or each file of a folder) as evidence and its posts in the case; `progress` counts bytes.

    `again` reads a file anew that was imported before, for instance with the right time zone.
    Raises ImportRefused when nothing in it can be read.
    """
    options = Options(
        source=_checked_source(source) if source else _source_of(path),
        columns=dict(columns),
        zone=_zone(timezone),
        zone_is_told=timezone is not None,
        date_order=date_order,
        region=_code(region, "country") or case.settings.region,
        lang=_code(lang, "language"),
    )
    with case.keeper() as keeper:
        run = _Run(case, keeper, options, kind, again, progress)
        report = run.folder(path) if path.is_dir() else run.file(path)
    case.audit(
        "import",
        path=path.name,
        source=report.source,
        files=report.files,
        posts=report.posts,
        set_aside=report.set_aside,
    )
    return report


@dataclass(slots=True)
class _Tally:
    """What was counted while a file was read."""

    new: int = 0
    changed: int = 0
    known: int = 0
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    case: Case
    keeper: Keeper
    options: Options
    kind: ImportKind | None
    again: bool
    progress: Progress

    def folder(self, path: Path) -> ImportReport:
        """Each file in a folder, as one source; pictures and the like are passed over."""
        files = sorted(
            file for file in path.rglob("*") if file.is_file() and not file.is_symlink() and not _hidden(file, path)
        )
        reports: list[ImportReport] = []
        passed: Counter[str] = Counter()
        refusals: list[ImportRefused] = []
        for done, file in enumerate(files):
            self.progress(done, len(files))
            if _holds_no_posts(file.name):
                passed[file.suffix.lower()] += 1
                continue
            try:
                reports.append(replace(self, progress=no_progress).file(file))
            except ImportRefused as refusal:
                refusals.append(refusal)
                self._problem(file.name, str(refusal), refusal.remedy)
        if not reports:
            why = str(refusals[0]) if refusals else f"{path}: there is no file in it that can hold posts"
            raise ImportRefused(why, refusals[0].remedy if refusals else "Check the folder.")
        notes = (f"{report.path.name}: {note}" for report in reports for note in report.notes)
        kinds = {report.kind for report in reports}
        return ImportReport(
            path=path,
            source=self.options.source,
            kind=kinds.pop() if len(kinds) == 1 else None,
            files=len(reports),
            posts_new=sum(report.posts_new for report in reports),
            posts_changed=sum(report.posts_changed for report in reports),
            posts_known=sum(report.posts_known for report in reports),
            set_aside=sum(report.set_aside for report in reports) + len(refusals),
            notes=(*notes, *_passed_note(passed)),
            known=all(report.known for report in reports),
        )

    def file(self, path: Path) -> ImportReport:
        """One file."""
        if not path.is_file():
            raise ImportRefused(f"{path}: there is no such file", "Check the name.")
        watch = _Watch(given_file(path))
        kind, reads = self._opened(watch.given)
        first = next(reads, None)  # a file that cannot be read at all is refused before it becomes evidence
        before = path.stat()
        evidence = self.keeper.keep_file(self.options.source, path)
        if evidence.known and not self.again:
            note = f"{path.name} was imported before, on {evidence.at:%Y-%m-%d}; nothing had to be done."
            return ImportReport(path=path, source=self.options.source, kind=kind, notes=(note,), known=True)
        notes: list[str] = []
        tally = self._keep(chain([first] if first is not None else [], reads), evidence, watch, notes)
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            self._problem(path.name, "the file was changed while it was imported", "Import it again.")
            tally.set_aside += 1
        elif tally.new + tally.changed + tally.known:
            self.keeper.end_file(evidence)
        self.progress(evidence.size, evidence.size)
        return ImportReport(
            path=path,
            source=self.options.source,
            kind=kind,
            posts_new=tally.new,
            posts_changed=tally.changed,
            posts_known=tally.known,
            set_aside=tally.set_aside,
            notes=tuple(dict.fromkeys(notes)),
        )

    def _opened(self, given: Given) -> tuple[ImportKind, Iterator[Read]]:
        if self.kind is None:
            recognised = recognise(given)
            kind, given = recognised.kind, recognised.given
            reads = self._read(kind, given)
            if recognised.sure < 0.8:
                reads = chain([Note(f"{given.name} was taken to be {kind.value}; name its kind if it is not.")], reads)
            return kind, reads
        return self.kind, self._read(self.kind, given)

    def _read(self, kind: ImportKind, given: Given) -> Iterator[Read]:
        return self._read_zip(given) if kind is ImportKind.ZIP else _READERS[kind](given, self.options)

    def _read_zip(self, given: Given) -> Iterator[Read]:
        """What the files in a zip file hold; those that cannot be read are set aside one by one."""
        passed: Counter[str] = Counter()
        for part in zip_parts(given):
            if _holds_no_posts(part.name) or part.name.startswith("."):
                passed[Path(part.name).suffix.lower()] += 1
                continue
            try:
                recognised = recognise(part)
                if recognised.kind in (ImportKind.ZIP, ImportKind.WACZ):
                    yield SetAside(
                        part.name, "it is an archive inside an archive", "Unpack it and import what is inside."
                    )
                    continue
                for read in self._read(recognised.kind, recognised.given):
                    yield replace(read, where=f"{part.name}, {read.where}") if isinstance(read, SetAside) else read
            except ImportRefused as refusal:
                yield SetAside(part.name, str(refusal), refusal.remedy)
        yield from map(Note, _passed_note(passed))

    def _keep(self, reads: Iterator[Read], evidence: FileEvidence, watch: _Watch, notes: list[str]) -> _Tally:
        tally = _Tally()
        posts: list[Post] = []
        try:
            for read in reads:
                if isinstance(read, Note):
                    notes.append(read.text)
                elif isinstance(read, SetAside):
                    self._set_aside(read, evidence, tally)
                else:
                    posts.append(read)
                if len(posts) >= _CHUNK:
                    self._keep_posts(posts, evidence, tally)
                    self.progress(watch.position(), evidence.size)
        except ImportRefused as refusal:
            self._set_aside(SetAside("the rest of the file", str(refusal), refusal.remedy), evidence, tally)
        self._keep_posts(posts, evidence, tally)
        if tally.set_aside > _MOST_PROBLEMS:
            more = tally.set_aside - _MOST_PROBLEMS
            self._problem(evidence.name, f"{more} more parts of it could not be read", "Get the file again, whole.")
        return tally

    def _keep_posts(self, posts: list[Post], evidence: FileEvidence, tally: _Tally) -> None:
        """Keep a chunk of posts, and empty it; committed, so that the next chunk knows them."""
        if not posts:
            return
        known = dict(self.case.store.known_hashes([post.id for post in posts]))
        for post in posts:
            before, digest = known.get(post.id), post_sha256(post)
            tally.new += before is None
            tally.known += before == digest
            tally.changed += before not in (None, digest)
            known[post.id] = digest
        self.keeper.keep_file_posts(evidence, posts)
        self.keeper.commit()
        posts.clear()

    def _set_aside(self, part: SetAside, evidence: FileEvidence, tally: _Tally) -> None:
        tally.set_aside += 1
        if tally.set_aside <= _MOST_PROBLEMS:
            self._problem(f"{evidence.name}:{part.where.removeprefix('line ')}", part.reason, part.remedy)

    def _problem(self, item: str, reason: str, remedy: str) -> None:
        at, source = datetime.now(UTC), self.options.source
        self.keeper.problem(Problem(at=at, stage="import", item=item, reason=reason, remedy=remedy, source=source))


_READERS: Mapping[ImportKind, _Reader] = {
    ImportKind.JSONL: read_jsonl,
    ImportKind.JSON: read_json,
    ImportKind.CSV: read_csv,
    ImportKind.TELEGRAM: read_telegram,
    ImportKind.WHATSAPP: read_whatsapp,
    ImportKind.FEED: read_html,
    ImportKind.HTML: read_html,
    ImportKind.MHTML: read_mhtml,
    ImportKind.WARC: read_warc,
    ImportKind.WACZ: read_wacz,
}


class _Watch:
    """Knows how far the reading of a file has come."""

    def __init__(self, given: Given) -> None:
        self._stream: IO[bytes] | None = None
        self._open, self._size = given.open, given.size
        self.given = replace(given, open=self._start)

    def position(self) -> int:
        """The bytes that were read so far."""
        return self._size if self._stream is None or self._stream.closed else self._stream.tell()

    def _start(self) -> IO[bytes]:
        self._stream = self._open()
        return self._stream


def _source_of(path: Path) -> str:
    """A short, stable name for the posts of a file: `file_` and its name (or its folder's, where that says more)."""
    path = path.absolute()
    stem = path.name if path.is_dir() else path.name.removesuffix(".gz").rpartition(".")[0] or path.name
    if stem.casefold() in _SAY_NOTHING and path.parent.name:
        stem = f"{path.parent.name}_{stem}"
    folded = unicodedata.normalize("NFKC", stem).casefold()
    letters = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else "_" for c in folded)
    slug = re.sub(r"_+", "_", letters).strip("_")[:40].strip("_")
    return f"file_{slug or sha256_hex(stem.encode('utf-8', 'surrogateescape'))[:8]}"


def _checked_source(source: str) -> str:
    if not _SOURCE.fullmatch(source):
        raise ImportRefused(
            f"{source[:80]!r} cannot be the name of a source", "Use up to 60 letters, digits, '_', '-', '.' or ':'."
        )
    return source


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImportRefused(
            f"there is no time zone {name!r}", "Name it like Asia/Jakarta, Asia/Phnom_Penh or UTC."
        ) from error


def _code(word: str | None, what: str) -> str | None:
    if word and not re.fullmatch(r"[A-Za-z]{2,3}", word):
        raise ImportRefused(f"{word!r} is no code of a {what}", "Use the two letters of ISO, for example id.")
    return word.lower() if word else None


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _holds_no_posts(name: str) -> bool:
    return (mimetypes.guess_type(name)[0] or "").startswith(_PASSED_OVER) or name.lower().endswith(
        (".opus", ".webp", ".tgs", ".vcf")
    )


def _passed_note(passed: Counter[str]) -> Iterator[str]:
    if passed:
        kinds = ", ".join(f"{count} {suffix or 'without ending'}" for suffix, count in passed.most_common(12))
        yield f"Files that hold no posts were passed over: {kinds}."
