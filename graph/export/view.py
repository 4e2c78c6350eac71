"""What every format is written from: one picture of the network, of plain values that were cleaned once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from casefile.records import Actor, Connections, Entity, JoinReason, Link, Network
from casefile.settings import Handling
from graph.analysis.routes import Route
from graph.export.clean import clean, clean_id, clean_text, to_second

ACTOR = "ACTOR"
_DECIMALS = 6
"""More digits than these say nothing, and could be taken for a telephone number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the caller knows of an export: when, by which program, from what, and how it may be handled."""

    made_at: datetime
    program: str
    title: str
    case: str
    handling: Handling
    statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity or a recruiter; `contacts` are a recruiter's, `confirmed` when a person said that he recruits."""

    id: str
    kind: str
    label: str
    posts: int
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    network: str | None = None
    degree: int | None = None
    betweenness: float | None = None
    confidence: float | None = None
    contacts: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A link; `posts` prove it."""

    id: str
    from_id: str
    to_id: str
    kind: str
    confidence: float
    posts: tuple[str, ...]
    role: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A post that proves something, and the capture that proves the post; what does not leave is None or empty."""

    id: str
    source: str
    kind: str
    lang: str | None
    published: datetime | None
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None = None
    url: str | None = None
    captured_at: datetime | None = None
    payload_sha256: str | None = None
    warc_file: str | None = None
    record_id: str | None = None
    media: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the evidence on which job offers stood: its title, and where its record lies."""

    title: str
    warc: Path
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The network as it leaves. Nodes have different ids, and every edge ends at nodes that are there."""

    context: Context
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    networks: tuple[Network, ...] = ()
    joins: tuple[tuple[str, JoinReason], ...] = ()
    proofs: tuple[Proof, ...] = ()
    routes: tuple[Route, ...] = ()
    pages: tuple[Page, ...] = ()
    by_id: dict[str, Node] = field(default_factory=dict)


def view_of(
    connections: Connections,
    context: Context,
    *,
    proofs: Iterable[Proof] = (),
    routes: Sequence[Route] = (),
    confirmed: Collection[str] = (),
) -> View:
    """The view of connections that may leave; `confirmed` are identifiers that a person confirmed as a recruiter's."""
    nodes = [_of_entity(entity) for entity in connections.entities]
    nodes += [_of_actor(actor, confirmed) for actor in connections.actors]
    return View(
        context=context,
        nodes=tuple(nodes),
        edges=tuple(_of_link(link) for link in connections.links),
        networks=tuple(_of_networks(connections.networks)),
        joins=tuple((clean_id(actor.id), join) for actor in connections.actors for join in map(_of_join, actor.joins)),
        proofs=tuple(_of_proof(proof) for proof in proofs),
        routes=tuple(routes),
        by_id={node.id: node for node in nodes},
    )


def _of_entity(entity: Entity) -> Node:
    return Node(
        id=clean_id(entity.id),
        kind=entity.label,
        label=clean(entity.name) or clean_id(entity.id),
        posts=entity.posts,
        first_seen=to_second(entity.first_seen),
        last_seen=to_second(entity.last_seen),
        country=clean(entity.country) if entity.country else None,
        lat=_rounded(entity.lat),
        lon=_rounded(entity.lon),
        network=entity.network,
        degree=entity.degree,
        betweenness=_rounded(entity.betweenness),
    )


def _of_actor(actor: Actor, confirmed: Collection[str]) -> Node:
    return Node(
        id=clean_id(actor.id),
        kind=ACTOR,
        label=clean(actor.name) or actor.id,
        posts=len(actor.posts),
        first_seen=to_second(actor.first_seen),
        last_seen=to_second(actor.last_seen),
        network=actor.network,
        confidence=_rounded(actor.confidence),
        contacts=tuple(map(clean_id, actor.identifiers)),
        confirmed=any(identifier in confirmed for identifier in actor.identifiers),
    )


def _of_link(link: Link) -> Edge:
    return Edge(
        id=link.id,
        from_id=clean_id(link.from_id),
        to_id=clean_id(link.to_id),
        kind=link.kind.value,
        role=link.role.value if link.role else None,
        confidence=round(float(link.confidence), _DECIMALS),
        posts=link.posts,
        first_seen=to_second(link.first_seen),
        last_seen=to_second(link.last_seen),
    )


def _of_networks(networks: Iterable[Network]) -> Iterator[Network]:
    for network in networks:
        yield Network(
            id=network.id,
            name=clean(network.name),
            members=tuple(map(clean_id, network.members)),
            posts=network.posts,
            destinations=tuple(map(clean_id, network.destinations)),
            origins=tuple(map(clean_id, network.origins)),
            suspect=round(network.suspect, _DECIMALS),
            first_seen=to_second(network.first_seen),
            last_seen=to_second(network.last_seen),
        )


def _of_join(join: JoinReason) -> JoinReason:
    return JoinReason(
        left=clean_id(join.left),
        right=clean_id(join.right),
        reason=clean(join.reason),
        weight=round(join.weight, _DECIMALS),
        bits=round(join.bits, _DECIMALS),
        posts=join.posts,
    )


def _of_proof(proof: Proof) -> Proof:
    return Proof(
        id=proof.id,
        source=clean(proof.source),
        kind=proof.kind,
        lang=proof.lang,
        published=to_second(proof.published),
        first_seen=proof.first_seen.astimezone(UTC).replace(microsecond=0),
        last_seen=proof.last_seen.astimezone(UTC).replace(microsecond=0),
        gone_at=to_second(proof.gone_at),
        url=clean_text(proof.url) if proof.url else None,
        captured_at=to_second(proof.captured_at),
        payload_sha256=proof.payload_sha256,
        warc_file=proof.warc_file,
        record_id=proof.record_id,
        media=tuple(map(clean_text, proof.media)),
        text=clean_text(proof.text) if proof.text else None,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), _DECIMALS)
