"""A case: one folder with settings, sources, evidence, journal, database and exports."""

from __future__ import annotations

import getpass
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from casefile.alerts import AlertBook, told_entry
from casefile.audit import read_audit
from casefile.chain import Entry, HashChain
from casefile.corrections import Change, Correction, correction_entry, read_corrections
from casefile.errors import CaseError, EvidenceError, NotFound
from casefile.evidence.posts_json import storable_text
from casefile.evidence.reading import NO_POSTS
from casefile.evidence.recovery import set_aside_uncounted
from casefile.forgetting.rewriting import finish
from casefile.judgement_entries import judgement_entry, read_judgements, undo_entry
from casefile.keeper import Keeper
from casefile.progress import Progress, no_progress
from casefile.records import AuditEntry, Decision, Judgement, LinkKind, Scalar
from casefile.settings import CaseSettings, SourceSettings
from casefile.settings_files import SETTINGS_FILE, read_case_settings, read_source, read_sources, write_case_settings
from casefile.store.database import to_text
from casefile.store.store import Store

_LONGEST_NAME = 200
FOLDERS = ("sources", "evidence", "exports", "logs", ".locks")
"""What a case folder holds besides its files."""


def software() -> str:
    """This program's name and version, as evidence and exports name it."""
    return f"Jejak/{metadata.version('jejak')}"


