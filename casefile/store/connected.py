"""What connecting yields, in the database: one record a row, as JSON; and what it saw, so that new posts suffice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from secrets import token_hex
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter

from casefile.records import Actor, Campaign, Connections, Entity, Link, LinkKind, Network
from casefile.store.database import CACHE_KB
from casefile.store.joins import KeptJoins
from casefile.store.wordings import KeptWordings

Record = Entity | Actor | Link | Network | Campaign
_TABLES: dict[str, type[Record]] = {
    "entities": Entity,
    "actors": Actor,
    "links": Link,
    "networks": Network,
    "campaigns": Campaign,
}
TABLE_OF: dict[type[Record], str] = {kind: table for table, kind in _TABLES.items()}
_STATE, _JUDGED, _EDITION = "connected_as", "connected_judged", "connected_edition"
_INDEXES = {
    "touches_by_key": "touches (key, number, at)",
    "links_by_from": "links (from_id, to_id, kind, confidence)",
    "links_by_to": "links (to_id, from_id, kind, confidence)",
}
_BUILDING_KB = 256 * 1024  # texts are looked up everywhere in their index: from disk that would take most of the time


@cache
def _adapter(table: str) -> TypeAdapter[Any]:
    return TypeAdapter(_TABLES[table])


def read_record(table: str, stored: str) -> Record:
    """A record as it is stored in one of the tables."""
    record: Record = _adapter(table).validate_json(stored)
    return record


def save(database: sqlite3.Connection, connections: Connections) -> None:
    """Replace all connections; to be called inside a transaction."""
    database.execute("DELETE FROM meta WHERE name = ?", (_STATE,))
    database.execute("DELETE FROM belongs")
    for table in _TABLES:
        database.execute(f"DELETE FROM {table}")
        put(database, getattr(connections, table))


def put(database: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Keep records of one kind, instead of those with their ids; to be called inside a transaction."""
    for table, rows in _by_table(records):
        marks = ", ".join("?" * len(rows[0]))
        columns = "id, record, from_id, to_id, kind, confidence" if table == "links" else "id, record"
        database.executemany(f"REPLACE INTO {table} ({columns}) VALUES ({marks})", rows)


_AT_ONCE = 10_000
_KEYS_A_QUERY = 500


def _by_table(records: Iterable[Record]) -> Iterator[tuple[str, list[tuple[str | float, ...]]]]:
    rows: dict[str, list[tuple[str | float, ...]]] = {}
    for record in records:
        table = TABLE_OF[type(record)]
        json = _adapter(table).dump_json(record, exclude_defaults=True).decode()
        told = (record.from_id, record.to_id, record.kind.value, record.confidence) if isinstance(record, Link) else ()
        rows.setdefault(table, []).append((record.id, json, *told))
        if len(rows[table]) >= _AT_ONCE:
            yield table, rows.pop(table)
    yield from rows.items()


_Key = TypeVar("_Key")


def _parts(keys: Sequence[_Key]) -> Iterator[tuple[Sequence[_Key], str]]:
    """Keys in parts that fit into one query, each with its marks."""
    for start in range(0, len(keys), _KEYS_A_QUERY):
        part = keys[start : start + _KEYS_A_QUERY]
        yield part, ", ".join("?" * len(part))


def load(database: sqlite3.Connection) -> Connections:
    """All connections, each kind ordered by id."""
    return Connections(**{table: tuple(_load(database, table)) for table in _TABLES})


def _load(database: sqlite3.Connection, table: str, where: str = "", arguments: Sequence[object] = ()) -> Iterable[Any]:
    adapter = _adapter(table)
    for row in database.execute(f"SELECT record FROM {table} {where} ORDER BY id", arguments):
        yield adapter.validate_json(row["record"])


class Span(NamedTuple):
    """How many posts are under a key, and the first and last time (microseconds since 1970)."""

    posts: int
    first: int
    last: int


class Owner(NamedTuple):
    """An actor that owned a contact, under which node, and from when on (microseconds since 1970)."""

    node: str
    actor: str
    begins: int


