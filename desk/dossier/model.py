"""What a dossier says, as plain data that no language has touched yet: the template only shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casefile.records import Capture
from desk.languages import Phrase, Value
from desk.report.model import GraphView, MapView, Piece, Refs, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, how sure it is (0 to 1; None where it is counted, not estimated), and the posts that prove it."""

    told: Phrase
    refs: Refs
    sure: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table, as sure as a statement, with the same proof."""

    cells: tuple[Value, ...]
    refs: Refs
    sure: float | None = None
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruiter:
    """A recruiter as far as the posts show."""

    name: str
    statement: Statement
    contacts: tuple[Row, ...]
    reasons: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Warning signs that count for one of the ILO's indicators of forced labour."""

    ilo: str
    definition: str
    signs: tuple[tuple[str, int], ...]
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One post as proof; `text` and `address` are empty where the recipient may not have them."""

    id: str
    source: str
    address: str
    language: str
    published: datetime | None
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None
    text: tuple[Piece, ...]
    cut: int
    gist: str  # in the reader's language, where a translation was supplied
    captures: tuple[Capture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How the case stood when the dossier was made."""

    lines: int
    head: str
    journal_lines: int
    journal_head: str
    seals: int
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the dossier comes from, for whom it is, and how it may be used."""

    case: str
    recipient: str
    purpose: str
    legal_basis: str
    contact: str
    marking: str
    meaning: str
    made_at: datetime
    made_by: str
    retention_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The whole dossier; `numbers` gives each note its number."""

    is_network: bool
    title: Phrase
    name: str  # what the case calls it, in English
    called: Value  # the same, to be told in any language
    identity: str
    origin: Origin
    summary: tuple[Statement, ...]
    weak: tuple[Phrase, ...]
    recruiters: tuple[Recruiter, ...]
    pay: tuple[Row, ...]
    work: tuple[Row, ...]
    companies: tuple[Row, ...]
    places: tuple[Row, ...]
    routes: tuple[Row, ...]
    map: MapView | None
    timeline: Timeline | None
    changes: tuple[Row, ...]
    graph: GraphView
    links: tuple[Row, ...]
    signs: tuple[Sign, ...]
    left_out: tuple[Phrase, ...]
    held_back: tuple[tuple[Phrase, int], ...]
    evidence: Evidence
    prior: float
    notes: tuple[Note, ...]
    numbers: dict[str, int]
