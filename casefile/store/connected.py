"""What connecting yields, in the database: one record a row, as JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from casefile.records import Actor, Campaign, Connections, Entity, Link, Network

_TABLES: dict[str, type[Entity] | type[Actor] | type[Link] | type[Network] | type[Campaign]] = {
    "entities": Entity,
    "actors": Actor,
    "links": Link,
    "networks": Network,
    "campaigns": Campaign,
}


@cache
def _adapter(table: str) -> TypeAdapter[Any]:
    return TypeAdapter(_TABLES[table])


def save(database: sqlite3.Connection, connections: Connections) -> None:
    """Replace all connections; to be called inside a transaction."""
    for table in _TABLES:
        records: Iterable[Any] = getattr(connections, table)
        database.execute(f"DELETE FROM {table}")
        adapter = _adapter(table)
        rows = ((record.id, adapter.dump_json(record, exclude_defaults=True).decode()) for record in records)
        database.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)


def load(database: sqlite3.Connection) -> Connections:
    """All connections, each kind ordered by id."""
    return Connections(**{table: tuple(_load(database, table)) for table in _TABLES})


def _load(database: sqlite3.Connection, table: str) -> Iterable[Any]:
    adapter = _adapter(table)
    for row in database.execute(f"SELECT record FROM {table} ORDER BY id"):
        yield adapter.validate_json(row["record"])
