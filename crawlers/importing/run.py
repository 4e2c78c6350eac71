"""Importing: a file or a folder that an investigator was given becomes evidence, and what it holds becomes posts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import IO

from casefile.case import Case
from casefile.errors import ImportRefused
from casefile.keeper import Keeper
from casefile.progress import Progress, no_progress
from casefile.records import FileEvidence, Post, Problem
from crawlers.importing.archives import given_file
from crawlers.importing.folders import files_to_read
from crawlers.importing.model import DateOrder, Given, ImportKind, Note, Options, Read, SetAside, many
from crawlers.importing.options import make_options
from crawlers.importing.readers import open_reads, passed_note

_CHUNK = 1_000
_CHUNK_LETTERS = 4_000_000
_MOST_PROBLEMS = 1_000


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

    def __str__(self) -> str:
        parts = [f"{self.posts_new} new", f"{self.posts_changed} changed", f"{self.posts_known} known before"]
        told = f"{many(self.posts, 'post')} ({', '.join(part for part in parts if not part.startswith('0 '))})"
        told = told.replace(" ()", "")
        if self.set_aside:
            told += f"; set aside because it could not be read: {many(self.set_aside, 'part')}"
        return "\n  ".join([told, *self.notes] if not self.known else [*self.notes])


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
    options = make_options(
        path,
        source=source,
        columns=columns,
        timezone=timezone,
        region=region or case.settings.region,
        lang=lang,
        date_order=date_order,
    )
    with case.keeper() as keeper:
        run = _Run(case, keeper, options, kind, again, progress)
        return run.folder(path) if path.is_dir() else run.file(path)


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
    one_of_many: bool = False

    def folder(self, path: Path) -> ImportReport:
        """Each file in a folder, as one source; pictures and the like are passed over."""
        files, passed = files_to_read(path)
        reports: list[ImportReport] = []
        refusals: list[ImportRefused] = []
        for done, file in enumerate(files):
            self.progress(done, len(files))
            try:
                reports.append(replace(self, progress=no_progress, one_of_many=True).file(file))
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
            notes=(*notes, *passed_note(passed)),
            known=all(report.known for report in reports),
        )

    def file(self, path: Path) -> ImportReport:
        """One file."""
        if not path.is_file():
            raise ImportRefused(f"{path}: there is no such file", "Check the name.")
        watch, before = _Watch(given_file(path)), path.stat()
        kind, reads = open_reads(watch.given, self.kind, self.options, one_of_many=self.one_of_many)
        known = self.case.store.given_file(self.options.source, _sha256_of(watch.given))
        if known is not None and known.known and not self.again:
            note = f"The file was imported before, on {known.at:%Y-%m-%d}: nothing had to be done."
            return ImportReport(path=path, source=self.options.source, kind=kind, notes=(note,), known=True)
        first = next(reads, None)  # a file that cannot be read at all is refused before it becomes evidence
        evidence = self.keeper.keep_file(self.options.source, path)
        notes: list[str] = []
        tally = self._keep(chain([first] if first is not None else [], reads), evidence, watch, notes)
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            self._problem(path.name, "the file was changed while it was imported", "Import it again.")
            tally.set_aside += 1
        elif tally.new + tally.changed + tally.known:
            self.keeper.end_file(evidence)
        if not (tally.new or tally.changed or tally.known or tally.set_aside):
            notes.append("There is no post in it.")
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

    def _keep(self, reads: Iterator[Read], evidence: FileEvidence, watch: _Watch, notes: list[str]) -> _Tally:
        tally = _Tally()
        posts: list[Post] = []
        letters = 0
        try:
            for read in reads:
                if isinstance(read, Note):
                    notes.append(read.text)
                elif isinstance(read, SetAside):
                    self._set_aside(read, evidence, tally)
                else:
                    posts.append(read)
                    letters += len(read.text)
                if len(posts) >= _CHUNK or letters > _CHUNK_LETTERS:
                    self._keep_posts(posts, evidence, tally)
                    letters = 0
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
        kept = self.keeper.keep_file_posts(evidence, posts)
        tally.new += kept.new
        tally.changed += kept.changed
        tally.known += kept.known
        self.keeper.commit()
        posts.clear()

    def _set_aside(self, part: SetAside, evidence: FileEvidence, tally: _Tally) -> None:
        tally.set_aside += 1
        if tally.set_aside <= _MOST_PROBLEMS:
            self._problem(f"{evidence.name}:{part.where.removeprefix('line ')}", part.reason, part.remedy)

    def _problem(self, item: str, reason: str, remedy: str) -> None:
        at, source = datetime.now(UTC), self.options.source
        self.keeper.problem(Problem(at=at, stage="import", item=item, reason=reason, remedy=remedy, source=source))


def _sha256_of(given: Given) -> str:
    with given.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


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