class Case:
    """An open case; a context manager. `store` reads, `keeper()` puts in, `audit()` writes down who did what."""

    def __init__(
        self, folder: Path, settings: CaseSettings, progress: Progress = no_progress, database: Path | None = None
    ) -> None:
        self.folder, self.settings = folder, settings
        try:
            for name in FOLDERS if database is None else ():
                (folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise CaseError(
                f"{folder}: {name}/ cannot be made ({error.strerror})", "Check the folder's permissions and the disk."
            ) from error
        self.manifest = HashChain(self.evidence_folder / "manifest.jsonl", folder / ".locks" / "manifest.lock")
        self.journal = HashChain(folder / "journal.jsonl", folder / ".locks" / "journal.lock")
        self.store = Store(database or folder / "case.db", self.evidence_folder, self.manifest)
        if database is None:
            finish(self.evidence_folder, folder / ".locks", self.manifest)
        if self.store.is_behind():
            with self.store.writing():
                self.store.catch_up(progress)
        if database is None:
            self.store.purge()

    @classmethod
    def create(cls, folder: Path, settings: CaseSettings) -> Case:
        """Make a new case in a folder that does not exist or is empty."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            empty = not any(folder.iterdir())
            if empty:
                folder.chmod(0o700)  # whoever else uses this machine
        except OSError as error:
            raise CaseError(f"{folder}: cannot be made ({error.strerror})", "Give the name of a new folder.") from error
        if not empty:
            raise CaseError(f"{folder}: this folder is not empty", "Give the name of a new folder.")
        write_case_settings(folder, settings)
        case = cls(folder, settings)
        case.audit("new", title=settings.title)
        return case

    @classmethod
    def open(cls, folder: Path, progress: Progress = no_progress, database: Path | None = None) -> Case:
        """Open a case. Raises CaseError when there is none, SettingsError when case.toml is wrong.

        With a `database` elsewhere, nothing is written to the folder: for a case that can only be read.
        """
        if not (folder / SETTINGS_FILE).is_file():
            raise CaseError(
                f"{folder}: there is no case here (no {SETTINGS_FILE})", f"Make one with `jejak new {folder}`."
            )
        return cls(folder, read_case_settings(folder), progress, database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    @property
    def evidence_folder(self) -> Path:
        """Where the WARC files and their manifest lie."""
        return self.folder / "evidence"

    def sources(self) -> tuple[SourceSettings, ...]:
        """The sources of this case by name; raises SettingsError with every mistake in their files."""
        return read_sources(self.folder)

    def source(self, name: str) -> SourceSettings:
        """One source; raises NotFound, or SettingsError with the mistakes in its file."""
        source = read_source(self.folder, name)
        if source is None:
            names = ", ".join(sorted(path.stem for path in (self.folder / "sources").glob("*.yml"))) or "none"
            raise NotFound(
                f"There is no source “{name}” in {self.folder}/sources (there are: {names}).", "Check the name."
            )
        return source

    def keeper(self) -> Keeper:
        """What puts pages, files and posts into this case; use it as a context manager."""
        locks = self.folder / ".locks"
        with self.store.writing():
            self.store.catch_up()
            counted = self.store.counted_bytes()
            for found in set_aside_uncounted(self.evidence_folder, locks, counted):
                for entry in self.manifest.append([{**found, "at": to_text(datetime.now(UTC))}]):
                    self.store.apply(entry, NO_POSTS)
        return Keeper(self.evidence_folder, locks, self.manifest, self.store, software())

    def audit(self, action: str, **details: Scalar) -> None:
        """Write down, for ever, who did what and when."""
        self._write_down({"type": "audit", "action": action, "details": details})

    def audit_log(self) -> Iterator[AuditEntry]:
        """Who did what, and when, from the first to the last; raises EvidenceError where the journal was changed."""
        return read_audit(self.journal.entries())

    def judge(
        self, decision: Decision, subjects: Sequence[Collection[str]], because: str, kind: LinkKind | None = None
    ) -> Judgement:
        """Write down, for ever, what an investigator decided; raises JudgementError (see `casefile.judgements`)."""
        entry = self._write_down(judgement_entry(decision, subjects, because, kind))
        return read_judgements([entry])[0]

    def undo(self, sequence: int, because: str) -> Judgement:
        """Take a judgement back; it stays in the journal. Raises NotFound when none of that number is in force."""
        judged = next((judgement for judgement in self.judgements() if judgement.sequence == sequence), None)
        if judged is None or judged.undone_by is not None:
            why = f"was undone by number {judged.undone_by}" if judged else "is no judgement"
            raise NotFound(f"Number {sequence} {why}.", "`jejak judgements CASE` lists those that hold.")
        entry = self._write_down(undo_entry(sequence, because))
        return replace(judged, undone_by=int(entry["seq"]))

    def judgements(self) -> tuple[Judgement, ...]:
        """Everything that was ever decided in this case, in order."""
        return read_judgements(self.journal.entries())

    def correct(self, post_id: str, change: Change, because: str) -> Correction:
        """Write down, for ever, what a person set right in a post's reading; the next reading obeys it.

        Raises CorrectionError, JudgementError without a reason (see `casefile.corrections`).
        """
        entry = self._write_down(correction_entry(post_id, change, because))
        return read_corrections([entry])[0]

    def take_back(self, sequence: int, because: str) -> Correction:
        """Take a correction back; it stays in the journal. Raises NotFound when none of that number holds."""
        corrected = next((one for one in self.corrections() if one.sequence == sequence), None)
        if corrected is None or corrected.undone_by is not None:
            why = f"was taken back by number {corrected.undone_by}" if corrected else "is no correction"
            raise NotFound(f"Number {sequence} {why}.", "`jejak corrections CASE` lists those that hold.")
        entry = self._write_down(undo_entry(sequence, because))
        return replace(corrected, undone_by=int(entry["seq"]))

    def corrections(self) -> tuple[Correction, ...]:
        """Everything that people ever set right in readings, in order."""
        return read_corrections(self.journal.entries())

    def alert_book(self) -> AlertBook:
        """Every alert that was ever given in this case, and what each watch knows."""
        return AlertBook(self.journal.entries())

    def write_alerts(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """Keep alerts, and what watches know, for ever (see `casefile.alerts`); all or none."""
        self._write_all_down(entries)

    def write_told(self, channel: str, alerts: Iterable[int]) -> None:
        """Keep that alerts left this case, by which channel, when and by whom."""
        self._write_down(told_entry(channel, alerts))

    def write_seal(self, told: Mapping[str, Any]) -> Entry:
        """Keep a seal, or a time stamp of one, for ever (see `casefile.seals`)."""
        return self._write_down(told)

    def write_hold(self, told: Mapping[str, Any]) -> Entry:
        """Keep a legal hold, or its release, for ever (see `casefile.forgetting.holds`)."""
        return self._write_down(told)

    def write_note(self, told: Mapping[str, Any]) -> Entry:
        """Keep a note, or a place in a drawing, for ever (see `casefile.notes`)."""
        return self._write_down(told)

    def _write_down(self, told: Mapping[str, Any]) -> Entry:
        [entry] = self._write_all_down([told])
        return entry

    def _write_all_down(self, told: Sequence[Mapping[str, Any]]) -> list[Entry]:
        if not told:
            return []
        self._refuse_a_cut_journal()
        now, user = to_text(datetime.now(UTC)), user_name()
        entries = self.journal.append([{"at": now, "by": user, **entry} for entry in told])
        self.store.remember_journal(self.journal.head())
        return entries

    def _refuse_a_cut_journal(self) -> None:
        """What follows would hide that lines are missing."""
        known, head = self.store.journal_head(), self.journal.head()
        if head.seq < known.seq or (head.seq == known.seq and head != known):
            raise EvidenceError(
                f"journal.jsonl: ends at line {head.seq}, but line {known.seq} was written once: lines were cut off or changed",
                "Run `jejak verify`; put the journal back from a backup before anything else is done.",
            )


def user_name() -> str:
    """Who works here, as journal and seals name them: $JEJAK_USER, else the system's name."""
    if named := " ".join(os.environ.get("JEJAK_USER", "").split()):
        return storable_text(named[:_LONGEST_NAME])
    with suppress(OSError, KeyError):
        return getpass.getuser()
    return "unknown"
