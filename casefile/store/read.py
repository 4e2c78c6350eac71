"""Readings and mentions in the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from casefile.identity import entity_id
from casefile.records import Mention, Reading, ReadPost
from casefile.store import rows

_UNREAD = (
    "FROM posts p LEFT JOIN readings r ON r.post_id = p.id "
    "WHERE (r.post_id IS NULL OR r.version != ?1 OR r.post_sha256 != p.sha256)"
)
_AT_ONCE = 500


def unread(database: sqlite3.Connection, version: str) -> Iterator[sqlite3.Row]:
    """Rows of `posts` that this version has not read as they are now, ordered by id."""
    after = ""
    while True:
        # In slices: what is saved between two slices must not disturb a running query.
        query = f"SELECT p.* {_UNREAD} AND p.id > ?2 ORDER BY p.id LIMIT {_AT_ONCE}"
        found = database.execute(query, (version, after)).fetchall()
        if not found:
            return
        yield from found
        after = found[-1]["id"]


def count_unread(database: sqlite3.Connection, version: str) -> int:
    """How many posts `unread` gives."""
    return int(database.execute(f"SELECT count(*) {_UNREAD}", (version,)).fetchone()[0])


def save(database: sqlite3.Connection, readings: Sequence[Reading], version: str) -> None:
    """Replace the readings of these posts; to be called inside a transaction."""
    for reading in readings:
        database.execute("DELETE FROM mentions WHERE post_id = ?", (reading.post_id,))
        # What could not be read before was read now.
        database.execute("DELETE FROM problems WHERE stage = 'read' AND post_id = ?", (reading.post_id,))
        database.execute(
            "REPLACE INTO readings SELECT id, ?, sha256, ?, ?, ?, ?, ?, ?, ? FROM posts WHERE id = ?",
            (version, reading.lang, reading.kind.value, reading.kind_confidence, reading.suspect,
             json.dumps(reading.reasons, ensure_ascii=False), " ".join(reading.languages),
             _numbers(reading.corrections), reading.post_id),
        )  # fmt: skip
        database.executemany(
            "REPLACE INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_mention_row(reading.post_id, mention) for mention in reading.mentions],
        )


def expect(database: sqlite3.Connection, corrections: Mapping[str, Sequence[int]]) -> None:
    """Let posts be unread whose reading was not made with just these corrections; to be called inside a transaction."""
    carried = dict(database.execute("SELECT post_id, corrections FROM readings WHERE corrections != ''").fetchall())
    expected = {post: _numbers(numbers) for post, numbers in corrections.items()}
    differing = [(post,) for post in {*carried, *expected} if carried.get(post, "") != expected.get(post, "")]
    database.executemany("UPDATE readings SET version = '' WHERE post_id = ?", sorted(differing))


def _numbers(corrections: Sequence[int]) -> str:
    return " ".join(map(str, corrections))


def _mention_row(post_id: str, mention: Mention) -> tuple[object, ...]:
    attributes = json.dumps(dict(mention.attributes), ensure_ascii=False, sort_keys=True)
    return (
        post_id, mention.start, mention.end, mention.label.value, mention.surface, mention.value, mention.confidence,
        mention.extractor, attributes, entity_id(mention),
    )  # fmt: skip


def read_posts(database: sqlite3.Connection, where: str, arguments: Sequence[str]) -> Iterator[ReadPost]:
    """Posts with their readings, ordered by id; `where` may use `p` for posts."""
    mentions = database.execute(
        f"SELECT m.* FROM mentions m JOIN posts p ON p.id = m.post_id {where} ORDER BY m.post_id, m.start, m.end, m.label, m.value",
        arguments,
    )
    posts = database.execute(
        f"SELECT p.*, {rows.READING_COLUMNS} "
        # What was read in an older version of the text would mark the wrong words.
        f"FROM posts p JOIN readings r ON r.post_id = p.id AND r.post_sha256 = p.sha256 {where} ORDER BY p.id",
        arguments,
    )
    row = mentions.fetchone()
    for post_row in posts:
        found: list[Mention] = []
        while row is not None and row["post_id"] < post_row["id"]:
            row = mentions.fetchone()
        while row is not None and row["post_id"] == post_row["id"]:
            found.append(rows.mention_of(row))
            row = mentions.fetchone()
        history = rows.history_of(post_row)
        yield ReadPost(
            post=rows.post_of(post_row),
            reading=rows.reading_of(post_row, tuple(found)),
            first_seen=history.first_seen,
            last_seen=history.last_seen,
            gone_at=history.gone_at,
        )
