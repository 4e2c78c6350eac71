"""Where a case's seals, its key, its witnesses and its authority's root lie."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509

from casefile.case import Case
from casefile.chain import START
from casefile.seals.keys import keys_folder
from casefile.seals.tokens import read_root


def case_id(case: Case) -> str:
    """What a case is known by outside itself: the digest of its journal's first line."""
    return next((str(entry["sha256"]) for entry in case.journal.whole_entries()), START)


def outside_folder(case: str) -> Path:
    """Where this user keeps the key and the witnesses of the case of that id."""
    return keys_folder() / case[:16]


def seals_folder(case: Case) -> Path:
    """Where the files of seals lie."""
    return case.folder / "seals"


def roots_of(case: Case) -> list[x509.Certificate]:
    """The root certificates of the case's time stamping authority; none when none is named. Raises SealError."""
    return read_root(case.folder / case.settings.seal.root) if case.settings.seal.root else []
