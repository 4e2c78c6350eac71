"""The view as tables: what CSV, spreadsheets, SQLite and Parquet hold, each column of one type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.export.view import View

Cell = str | int | float | datetime | None
_PROOFS_SHOWN = 20  # a cell of Excel holds 32,767 characters; the table of proofs has them all


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    TIME = "time"


_TYPES = {
    Type.WHOLE: ("posts", "degree", "witnesses", "sources", "undated", "recruiters"),
    Type.NUMBER: ("lat", "lon", "betweenness", "confidence", "weight", "bits", "suspect"),
    Type.TIME: ("first_seen", "last_seen", "published", "gone", "captured"),
}
_TYPE_OF = {column: kind for kind, columns in _TYPES.items() for column in columns}


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows` can be asked for more than once."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Sequence[Cell]]]

    def types(self) -> list[Type]:
        """What each column holds."""
        return [_TYPE_OF.get(column, Type.TEXT) for column in self.columns]


NODES = (
    "id", "kind", "label", "posts", "first_seen", "last_seen", "country", "lat", "lon", "network", "network_name",
    "degree", "betweenness", "confidence",
)  # fmt: skip
LINKS = (
    "link", "from_id", "from_kind", "from_label", "relation", "role", "direction", "to_id", "to_kind", "to_label",
    "confidence", "posts", "first_seen", "last_seen", "proof",
)  # fmt: skip
POSTS = (
    "post", "source", "kind", "language", "published", "first_seen", "last_seen", "gone", "address", "captured",
    "payload_sha256", "warc_file", "warc_record", "media", "text",
)  # fmt: skip
ROUTES = (
    "from_place", "through", "to_place", "stated", "witnesses", "sources", "posts", "undated", "first_seen", "last_seen", "proof",
)  # fmt: skip
NETWORKS = ("network", "name", "recruiters", "destinations", "origins", "posts", "suspect", "first_seen", "last_seen")
JOINS = ("actor", "left", "right", "reason", "weight", "bits", "proof")


def tables_of(view: View) -> list[Table]:
    """All tables; times are UTC."""
    return [
        Table("links", LINKS, lambda: _links(view)),
        Table("nodes", NODES, lambda: _nodes(view)),
        Table("networks", NETWORKS, lambda: _networks(view)),
        Table("routes", ROUTES, lambda: _routes(view)),
        Table("posts", POSTS, lambda: _posts(view)),
        Table("proofs", ("link", "post"), lambda: ((edge.id, post) for edge in view.edges for post in edge.posts)),
        Table("joins", JOINS, lambda: _joins(view)),
    ]


def _nodes(view: View) -> Iterator[Sequence[Cell]]:
    names = {network.id: network.name for network in view.networks}
    for node in view.nodes:
        yield (
            node.id, node.kind, node.label, node.posts, node.first_seen, node.last_seen, node.country, node.lat, node.lon,
            node.network, names.get(node.network or ""), node.degree, node.betweenness, node.confidence,
        )  # fmt: skip


def _links(view: View) -> Iterator[Sequence[Cell]]:
    for edge in view.edges:
        start, end = view.by_id[edge.from_id], view.by_id[edge.to_id]
        yield (
            edge.id, start.id, start.kind, start.label, edge.kind, edge.role, "from → to", end.id, end.kind, end.label,
            edge.confidence, len(edge.posts), edge.first_seen, edge.last_seen, _some(edge.posts),
        )  # fmt: skip


def _networks(view: View) -> Iterator[Sequence[Cell]]:
    for network in view.networks:
        recruiters = sum(member.startswith("actor:") for member in network.members)
        yield (
            network.id, network.name, recruiters, ";".join(network.destinations), ";".join(network.origins),
            len(network.posts), network.suspect, network.first_seen, network.last_seen,
        )  # fmt: skip


def _routes(view: View) -> Iterator[Sequence[Cell]]:
    for route in view.routes:
        yield (
            route.origin, ";".join(route.transit), route.destination, "stated" if route.stated else "inferred",
            route.witnesses, route.sources, len(route.posts), route.undated, route.first_seen, route.last_seen,
            _some(route.posts),
        )  # fmt: skip


def _posts(view: View) -> Iterator[Sequence[Cell]]:
    for post in view.proofs:
        yield (
            post.id, post.source, post.kind, post.lang, post.published, post.first_seen, post.last_seen, post.gone_at,
            post.url, post.captured_at, post.payload_sha256, post.warc_file, post.record_id, ";".join(post.media), post.text,
        )  # fmt: skip


def _joins(view: View) -> Iterator[Sequence[Cell]]:
    for actor, join in view.joins:
        yield actor, join.left, join.right, join.reason, join.weight, join.bits, _some(join.posts)


def _some(posts: Iterable[str]) -> str:
    shown = list(posts)
    more = f" and {len(shown) - _PROOFS_SHOWN} more" if len(shown) > _PROOFS_SHOWN else ""
    return ";".join(shown[:_PROOFS_SHOWN]) + more
