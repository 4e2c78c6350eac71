"""The records that all rooms share: plain, typed, immutable values. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

Scalar = str | int | float | bool | None
NO_ATTRIBUTES: Mapping[str, Scalar] = MappingProxyType({})


class Label(StrEnum):
    """What a mention names."""

    PHONE = "PHONE"
    HANDLE = "HANDLE"
    EMAIL = "EMAIL"
    URL = "URL"
    WALLET = "WALLET"
    ORG = "ORG"
    LOC = "LOC"
    PERSON = "PERSON"
    SALARY = "SALARY"
    INDICATOR = "INDICATOR"


class PostKind(StrEnum):
    """What a post is. Only recruitment makes somebody a recruiter."""

    RECRUITMENT = "recruitment"
    WARNING = "warning"
    NEWS = "news"
    PLEA = "plea"
    OTHER = "other"


class Role(StrEnum):
    """What part a place plays in one post."""

    ORIGIN = "origin"
    TRANSIT = "transit"
    DESTINATION = "destination"
    WORKSITE = "worksite"
    MENTION = "mention"


class LinkKind(StrEnum):
    """How two entities hang together."""

    POSTED = "posted"
    USES_CONTACT = "uses_contact"
    WORKS_FOR = "works_for"
    RECRUITS_FOR = "recruits_for"
    SENDS_TO = "sends_to"
    LOCATED_IN = "located_in"
    SAME_TEXT = "same_text"
    MENTIONS = "mentions"


class Precision(StrEnum):
    """How exactly a page told the time of a post."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video or file that a post carries. The address is kept, the file is not fetched."""

    kind: str
    url: str | None = None
    name: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody published. Times are aware, in UTC; `text` is what all offsets count in."""

    id: str
    source: str
    url: str | None
    text: str
    native_id: str | None = None
    title: str | None = None
    author: str | None = None
    author_url: str | None = None
    published: datetime | None = None
    published_precision: Precision | None = None
    published_words: str | None = None
    lang: str | None = None
    region: str | None = None
    thread: str | None = None
    reply_to: str | None = None
    forwarded_from: str | None = None
    views: int | None = None
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One observation of one post: the version seen, and the WARC record that proves it."""

    id: str
    post_id: str
    source: str
    captured_at: datetime
    page_url: str
    status: int
    warc_file: str
    warc_offset: int
    record_id: str
    payload_sha256: str
    post_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHistory:
    """When a post was first and last seen, and when it was found to be gone."""

    post_id: str
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None = None


class CrawlOutcome(StrEnum):
    """How a crawl ended; one that never told is `running` or was killed."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """One visit to one source, from start to end.

    `posts_dated` of the posts seen told their time, `text_length` is the median of their texts (code points); both are
    None where nobody counted. `alarm` says what was unlike the crawls before; empty when nothing was.
    """

    id: str
    source: str
    begun_at: datetime
    ended_at: datetime | None
    outcome: CrawlOutcome
    detail: str
    pages: int
    posts_seen: int
    posts_new: int
    posts_changed: int
    posts_gone: int
    posts_dated: int | None = None
    text_length: int | None = None
    alarm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page that was kept before: its validators, and the record that holds its body."""

    source: str
    url: str
    etag: str | None
    last_modified: str | None
    payload_sha256: str
    warc_file: str
    warc_offset: int
    record_id: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEvidence:
    """A file that was given, as it lies in the evidence; `known` when all of it was imported before."""

    source: str
    name: str
    size: int
    sha256: str
    warc_file: str
    warc_offset: int
    record_id: str
    at: datetime
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of a post's text that names something; `text[start:end]` is always `surface`."""

    label: Label
    start: int
    end: int
    surface: str
    value: str
    confidence: float
    extractor: str
    attributes: Mapping[str, Scalar] = field(default_factory=lambda: NO_ATTRIBUTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in one post. `suspect` runs from 0 to 1; `reasons` say why in plain words; `languages` are all that it
    is written in, `lang`, the main one, first; `corrections` (see `casefile.corrections`) what people set right, by number.
    """

    post_id: str
    lang: str
    kind: PostKind
    suspect: float
    mentions: tuple[Mention, ...]
    kind_confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    corrections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPost:
    """A post with what was read in it and when it was seen: what connecting and reporting work on."""

    post: Post
    reading: Reading
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What mentions name, known by `label:value` (see `casefile.identity.entity_id`)."""

    id: str
    label: str
    name: str
    posts: int
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    network: str | None = None
    degree: int = 0
    betweenness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinReason:
    """Why two identifiers are held to belong to one recruiter.

    `weight` is the probability from this reason alone; `bits` its match weight log2(m/u), below zero where it speaks
    against.
    """

    left: str
    right: str
    reason: str
    weight: float
    posts: tuple[str, ...]
    bits: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Identifiers that belong to one recruiter, as far as we know; the reasons say how we know.

    `destinations` are the ids of the places where it sends people, the most told first.
    """

    id: str
    name: str
    identifiers: tuple[str, ...]
    posts: tuple[str, ...]
    confidence: float
    joins: tuple[JoinReason, ...] = ()
    destinations: tuple[str, ...] = ()
    suspect: float = 0.0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    network: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Posts that are one text sent many times; `translation_of` is a hint that it was made from another campaign's."""

    id: str
    posts: tuple[str, ...]
    template: str
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    sources: int = 1
    translation_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed edge between two entities or actors, with the posts that prove it (never none)."""

    id: str
    from_id: str
    to_id: str
    kind: LinkKind
    confidence: float
    posts: tuple[str, ...]
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One community of the graph: who is in it, where it delivers, on how many posts it rests."""

    id: str
    name: str
    members: tuple[str, ...]
    posts: tuple[str, ...]
    destinations: tuple[str, ...]
    origins: tuple[str, ...]
    suspect: float
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class Decision(StrEnum):
    """What an investigator may decide (see `casefile.judgements`)."""

    SAME = "same"
    DIFFERENT = "different"
    CONFIRM = "confirm"
    REJECT = "reject"
    HIDE = "hide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an investigator decided; it outranks the machine and is never lost by a rebuild.

    Each subject is one thing that was named: its raw identifiers. `kind` is set when the judgement is on a link.
    """

    sequence: int
    at: datetime
    by: str
    decision: Decision
    subjects: tuple[tuple[str, ...], ...]
    because: str
    kind: LinkKind | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what, and when."""

    sequence: int
    at: datetime
    by: str
    action: str
    details: Mapping[str, Scalar] = field(default_factory=lambda: NO_ATTRIBUTES)


ALARM = "alarm"
"""The stage of a problem that says: this source showed less than it is used to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that was set aside instead of being used: what, where, why, and what to do."""

    at: datetime
    stage: str
    item: str
    reason: str
    remedy: str = ""
    source: str | None = None
    post_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """Everything that connecting a case yields; the posts prove it, so it can be made again."""

    entities: tuple[Entity, ...]
    actors: tuple[Actor, ...]
    links: tuple[Link, ...]
    networks: tuple[Network, ...]
    campaigns: tuple[Campaign, ...] = ()
