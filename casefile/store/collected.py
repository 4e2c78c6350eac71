"""What the manifest tells, put into the database: the one way by which posts, captures and crawls get there.

`apply` is used while collecting and again, entry by entry, when the database is made anew from the evidence;
so both come out the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from casefile.chain import BEGINNING, Entry, Head
from casefile.errors import EvidenceError
from casefile.evidence.reading import PostsRead
from casefile.identity import capture_id, post_sha256, short_hash
from casefile.records import Post
from casefile.search.tokens import index_words
from casefile.store.database import to_text, to_time
from casefile.store.forgotten import forget

POST_COLUMNS = (
    "id source native_id url title author author_url published published_precision published_words lang region "
    "thread reply_to forwarded_from views media text sha256 first_seen last_seen last_crawl gone_at"
).split()
_POST_FIELDS = [field.name for field in fields(Post)]
_INSERT_POST = f"INSERT INTO posts ({', '.join(POST_COLUMNS)}) VALUES ({', '.join('?' * len(POST_COLUMNS))})"
_CHANGEABLE = [name for name in POST_COLUMNS if name not in ("id", "source", "first_seen")]
_UPDATE_POST = f"UPDATE posts SET {', '.join(f'{name} = ?' for name in _CHANGEABLE)} WHERE id = ?"


def applied(database: sqlite3.Connection) -> Head:
    """The last manifest line that the database knows."""
    rows = dict(database.execute("SELECT name, value FROM meta WHERE name IN ('manifest_seq', 'manifest_sha256')"))
    return Head(int(rows["manifest_seq"]), rows["manifest_sha256"]) if rows else BEGINNING


def apply(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    """Put one manifest entry into the database; to be called inside a transaction, in the order of the manifest."""
    handler = _HANDLERS.get(entry.get("type", ""))
    if handler is None:
        raise EvidenceError(
            f"manifest.jsonl, line {entry['seq']}: “{entry.get('type')}” is no kind of entry that this program knows",
            "Install the newest version of Jejak; if it stays, run `jejak verify`.",
        )
    try:
        handler(database, entry, posts)
        _count_bytes(database, entry)
    except (KeyError, TypeError, ValueError) as error:
        raise EvidenceError(
            f"manifest.jsonl, line {entry['seq']}: this is no sound “{entry['type']}” entry ({error!r})",
            "Run `jejak verify`; do not trust this case.",
        ) from error
    database.execute("REPLACE INTO meta VALUES ('manifest_seq', ?)", (str(entry["seq"]),))
    database.execute("REPLACE INTO meta VALUES ('manifest_sha256', ?)", (entry["sha256"],))


def _count_bytes(database: sqlite3.Connection, entry: Entry) -> None:
    if "span" in entry:
        span = entry["span"]
        database.execute(
            "INSERT INTO warcs VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET counted = max(counted, excluded.counted)",
            (span["file"], span["offset"] + span["length"]),
        )


def known_hashes(database: sqlite3.Connection, post_ids: list[str]) -> dict[str, str]:
    """The content hash of each of these posts that is known already and not gone."""
    marks = ", ".join("?" * len(post_ids))
    query = f"SELECT id, sha256 FROM posts WHERE gone_at IS NULL AND id IN ({marks})"
    return {row[0]: row[1] for row in database.execute(query, post_ids)}


def _nothing(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    """A new or mended WARC file changes only what is counted."""


def _crawl_begun(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    database.execute(
        "INSERT INTO crawls (id, source, begun_at, outcome) VALUES (?, ?, ?, 'running')",
        (entry["crawl"], entry["source"], entry["at"]),
    )


def _crawl_ended(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    database.execute(
        "UPDATE crawls SET ended_at = ?, outcome = ?, detail = ?, posts_dated = ?, text_length = ?, alarm = ? WHERE id = ?",
        (entry["at"], entry["outcome"], entry["detail"], entry.get("posts_dated"), entry.get("text_length"),
         entry.get("alarm", ""), entry["crawl"]),
    )  # fmt: skip


def _page(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    at, body = entry["at"], entry["body"]
    new, changed = _posts(database, entry, posts)
    database.execute(
        "UPDATE crawls SET pages = pages + 1, posts_new = posts_new + ?, posts_changed = posts_changed + ? WHERE id = ?",
        (new, changed, entry["crawl"]),
    )
    if (200 <= entry["status"] < 300 or entry["status"] == 304) and "withheld" not in entry:
        database.execute(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, url) DO UPDATE SET "
            "etag = coalesce(excluded.etag, etag), last_modified = coalesce(excluded.last_modified, last_modified), "
            "payload_sha256 = excluded.payload_sha256, warc_file = excluded.warc_file, "
            "warc_offset = excluded.warc_offset, record_id = excluded.record_id, seen_at = excluded.seen_at",
            (entry["source"], entry["url"], entry.get("etag"), entry.get("last_modified"), body["payload_sha256"],
             body["file"], body["offset"], body["record_id"], at),
        )  # fmt: skip


def _file(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    proof = entry["proof"]
    database.execute(
        "INSERT OR IGNORE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (proof["payload_sha256"], entry["source"], entry["name"], entry["size"], proof["file"], proof["offset"],
         proof["record_id"], entry["at"]),
    )  # fmt: skip


def _file_posts(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    _posts(database, entry, posts)


def _file_done(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    database.execute(
        "UPDATE files SET done = 1 WHERE source = ? AND sha256 = ?", (entry["source"], entry["payload_sha256"])
    )


def _gone(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    gone = 0
    for post_id in entry["posts"]:
        query = "UPDATE posts SET gone_at = ? WHERE id = ? AND gone_at IS NULL"
        gone += database.execute(query, (entry["at"], post_id)).rowcount
    database.execute("UPDATE crawls SET posts_gone = posts_gone + ? WHERE id = ?", (gone, entry["crawl"]))


def _problem(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    insert_problem(database, entry)


def _forgotten(database: sqlite3.Connection, entry: Entry, posts: PostsRead) -> None:
    forget(database, entry)


def insert_problem(database: sqlite3.Connection, problem: Entry) -> None:
    """Keep a problem; the same one again only counts up."""
    identity = short_hash("problem", problem["stage"], problem["item"], problem["reason"])
    database.execute(
        "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) "
        "ON CONFLICT (id) DO UPDATE SET at = excluded.at, times = times + 1",
        (identity, problem["at"], problem["stage"], problem["item"], problem["reason"], problem["remedy"],
         problem.get("source"), problem.get("post_id")),
    )  # fmt: skip


_HANDLERS: dict[str, Callable[[sqlite3.Connection, Entry, PostsRead], None]] = {
    "warc": _nothing,
    "recovered": _nothing,
    "crawl-begun": _crawl_begun,
    "crawl-ended": _crawl_ended,
    "page": _page,
    "file": _file,
    "file-posts": _file_posts,
    "file-done": _file_done,
    "gone": _gone,
    "problem": _problem,
    "forgotten": _forgotten,
}


def _posts(database: sqlite3.Connection, entry: Entry, read: PostsRead) -> tuple[int, int]:
    """Returns how many posts were new and how many were changed."""
    new = changed = seen = 0
    crawl, at = entry.get("crawl"), entry["at"]
    for post_id in read.seen:
        query = "UPDATE posts SET last_seen = max(last_seen, ?), last_crawl = ?, gone_at = NULL WHERE id = ?"
        seen += _first_in_crawl(database, post_id, crawl)
        database.execute(query, (at, crawl, post_id))
    for post, sha256 in zip(read.posts, read.digests or map(post_sha256, read.posts), strict=True):
        seen += _first_in_crawl(database, post.id, crawl)
        known = database.execute("SELECT number, sha256, last_seen FROM posts WHERE id = ?", (post.id,)).fetchone()
        if known is None:
            new += 1
            _insert_post(database, post, sha256, at, crawl)
        else:
            changed += known["sha256"] != sha256
            _update_post(database, known, post, sha256, at, crawl)
        if known is None or known["sha256"] != sha256:
            _insert_capture(database, entry, post, sha256)
    if seen and crawl:
        database.execute("UPDATE crawls SET posts_seen = posts_seen + ? WHERE id = ?", (seen, crawl))
    return new, changed


def _first_in_crawl(database: sqlite3.Connection, post_id: str, crawl: str | None) -> bool:
    row = database.execute("SELECT last_crawl FROM posts WHERE id = ?", (post_id,)).fetchone()
    return row is None or row[0] != crawl


def _insert_post(database: sqlite3.Connection, post: Post, sha256: str, at: str, crawl: str | None) -> None:
    row = _row(post, sha256, at, crawl)
    number = database.execute(_INSERT_POST, [row[name] for name in POST_COLUMNS]).lastrowid
    database.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (number, index_words(post)))


def _update_post(
    database: sqlite3.Connection, known: sqlite3.Row, post: Post, sha256: str, at: str, crawl: str | None
) -> None:
    row = _row(post, sha256, max(at, known["last_seen"]), crawl)
    database.execute(_UPDATE_POST, [*(row[name] for name in _CHANGEABLE), post.id])
    if known["sha256"] != sha256:
        database.execute("UPDATE words SET tokens = ? WHERE rowid = ?", (index_words(post), known["number"]))


def _row(post: Post, sha256: str, at: str, crawl: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(post, name) for name in _POST_FIELDS}
    row["published"] = to_text(post.published) if post.published else None
    row["media"] = json.dumps([{k: v for k, v in asdict(m).items() if v is not None} for m in post.media])
    return {**row, "sha256": sha256, "first_seen": at, "last_seen": at, "last_crawl": crawl, "gone_at": None}


def _insert_capture(database: sqlite3.Connection, entry: Entry, post: Post, sha256: str) -> None:
    proof = entry["proof"]
    at: datetime = to_time(entry["at"])
    identity = capture_id(post.source, post.id, at, proof["payload_sha256"])
    database.execute(
        "INSERT OR IGNORE INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (identity, post.id, post.source, entry["at"], entry["url"], entry["status"], proof["file"], proof["offset"],
         proof["record_id"], proof["payload_sha256"], sha256),
    )  # fmt: skip
