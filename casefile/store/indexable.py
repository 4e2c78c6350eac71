"""What an index is given of a case: posts and records by their ids, with what else is known of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casefile.records import Actor, Capture, Crawl, Entity, Post, PostHistory, Reading
from casefile.store import connected, rows
from casefile.store.connected import Record

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexablePost:
    """A post with all that an index holds of it; `tokens` as in the full-text index, `ties` as `{"actor": [ids]}`."""

    post: Post
    history: PostHistory
    reading: Reading | None
    read_now: bool
    tokens: str
    capture: Capture | None
    captures: int
    ties: Mapping[str, list[str]] = field(default_factory=dict)


class Indexable:
    """Look-ups by id, a few hundred at once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def posts(self, ids: Iterable[str]) -> Iterator[IndexablePost]:
        """These posts, as far as there are any, read or not."""
        found = list(self._rows(_POSTS, ids))
        known = [row["id"] for row in found]
        mentions = self._grouped(
            "SELECT * FROM mentions WHERE post_id IN ({}) ORDER BY start, end, label, value", known
        )
        captures = {
            row["id"]: row for row in self._rows(_CAPTURES, [row["capture"] for row in found if row["capture"]])
        }
        ties = self._ties(known)
        for row in found:
            capture = captures.get(row["capture"])
            read = tuple(map(rows.mention_of, mentions.get(row["id"], ())))
            yield IndexablePost(
                post=rows.post_of(row),
                history=rows.history_of(row),
                reading=rows.reading_of(row, read) if row["post_id"] else None,
                read_now=bool(row["read_now"]),
                tokens=row["tokens"] or "",
                capture=rows.capture_of(capture) if capture else None,
                captures=row["captures"],
                ties=ties.get(row["id"], {}),
            )

    def sizes(self, posts: Iterable[str]) -> dict[str, int]:
        """How long the texts of these posts are (code points)."""
        return {row[0]: row[1] for row in self._rows("SELECT id, length(text) FROM posts WHERE id IN ({})", posts)}

    def records(self, table: str, ids: Iterable[str]) -> dict[str, tuple[Record, str]]:
        """These records of a table, as far as there are any, and as they are stored."""
        found = self._rows(f"SELECT id, record FROM {table} WHERE id IN ({{}})", ids)
        return {row["id"]: (connected.read_record(table, row["record"]), row["record"]) for row in found}

    def nodes(self, ids: Iterable[str]) -> dict[str, Entity | Actor]:
        """The entities and actors of these ids."""
        wanted = list(ids)
        found: dict[str, Entity | Actor] = {}
        for table in ("entities", "actors"):
            for identity, (record, _) in self.records(table, wanted).items():
                assert isinstance(record, Entity | Actor)
                found[identity] = record
        return found

    def owners(self, contacts: Iterable[str]) -> dict[str, list[str]]:
        """The actors that contacts belong to."""
        grouped = self._grouped(
            "SELECT DISTINCT contact, actor FROM belongs WHERE contact IN ({}) ORDER BY actor", contacts
        )
        return {contact: [row["actor"] for row in found] for contact, found in grouped.items()}

    def links_at(self, ids: Iterable[str]) -> set[str]:
        """The ids of the links that begin or end at one of these."""
        wanted = list(ids)
        queries = ("SELECT id FROM links WHERE from_id IN ({})", "SELECT id FROM links WHERE to_id IN ({})")
        return {row["id"] for query in queries for row in self._rows(query, wanted)}

    def ended_crawls(self, ids: Iterable[str]) -> list[Crawl]:
        """Those of these crawls that will not change any more."""
        return [rows.crawl_of(row) for row in self._rows(f"SELECT * FROM crawls c WHERE id IN ({{}}) AND {ENDED}", ids)]

    def counts(self) -> dict[str, int]:
        """How many of each kind an index of the case holds."""
        tables = {
            table: f"SELECT count(*) FROM {table}" for table in (*connected.TABLE_OF.values(), "posts", "mentions")
        }
        tables["crawls"] = f"SELECT count(*) FROM crawls c WHERE {ENDED}"
        return {name: int(self._database.execute(query).fetchone()[0]) for name, query in tables.items()}

    def _ties(self, posts: list[str]) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for row in self._rows("SELECT * FROM post_ties WHERE post_id IN ({}) ORDER BY kind, id", posts):
            found.setdefault(row["post_id"], {}).setdefault(row["kind"], []).append(row["id"])
        return found

    def _grouped(self, query: str, ids: Iterable[str]) -> dict[str, list[sqlite3.Row]]:
        found: dict[str, list[sqlite3.Row]] = {}
        for row in self._rows(query, ids):
            found.setdefault(row[0], []).append(row)
        return found

    def _rows(self, query: str, ids: Iterable[str]) -> Iterator[sqlite3.Row]:
        wanted = list(ids)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            yield from self._database.execute(query.format(", ".join("?" * len(part))), part)


# One that never told its end was killed: known as soon as another one of its source has begun.
ENDED = (
    "(c.ended_at IS NOT NULL OR EXISTS (SELECT 1 FROM crawls n WHERE n.source = c.source AND n.begun_at > c.begun_at))"
)
_POSTS = (
    f"SELECT p.*, w.tokens, {rows.READING_COLUMNS}, r.post_sha256 = p.sha256 AS read_now, "
    "(SELECT count(*) FROM captures c WHERE c.post_id = p.id) AS captures, "
    "(SELECT c.id FROM captures c WHERE c.post_id = p.id ORDER BY c.captured_at DESC, c.id DESC LIMIT 1) AS capture "
    "FROM posts p LEFT JOIN words w ON w.rowid = p.number LEFT JOIN readings r ON r.post_id = p.id WHERE p.id IN ({})"
)
_CAPTURES = "SELECT * FROM captures WHERE id IN ({})"
