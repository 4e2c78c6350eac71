"""Why something is given to a recipient: purpose and legal basis, asked once and kept in the journal."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import typer

from casefile.case import Case
from casefile.errors import ExportRefused
from desk.handing_over.profiles import OURSELVES, Profile

ACTION = "sharing agreed"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What for, and by which right."""

    purpose: str
    legal_basis: str


def reasons_for(case: Case, profile: Profile, purpose: str | None, legal_basis: str | None) -> Reasons:
    """Those given now, else those kept in the journal; our own are the case's. Raises ExportRefused when there are none.

    What is given anew is written down, and holds from then on.
    """
    if profile.name == OURSELVES:
        return Reasons(purpose or case.settings.purpose, legal_basis or case.settings.legal_basis)
    kept = _kept(case, profile.name)
    if not (kept or (purpose and legal_basis)) and sys.stdin.isatty():
        purpose = purpose or typer.prompt(f"What is it given to {profile.title} for")
        legal_basis = legal_basis or typer.prompt("By which right (law, agreement, consent)")
    told = Reasons(purpose or (kept.purpose if kept else ""), legal_basis or (kept.legal_basis if kept else ""))
    if not (told.purpose.strip() and told.legal_basis.strip()):
        raise ExportRefused(
            f"It is not written down yet why {profile.title} may be given this.",
            'Say it once: --purpose "…" --legal-basis "…". The journal keeps it for the next time.',
        )
    if told != kept:
        case.audit(ACTION, recipient=profile.name, purpose=told.purpose, legal_basis=told.legal_basis)
    return told


def _kept(case: Case, recipient: str) -> Reasons | None:
    found = None
    for entry in case.audit_log():
        if entry.action == ACTION and entry.details.get("recipient") == recipient:
            found = Reasons(str(entry.details["purpose"]), str(entry.details["legal_basis"]))
    return found
