"""What an index elsewhere does not hold as it is here: marked by triggers, settled, sent, and ticked off.

A row stands for one thing that may differ. It is removed only when the index said that it has it, and only if it was not
marked again meanwhile; so nothing is lost, whoever dies and whenever.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

RECORDS = ("entities", "actors", "networks", "campaigns", "links")
KINDS = (*RECORDS, "posts", "crawls", "alerts")
TIED = {"actors": "actor", "networks": "network", "campaigns": "campaign"}
"""What posts belong to: table, and word."""
_STATE = "indexed_as"
_AT_ONCE = 500


class Waiting(NamedTuple):
    """One thing that the index may not hold as it is: `was` as in the table."""

    kind: str
    id: str
    was: str | None
    due: bool
    marks: int


@dataclass(frozen=True, slots=True)
class Refused:
    """One thing that could not be sent, and why."""

    kind: str
    id: str
    reason: str


class Unindexed:
    """The marks of one case. Change them inside a transaction only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    # The state of the index, as last told ----------------------------------------------------------------------------
    def state(self) -> dict[str, Any]:
        """What was kept of the index; empty when there was none."""
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (_STATE,)).fetchone()
        return dict(json.loads(row[0])) if row and self._is_watching() else {}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Keep what the next time must know."""
        self._database.execute("REPLACE INTO meta VALUES (?, ?)", (_STATE, json.dumps(state, sort_keys=True)))

    # Watching --------------------------------------------------------------------------------------------------------
    def watch_all(self) -> None:
        """Watch from now on, and mark everything as not indexed at all."""
        self.forget()
        for trigger in _triggers():
            self._database.execute(trigger)
        for kind in (*RECORDS, "posts", "crawls"):
            self._database.execute(f"INSERT INTO unindexed (kind, id, due) SELECT '{kind}', id, 1 FROM {kind}")

    def forget(self) -> None:
        """Watch no longer; there is no index."""
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'index!_%' ESCAPE '!'"
        for row in self._database.execute(names).fetchall():
            self._database.execute(f"DROP TRIGGER {row[0]}")
        for table in ("unindexed", "post_ties"):
            self._database.execute(f"DELETE FROM {table}")
        self._database.execute("DELETE FROM meta WHERE name = ?", (_STATE,))

    def _is_watching(self) -> bool:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'index!_%' ESCAPE '!'"
        return int(self._database.execute(query).fetchone()[0]) == len(_triggers())

    # Marks -----------------------------------------------------------------------------------------------------------
    def mark(self, kind: str, ids: Iterable[str]) -> None:
        """These must be sent, whatever they were."""
        was = "(SELECT count(*) FROM mentions WHERE post_id = ?2)" if kind == "posts" else "NULL"
        self._database.executemany(
            f"INSERT INTO unindexed (kind, id, was, due) VALUES (?1, ?2, {was}, 1) "
            "ON CONFLICT DO UPDATE SET due = 1, marks = marks + 1",
            ((kind, identity) for identity in ids),
        )

    def count(self, kinds: Collection[str] = KINDS) -> int:
        """How many things wait, of some kinds."""
        query = f"SELECT count(*) FROM unindexed WHERE kind IN ({', '.join('?' * len(kinds))})"
        return int(self._database.execute(query, tuple(kinds)).fetchone()[0])

    def waiting(self, kind: str, after: str = "", most: int = _AT_ONCE) -> list[Waiting]:
        """What waits of one kind, ordered by id; those after an id."""
        query = "SELECT kind, id, was, due, marks FROM unindexed WHERE kind = ? AND id > ? ORDER BY id LIMIT ?"
        return [Waiting(*row) for row in self._database.execute(query, (kind, after, most))]

    def refused(self) -> Iterator[Refused]:
        """What could not be sent, by kind and id."""
        query = "SELECT kind, id, reason FROM unindexed WHERE reason != '' ORDER BY kind, id"
        return (Refused(*row) for row in self._database.execute(query))

    def expect(self, rows: Iterable[tuple[Waiting, str | None]]) -> None:
        """Say, before they are sent, what the index may hold of these afterwards."""
        self._database.executemany(
            "UPDATE unindexed SET was = ?, due = 1 WHERE kind = ? AND id = ?",
            ((was, waiting.kind, waiting.id) for waiting, was in rows),
        )

    def tick_off(self, sent: Sequence[tuple[Waiting, str | None]]) -> None:
        """The index has these as they were when they were read; what was marked again since stays, as changed from that."""
        keys = [(waiting.kind, waiting.id, waiting.marks) for waiting, _ in sent]
        self._database.executemany("DELETE FROM unindexed WHERE kind = ? AND id = ? AND marks = ?", keys)
        self._database.executemany(
            "UPDATE unindexed SET was = ? WHERE kind = ? AND id = ?",
            ((was, waiting.kind, waiting.id) for waiting, was in sent),
        )

    def refuse(self, refused: Iterable[Refused]) -> None:
        """These could not be sent; they stay."""
        self._database.executemany(
            "UPDATE unindexed SET reason = ? WHERE kind = ? AND id = ?", ((r.reason, r.kind, r.id) for r in refused)
        )

    # What posts belong to --------------------------------------------------------------------------------------------
    def tie(self, kind: str, identity: str, posts: Iterable[str]) -> None:
        """These posts belong to that actor, network or campaign now."""
        rows = ((post, TIED[kind], identity) for post in posts)
        self._database.executemany("INSERT OR IGNORE INTO post_ties VALUES (?, ?, ?)", rows)

    def untie(self, kind: str, identity: str, posts: Iterable[str]) -> None:
        """These posts no longer do."""
        rows = ((post, TIED[kind], identity) for post in posts)
        self._database.executemany("DELETE FROM post_ties WHERE post_id = ? AND kind = ? AND id = ?", rows)


def _triggers() -> list[str]:
    """What marks. In triggers, no INSERT OR IGNORE: SQLite lets the outer statement's REPLACE overrule it."""
    return [
        *(_trigger(table, event, table, _WAS_RECORD, "id") for table in RECORDS for event in _EVENTS),
        *(_trigger("posts", event, "posts", _WAS_MENTIONS, "id") for event in ("AFTER INSERT", "BEFORE DELETE")),
        _trigger("posts", "AFTER UPDATE OF sha256, last_seen, gone_at, views", "posts", _WAS_MENTIONS, "id"),
        *(_trigger("readings", event, "posts", _WAS_MENTIONS, "post_id") for event in _EVENTS),
        # Before the first one goes, so that the number of those that the index holds is known.
        _trigger("mentions", "BEFORE DELETE", "posts", _WAS_MENTIONS, "post_id"),
        _trigger("crawls", "AFTER UPDATE OF ended_at", "crawls", "NULL", "id"),
        _trigger("crawls", "BEFORE DELETE", "crawls", "NULL", "id"),
        _trigger("crawls", "AFTER INSERT", "crawls", "NULL", "id"),
    ]


_EVENTS = ("BEFORE INSERT", "BEFORE DELETE")
_WAS_RECORD = "(SELECT record FROM {table} WHERE id = {id})"
_WAS_MENTIONS = "(SELECT count(*) FROM mentions WHERE post_id = {id})"


def _trigger(table: str, event: str, kind: str, was: str, column: str) -> str:
    identity = f"{'old' if 'DELETE' in event else 'new'}.{column}"
    is_known = f"kind = '{kind}' AND id = {identity}"
    return (
        f"CREATE TRIGGER index_{table}_{event.split()[1].lower()} {event} ON {table} BEGIN "
        f"UPDATE unindexed SET marks = marks + 1 WHERE {is_known}; "
        f"INSERT INTO unindexed (kind, id, was) SELECT '{kind}', {identity}, {was.format(table=table, id=identity)} "
        f"WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE {is_known}); END"
    )
