"""From a case to a dossier: what is told of one subject to one recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from casefile.case import Case, software
from casefile.records import Connections
from casefile.seals.sealing import seals_of
from casefile.settings import Handling
from desk.dossier.called import called
from desk.dossier.material import Subject, gather
from desk.dossier.model import Dossier, Evidence, Origin
from desk.dossier.notes import in_time, make_notes
from desk.dossier.statements import Teller
from desk.handing_over.held_back import HeldBack, Reason
from desk.handing_over.reasons import Reasons
from desk.languages import Phrase, phrase
from desk.report.atlas import draw_map
from desk.report.book import Book
from desk.report.drawing import draw_network
from desk.report.timeline import timeline
from desk.report.wording import TLP_MEANING, tlp
from graph.settings import load_settings
from pipeline.version import reading_version

_POSTS = 40  # that a dossier holds; statements that need more get up to three times as many (see Book)


def make_dossier(
    case: Case,
    connections: Connections,
    subject: Subject,
    held: HeldBack,
    origin: Origin,
    gists: Mapping[str, str],
) -> Dossier:
    """What the dossier says. Raises ExportRefused where nothing may be told."""
    material = gather(case, connections, subject, held)
    name = held.finder.redact(subject.network.name)[:200]
    book = Book(material.tally.offers, _POSTS)
    teller = Teller(material, book)
    # Every part takes the posts that it needs into the book, so the notes come last.
    told = Dossier(
        is_network=subject.is_network,
        title=teller.title(),
        name=name,
        called=called(name),
        identity=held.id_of(subject.network.id) or "",
        origin=origin,
        summary=tuple(teller.summary()),
        weak=tuple(teller.weak()),
        recruiters=tuple(teller.recruiters()),
        pay=tuple(teller.pay()),
        work=tuple(teller.work()),
        companies=tuple(teller.companies()),
        places=tuple(teller.places()),
        routes=tuple(teller.routes()),
        map=draw_map([(1, material.counted)], lambda posts: book.cite(1, posts)),
        timeline=timeline(material.counted.moments, material.counted.undated, height=150.0, short=_short),
        changes=tuple(teller.changes()),
        graph=draw_network(material.ties, material.tally, book, 1),
        links=tuple(teller.links()),
        signs=tuple(teller.signs()),
        left_out=tuple(teller.left_out()),
        held_back=tuple((_why(reason), number) for reason, number in held.counted()),
        evidence=_evidence(case),
        prior=load_settings().joins.prior,
        notes=(),
        numbers={},
    )
    book.fill(1, material.counted.offers)
    cited = set(book.of(1))
    proving = in_time(read for read in material.reads if read.post.id in cited)
    return replace(
        told,
        notes=make_notes(case, proving, held, gists),
        numbers={read.post.id: number for number, read in enumerate(proving, 1)},
    )


def origin_of(case: Case, held: HeldBack, reasons: Reasons, handling: Handling) -> Origin:
    """Where it comes from, for whom it is, and how it may be used."""
    redact, settings = held.finder.redact, case.settings
    return Origin(
        case=redact(settings.title),
        recipient=held.profile.title,
        purpose=redact(reasons.purpose),
        legal_basis=redact(reasons.legal_basis),
        contact=settings.contact,
        marking=tlp(handling),
        meaning=TLP_MEANING[handling],
        made_at=datetime.now(UTC),
        made_by=software(),
        retention_days=settings.retention_days,
    )


def _evidence(case: Case) -> Evidence:
    manifest, journal = case.manifest.head(), case.journal.head()
    return Evidence(
        lines=manifest.seq,
        head=manifest.sha256,
        journal_lines=journal.seq,
        journal_head=journal.sha256,
        seals=len(seals_of(case)),
        reading=reading_version(),
    )


def _why(reason: Reason) -> Phrase:
    """A reason of the door, to be told in any language."""
    return phrase(f"{{what}} {reason.why}", what=Phrase(reason.what)) if reason.what else Phrase(reason.why.value)


def _short(start: date, unit: str) -> str:
    """What stands under the timeline, the same in every language (ISO 8601)."""
    return f"{start:%Y}" if unit == "year" else f"{start:%Y-%m}" if unit == "month" else f"{start:%Y-%m-%d}"