class Kept:
    """What connecting saw and yielded, to be asked and changed by key. Change it inside a transaction only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.joins = KeptJoins(database)
        self.wordings = KeptWordings(database)

    # In which state it is --------------------------------------------------------------------------------------------
    def state(self) -> str | None:
        """Under which settings everything was connected; None when it must be connected anew."""
        row = self._one("SELECT value FROM meta WHERE name = ?", _STATE)
        return None if row is None else str(row[0])

    def judged(self) -> str | None:
        """The judgements under which everything was connected, as `set_state` was told."""
        row = self._one("SELECT value FROM meta WHERE name = ?", _JUDGED)
        return None if row is None else str(row[0])

    def edition(self) -> str | None:
        """Another word each time that something was connected; None when nothing ever was."""
        row = self._one("SELECT value FROM meta WHERE name = ?", _EDITION)
        return None if row is None else str(row[0])

    def set_state(self, state: str, judged: str) -> None:
        """Say under which settings and judgements everything is connected now; nothing is left to be connected."""
        told = [(_STATE, state), (_JUDGED, judged), (_EDITION, token_hex(8))]
        self._database.executemany("REPLACE INTO meta VALUES (?, ?)", told)
        self._database.execute("DELETE FROM unconnected")

    def unconnected(self) -> list[str]:
        """The ids of posts that are new, changed or read again since."""
        return [row[0] for row in self._database.execute("SELECT post_id FROM unconnected ORDER BY post_id")]

    def replace_all(self, connections: Connections) -> None:
        """Keep these connections instead of all that were kept."""
        save(self._database, connections)

    # Observations ----------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Forget all observations; until `finish` everything is kept without the large indexes, which is quicker."""
        for table in ("observations", "touches", "namesakes"):
            self._database.execute(f"DELETE FROM {table}")
        self.joins.forget()
        self.wordings.forget()
        for index in _INDEXES:
            self._database.execute(f"DROP INDEX IF EXISTS {index}")
        self._database.execute(f"PRAGMA cache_size = -{_BUILDING_KB}")

    def finish(self) -> None:
        """Everything was kept."""
        for index, columns in _INDEXES.items():
            self._database.execute(f"CREATE INDEX {index} ON {columns}")
        self._database.execute(f"PRAGMA cache_size = -{CACHE_KB}")

    def count(self) -> int:
        """How many observations there are."""
        return int(self._database.execute("SELECT count(*) FROM observations").fetchone()[0])

    def last(self) -> str | None:
        """The observation that was captured last."""
        row = self._one("SELECT record FROM observations ORDER BY number DESC LIMIT 1")
        return None if row is None else str(row[0])

    def observation(self, post_id: str) -> tuple[int, str | None, str] | None:
        """The number, the text's shape and the record of a post's observation, if there is one."""
        row = self._one("SELECT number, shape, record FROM observations WHERE post_id = ?", post_id)
        return None if row is None else (row[0], row[1], row[2])

    def add(
        self, post_id: str, shape: str | None, record: str, keys: Iterable[int], at: int, number: int | None
    ) -> None:
        """Keep an observation under its keys; without a number as the last one."""
        number = self._database.execute(
            "INSERT INTO observations VALUES (?, ?, ?, ?)", (number, post_id, shape, record)
        ).lastrowid
        self._database.executemany("INSERT INTO touches VALUES (?, ?, ?)", [(key, number, at) for key in keys])

    def remove(self, number: int, keys: Iterable[int]) -> None:
        """Forget an observation."""
        self._database.execute("DELETE FROM observations WHERE number = ?", (number,))
        self._database.executemany("DELETE FROM touches WHERE key = ? AND number = ?", [(key, number) for key in keys])

    def numbers(self, key: int, most: int | None = None) -> list[int]:
        """The numbers of the first observations under a key."""
        query = "SELECT number FROM touches WHERE key = ? ORDER BY number LIMIT ?"
        return [row[0] for row in self._database.execute(query, (key, -1 if most is None else most))]

    def records(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        """The records of observations by their numbers, in no order."""
        for part, marks in _parts(numbers):
            query = f"SELECT number, record FROM observations WHERE number IN ({marks})"
            yield from ((row[0], row[1]) for row in self._database.execute(query, part))

    def span(self, key: int) -> Span:
        """How many posts are under a key, and from when to when."""
        return Span(
            *self._database.execute("SELECT count(*), min(at), max(at) FROM touches WHERE key = ?", (key,)).fetchone()
        )

    def namesakes(self, key: str) -> list[str]:
        """The contacts with a name key, in order."""
        query = "SELECT contact FROM namesakes WHERE key = ? ORDER BY contact"
        return [row[0] for row in self._database.execute(query, (key,))]

    def add_namesakes(self, rows: Iterable[tuple[str, str]]) -> None:
        """Let contacts be found under name keys."""
        self._database.executemany("INSERT OR IGNORE INTO namesakes VALUES (?, ?)", rows)

    def remove_namesake(self, contact: str, keys: Iterable[str]) -> None:
        """A contact that no job offer gives any more."""
        rows = [(key, contact) for key in keys]
        self._database.executemany("DELETE FROM namesakes WHERE key = ? AND contact = ?", rows)

    # What it yielded -------------------------------------------------------------------------------------------------
    def get(self, table: str, identity: str) -> Any:
        """One record, or None."""
        return next(iter(_load(self._database, table, "WHERE id = ?", (identity,))), None)

    def each(self, table: str, identities: Sequence[str]) -> Iterator[Any]:
        """The records with these ids, in no order."""
        for part, marks in _parts(identities):
            yield from _load(self._database, table, f"WHERE id IN ({marks})", part)

    def put(self, records: Iterable[Record]) -> None:
        """Keep records, instead of those with their ids."""
        put(self._database, records)

    def drop(self, table: str, identities: Iterable[str]) -> None:
        """Forget records."""
        self._database.executemany(f"DELETE FROM {table} WHERE id = ?", [(identity,) for identity in identities])

    def actors_of(self, contact: str) -> list[str]:
        """The ids of the actors that a contact belongs to or belonged to, in order."""
        query = "SELECT DISTINCT actor FROM belongs WHERE contact = ? ORDER BY actor"
        return [row[0] for row in self._database.execute(query, (contact,))]

    def owners(self, contact: str) -> list[Owner]:
        """Who owned a contact, one after the other."""
        query = "SELECT node, actor, begins FROM belongs WHERE contact = ? ORDER BY begins, node"
        return [Owner(*row) for row in self._database.execute(query, (contact,))]

    def set_nodes(self, nodes: Iterable[tuple[str, str, str, int]]) -> None:
        """Say whose nodes are: the node, its contact, the actor, and when it begins (microseconds since 1970)."""
        self._database.executemany("REPLACE INTO belongs (node, contact, actor, begins) VALUES (?, ?, ?, ?)", nodes)

    def unset_nodes(self, actor: str) -> None:
        """Take all nodes from an actor."""
        self._database.execute("DELETE FROM belongs WHERE actor = ?", (actor,))

    def linked(self, prefix: str, identity: str, kinds: Iterable[LinkKind], most: int = -1) -> dict[str, float]:
        """The nodes (of one sort) that are linked to a node by these kinds, at most so many, each with the link's confidence."""
        wanted = [kind.value for kind in kinds]
        marks = ", ".join("?" * len(wanted))
        query = (
            "SELECT from_id, confidence FROM links WHERE to_id = ? AND from_id >= ? AND from_id < ? "
            f"AND kind IN ({marks}) ORDER BY from_id, kind LIMIT ?"
        )
        within = f"{prefix}:", f"{prefix};"  # the sign after the colon
        return {row[0]: row[1] for row in self._database.execute(query, (identity, *within, *wanted, most))}

    def posted_for(self, account: str, most: int) -> dict[str, float]:
        """The actors whose contacts an account posts, at most so many, each with the surest link's confidence."""
        query = (
            "SELECT actor, confidence FROM links JOIN belongs ON contact = to_id "
            "WHERE from_id = ? AND kind = ? ORDER BY to_id, node"
        )
        found: dict[str, float] = {}
        for actor, confidence in self._database.execute(query, (account, LinkKind.POSTED.value)):
            found[actor] = max(confidence, found.get(actor, 0.0))
            if len(found) == most:
                break
        return found

    def links_from(self, identity: str) -> list[Link]:
        """The links that lead from a node."""
        return list(_load(self._database, "links", "WHERE from_id = ?", (identity,)))

    def leads_to(self, identity: str, kinds: Iterable[LinkKind] = tuple(LinkKind)) -> list[str]:
        """The nodes that links of these kinds lead to from a node."""
        wanted = [kind.value for kind in kinds]
        query = f"SELECT to_id FROM links WHERE from_id = ? AND kind IN ({', '.join('?' * len(wanted))})"
        return [row[0] for row in self._database.execute(query, (identity, *wanted))]

    def ends_from(self, identities: Sequence[str]) -> Iterator[tuple[str, str]]:
        """From where to where the links lead that lead from these nodes."""
        for part, marks in _parts(identities):
            query = f"SELECT from_id, to_id FROM links WHERE from_id IN ({marks})"
            yield from map(tuple, self._database.execute(query, part))

    def degree(self, identity: str) -> int:
        """How many different nodes a node is linked with."""
        query = "SELECT count(*) FROM (SELECT to_id FROM links WHERE from_id = ?1 UNION SELECT from_id FROM links WHERE to_id = ?1)"
        return int(self._database.execute(query, (identity,)).fetchone()[0])

    def between(self, one: str, other: str) -> int:
        """How many links there are between two nodes, in either direction."""
        query = "SELECT count(*) FROM links WHERE (from_id = ?1 AND to_id = ?2) OR (from_id = ?2 AND to_id = ?1)"
        return int(self._database.execute(query, (one, other)).fetchone()[0])

    def _one(self, query: str, *arguments: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._database.execute(query, arguments).fetchone()
        return row
