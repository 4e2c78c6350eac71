"""What was forgotten leaves the database, and is known again when it comes by once more."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import Any

from casefile.chain import Entry

FIGURES = ("posts_seen", "posts_new", "posts_changed", "posts_gone")
"""What a crawl counted: a rebuild cannot count posts that are no longer there, so the manifest says it."""
_OF_POSTS = {
    "captures": "post_id", "mentions": "post_id", "readings": "post_id", "problems": "post_id",
    "unconnected": "post_id", "post_ties": "post_id", "posts": "id",
}  # fmt: skip
_CONNECTED = (
    "entities", "actors", "links", "networks", "campaigns", "observations", "touches", "namesakes", "belongs",
    "verdicts", "hubs", "joined", "wordings", "text_campaigns", "text_marks",
)  # fmt: skip
_PURGE = "purge_due"
_PATIENCE_MS = 2_000


def forget(database: sqlite3.Connection, entry: Entry) -> None:
    """Take the posts of a manifest entry out, and all that was connected: it is connected again without them."""
    for post_id in entry["posts"]:
        row = database.execute("SELECT number FROM posts WHERE id = ?", (post_id,)).fetchone()
        if row is not None:
            database.execute("DELETE FROM words WHERE rowid = ?", (row["number"],))
        for table, column in _OF_POSTS.items():
            database.execute(f"DELETE FROM {table} WHERE {column} = ?", (post_id,))
    # A page that is gone cannot answer "unchanged" any more: it must be asked for anew.
    places = [(one["file"], one["offset"], one["offset"] + one["length"]) for one in entry["replaced"]]
    query = "DELETE FROM pages WHERE warc_file = ? AND warc_offset >= ? AND warc_offset < ?"
    database.executemany(query, places)
    database.executemany(
        f"UPDATE crawls SET {', '.join(f'{name} = ?' for name in FIGURES)} WHERE id = ?",
        [(*figures, crawl) for crawl, figures in entry["crawls"].items()],
    )
    database.executemany(
        "INSERT OR IGNORE INTO forgotten VALUES (?, ?)", [(mark, entry["at"]) for mark in entry["marks"]]
    )
    _disconnect(database)
    database.execute("REPLACE INTO meta VALUES (?, '1')", (_PURGE,))


def _disconnect(database: sqlite3.Connection) -> None:
    there = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in _CONNECTED:
        if table in there:
            database.execute(f"DELETE FROM {table}")
    database.execute("DELETE FROM meta WHERE name IN ('connected_as', 'connected_judged', 'connected_edition')")


def crawl_figures(database: sqlite3.Connection, crawls: Iterable[str]) -> dict[str, list[int]]:
    """What these crawls counted until now."""
    query = f"SELECT {', '.join(FIGURES)} FROM crawls WHERE id = ?"
    return {crawl: list(row) for crawl in sorted(crawls) for row in database.execute(query, (crawl,))}


def known_marks(database: sqlite3.Connection, marks: Collection[str]) -> set[str]:
    """Those of the marks that something was forgotten under."""
    there: Any = database.execute("SELECT EXISTS (SELECT 1 FROM forgotten)").fetchone()[0]
    if not there:
        return set()
    query = "SELECT mark FROM forgotten WHERE mark = ?"
    return {mark for mark in marks if database.execute(query, (mark,)).fetchone()}


def must_purge(database: sqlite3.Connection) -> bool:
    """Whether bytes of what was forgotten may still lie in the file, in places that nothing points to."""
    return database.execute("SELECT 1 FROM meta WHERE name = ?", (_PURGE,)).fetchone() is not None


def purge(database: sqlite3.Connection) -> None:
    """Write the file anew without them; outside a transaction. Takes as long as copying the database.

    While others use the database it is left for the next time.
    """
    waits = database.execute("PRAGMA busy_timeout").fetchone()[0]
    database.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    try:
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.execute("VACUUM")
        database.execute("DELETE FROM meta WHERE name = ?", (_PURGE,))
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname not in ("SQLITE_BUSY", "SQLITE_LOCKED"):
            raise
    finally:
        database.execute(f"PRAGMA busy_timeout = {waits}")
