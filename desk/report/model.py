"""What the report says, as plain data: everything is decided here, the templates only show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casefile.records import Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a post's text: bare, marked with what it names, or withheld (then `text` is empty)."""

    text: str
    marks: tuple[str, ...] = ()  # CSS names, the innermost last
    notes: tuple[str, ...] = ()  # what the mentions that end here name, in words
    withheld: str = ""  # what was taken out: "phone", "author" …


@dataclass(frozen=True, slots=True, kw_only=True)
class Refs:
    """The posts that prove a claim: ids of those shown in this report, and how many there are in all."""

    shown: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """One post as proof."""

    id: str
    number: int
    kind: str
    kind_words: str
    source: str
    source_title: str
    address: str  # defanged; only the host where the author is shielded
    author: str
    shielded: str  # why parts are withheld, or nothing
    when: str
    when_sort: str
    language: str
    opening: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    cut: int  # characters that were left out at the end
    suspect: str
    reasons: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None
    captures: tuple[Capture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of the report, how certain it is, and its proof."""

    subject: str
    statement: str
    certainty: str
    first_seen: datetime | None
    last_seen: datetime | None
    refs: Refs
    weak: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorView:
    """A recruiter as far as the posts show: identifiers that belong together, and why."""

    name: str
    statement: str
    certainty: str
    first_seen: datetime | None
    last_seen: datetime | None
    refs: Refs
    weak: str
    contacts: tuple[Claim, ...]
    joins: tuple[Claim, ...]
    more_contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignView:
    """Warning signs that count for one of the ILO's indicators of forced labour."""

    ilo: str
    signs: tuple[tuple[str, int], ...]
    posts: int
    refs: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a timeline: its place in the drawing and what it counts."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Posts over time, ready to be drawn; `rows` is the same as a table."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    kinds: tuple[tuple[str, str], ...]  # CSS name and words, in the order of the columns
    unit: str
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphView:
    """One network for the interactive drawing: nodes at fixed positions, edges, and what a click tells."""

    network: str
    nodes: tuple[dict[str, Any], ...]
    edges: tuple[dict[str, Any], ...]
    frame: tuple[float, float, float, float]  # x, y, width, height around all nodes with their labels
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkView:
    """One network: what is held of it, and the posts that it rests on."""

    id: str
    number: int
    name: str
    towards: str  # the main destinations, in words
    paragraph: tuple[str, ...]
    weak: tuple[str, ...]
    offers: int
    texts: int
    actors: tuple[ActorView, ...]
    companies: tuple[Claim, ...]
    destinations: tuple[Claim, ...]
    origins: tuple[Claim, ...]
    pay: tuple[Claim, ...]
    signs: tuple[SignView, ...]
    links: tuple[Claim, ...]
    left_out: tuple[str, ...]
    timeline: Timeline | None
    graph: GraphView
    posts: tuple[str, ...]
    context: tuple[str, ...]  # warnings, news and pleas that touch the same network
    posts_left_out: int
    context_left_out: int
    routes: tuple[Claim, ...] = ()
    keys: tuple[Claim, ...] = ()
    changes: tuple[Claim, ...] = ()
    texts_sent: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The outline of a country as an SVG path, and whether the case touches it."""

    path: str
    touched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """A place on the map: never finer than a town, and only a country for a compound."""

    id: str
    x: float
    y: float
    radius: float
    name: str
    role: str
    is_country: bool
    words: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """From an origin to a destination, as one or more posts state it."""

    path: str
    width: float
    from_name: str
    to_name: str
    networks: tuple[int, ...]
    refs: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """The map of origins and destinations."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    flows: tuple[Flow, ...]
    points: tuple[MapPoint, ...]
    not_drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source: what came from it, and when."""

    name: str
    title: str
    posts: int
    offers: int
    first_seen: datetime | None
    last_seen: datetime | None
    last_crawl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """Something that was set aside, and how many others for the same reason."""

    at: datetime
    stage: str
    item: str
    others: int
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportModel:
    """The whole report."""

    title: str
    purpose: str
    legal_basis: str
    contact: str
    marking: str
    marking_meaning: str
    made_at: datetime
    made_by: str
    retention_days: int
    evidence_head: str
    evidence_lines: int
    figures: tuple[tuple[str, str], ...]  # number, what it counts
    summary: tuple[str, ...]
    doubts: tuple[str, ...]
    withheld: tuple[str, ...]
    next_steps: tuple[str, ...]
    scale: tuple[tuple[str, str], ...]
    networks: tuple[NetworkView, ...]
    networks_left_out: int
    map: MapView | None
    timeline: Timeline | None
    sources: tuple[SourceRow, ...]
    sources_left_out: int
    problems: tuple[ProblemRow, ...]
    problems_left_out: int
    posts: dict[str, PostView]
