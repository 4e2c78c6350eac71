"""Writing a dossier for one recipient: what is held back, why it is given, proof that it is clean, a line in the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from casefile.case import Case
from casefile.settings import Handling
from desk import paper, terminal
from desk.dossier.making import make_dossier, origin_of
from desk.dossier.material import find_subject
from desk.dossier.model import Dossier
from desk.dossier.notes import read_gists
from desk.dossier.page import render
from desk.dossier.reading_back import refuse_what_is_held_back
from desk.handing_over.door import handling_for, held_back
from desk.handing_over.held_back import hold_back
from desk.handing_over.profiles import OURSELVES, find_profile
from desk.handing_over.pseudonyms import pseudonyms_for
from desk.handing_over.reasons import reasons_for
from desk.languages import Language
from desk.paper import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asked for."""

    subject: str
    language: Language
    form: Form = Form.PDF
    recipient: str = OURSELVES
    handling: Handling | None = None
    purpose: str | None = None
    legal_basis: str | None = None
    to: Path | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A dossier that was written; `missing` sentences stand in English."""

    path: Path
    dossier: Dossier
    held_back: Mapping[str, int]
    missing: int


def write(case: Case, wanted: Wanted) -> Written:
    """Write the dossier. Raises NotFound, or ExportRefused when it may not be given, or cannot be proven clean."""
    profile = find_profile(case, wanted.recipient)
    handling = handling_for(case, profile, wanted.handling)
    connections = case.store.connections()
    subject = find_subject(connections, wanted.subject)
    with terminal.progress("Shielding", "posts") as progress:
        held = hold_back(case, connections, profile, pseudonyms_for(profile.name), progress)
    reasons = reasons_for(case, profile, wanted.purpose, wanted.legal_basis)
    origin = origin_of(case, held, reasons, handling)
    dossier = make_dossier(case, connections, subject, held, origin, read_gists(case, wanted.language))
    refuse_what_is_held_back(dossier, held.finder)
    stem = f"dossier-{datetime.now(UTC):%Y%m%d-%H%M%S}-{wanted.language.code}"
    path = wanted.to or case.folder / "exports" / f"{stem}.{wanted.form}"
    paper.refuse_existing(path)
    page = render(dossier, wanted.language)
    with terminal.progress("Writing", "pages"):
        content = paper.made(page, wanted.form)
    paper.put(path, content)
    case.audit(
        "dossier",
        file=path.name,
        subject=dossier.identity,
        recipient=profile.name,
        handling=f"TLP:{handling.upper()}",
        purpose=reasons.purpose,
        legal_basis=reasons.legal_basis,
        language=wanted.language.code,
        posts=len(dossier.notes),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return Written(path, dossier, held_back(held), len(wanted.language.missing))


def show(written: Written, as_json: bool) -> None:
    """Where it lies, for whom it is, and what to know of it."""
    dossier, origin = written.dossier, written.dossier.origin
    statements = len(dossier.summary)
    if as_json:
        terminal.say_json(
            {
                "dossier": str(written.path),
                "subject": dossier.identity,
                "handling": origin.marking,
                "recipient": origin.recipient,
                "posts": len(dossier.notes),
                "held_back": dict(written.held_back),
                "untranslated": written.missing,
            }
        )
        return
    size = written.path.stat().st_size / 1e6
    terminal.say(f"Dossier: {written.path} ({size:.1f} MB)", "bold")
    terminal.say(f"{dossier.name}: {statements} statements in the summary, {len(dossier.notes)} posts as proof")
    terminal.say(f"For {origin.recipient}, marked {origin.marking}: {origin.meaning}")
    if written.missing:
        terminal.say(f"{written.missing} sentences have no translation yet and stand in English.", "yellow")
    terminal.say("Read it before you give it away: a program wrote it.", "dim")
