"""The connections as a NetworkX graph: clean plain values, one type to each attribute, so that any program opens it."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import networkx as nx

from casefile.identity import short_hash
from casefile.records import Actor, Connections, Entity, Link

Value = str | int | float
ACTOR = "ACTOR"
_LONGEST = 300
_PROOF_SEPARATOR = ";"
# Marks that turn the direction of writing: a name with them is read as another name than it is.
_TURNS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def to_graph(connections: Connections) -> nx.MultiDiGraph[str]:
    """Entities and recruiters as nodes, links as edges under their own ids.

    A missing value is a missing attribute. Times are ISO 8601 in UTC; `proof` lists the post ids, joined by `;`.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in connections.entities:
        graph.add_node(clean_id(entity.id), **_present(_of_entity(entity)))
    for actor in connections.actors:
        graph.add_node(clean_id(actor.id), **_present(_of_actor(actor)))
    for link in connections.links:
        graph.add_edge(clean_id(link.from_id), clean_id(link.to_id), key=link.id, **_present(_of_link(link)))
    return graph


def clean(text: str) -> str:
    """Text that every format can hold: no control characters, lone surrogates or marks that turn the writing."""
    kept = (" " if character.isspace() else character for character in text if not _is_unsafe(character))
    short = " ".join("".join(kept).split())
    return short if len(short) <= _LONGEST else short[: _LONGEST - 1] + "…"


def clean_id(identity: str) -> str:
    """An id that every format can hold; one that had to be changed keeps a hash of what it was.

    igraph reads `&amp;` in a GraphML id as `&#38;`, so there is no ampersand in ids.
    """
    cleaned = clean(identity).replace("&", "_")
    return cleaned if cleaned == identity else f"{cleaned}~{short_hash(identity)[:12]}"


def iso(moment: datetime | None) -> str | None:
    """A time as text, in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _is_unsafe(character: str) -> bool:
    if character.isspace():
        return False
    noncharacter = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return noncharacter or character in _TURNS or unicodedata.category(character) in ("Cc", "Cs")


def _of_entity(entity: Entity) -> dict[str, Value | None]:
    return {
        "kind": entity.label,
        "label": clean(entity.name) or clean_id(entity.id),
        "posts": entity.posts,
        "first_seen": iso(entity.first_seen),
        "last_seen": iso(entity.last_seen),
        "country": clean(entity.country) if entity.country else None,
        "lat": entity.lat,
        "lon": entity.lon,
        "network": entity.network,
        "degree": entity.degree,
        "betweenness": entity.betweenness,
    }


def _of_actor(actor: Actor) -> dict[str, Value | None]:
    return {
        "kind": ACTOR,
        "label": clean(actor.name) or actor.id,
        "posts": len(actor.posts),
        "first_seen": iso(actor.first_seen),
        "last_seen": iso(actor.last_seen),
        "network": actor.network,
        "confidence": float(actor.confidence),
    }


def _of_link(link: Link) -> dict[str, Value | None]:
    return {
        "kind": link.kind.value,
        "role": link.role.value if link.role else None,
        "confidence": float(link.confidence),
        "weight": float(link.confidence),  # the name under which Gephi and others look for it
        "posts": len(link.posts),
        "proof": _PROOF_SEPARATOR.join(link.posts),
        "first_seen": iso(link.first_seen),
        "last_seen": iso(link.last_seen),
    }


def _present(values: dict[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
