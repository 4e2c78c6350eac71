"""Looking into a case without writing into its folder: its database is copied, and the copy is read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casefile.chain import HashChain
from casefile.errors import CaseError
from casefile.records import Connections, ReadPost
from casefile.settings_files import SETTINGS_FILE, read_case_settings
from casefile.store.store import Store


@dataclass(frozen=True, slots=True)
class CaseCopy:
    """A case as it was when it was copied; posts can be read while it is open."""

    folder: Path
    title: str
    connections: Connections
    hidden: frozenset[str]
    store: Store

    def read_posts(self) -> Iterator[ReadPost]:
        """All read posts, without what an investigator hid."""
        from graph.analysis.hidden import without_hidden

        return without_hidden(self.store.read_posts(), self.hidden)


@contextmanager
def open_copy(folder: Path) -> Iterator[CaseCopy]:
    """A copy of the case in a folder. Raises CaseError where there is none, or its database is missing or in use."""
    if not (folder / SETTINGS_FILE).is_file():
        raise CaseError(f"{folder}: there is no case here (no {SETTINGS_FILE})", f"Make one with `jejak new {folder}`.")
    if not (folder / "case.db").is_file():
        raise CaseError(
            f"{folder}: case.db is missing", f"Make it again from the evidence with `jejak process {folder}`."
        )
    with tempfile.TemporaryDirectory(prefix="jejak-copy-") as room:
        # A database that is open elsewhere keeps its newest changes in the second file.
        for name in ("case.db", "case.db-wal"):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, Path(room) / name)
        store = Store(
            Path(room) / "case.db",
            folder / "evidence",
            HashChain(folder / "evidence" / "manifest.jsonl", Path(room) / "lock"),
        )
        try:
            yield CaseCopy(
                folder, read_case_settings(folder).title, store.connections(), _hidden(folder, Path(room)), store
            )
        finally:
            store.close()


def _hidden(folder: Path, room: Path) -> frozenset[str]:
    from casefile.judgement_entries import read_judgements
    from casefile.judgements import in_force

    journal = HashChain(folder / "journal.jsonl", room / "journal.lock")
    return frozenset(in_force(read_judgements(journal.entries())).hidden)
