"""The doors of the database: what the other rooms may ask and save."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from casefile.chain import BEGINNING, Entry, HashChain, Head
from casefile.errors import EvidenceError, NotFound
from casefile.evidence.posts_json import storable_entry
from casefile.evidence.reading import NO_POSTS, PostsRead, posts_of, record_body, warc_path
from casefile.progress import Progress, no_progress
from casefile.records import (
    Capture,
    Connections,
    Crawl,
    FileEvidence,
    KnownPage,
    Post,
    PostHistory,
    Problem,
    Reading,
    ReadPost,
    Scalar,
)
from casefile.store import collected, connected, forgotten, read, rows
from casefile.store.database import open_database, to_text, transaction, translated

_IDS_A_QUERY = 500


class Store:
    """One case's database. Reading doors return records; iterators stream."""

    def __init__(self, path: Path, evidence: Path, manifest: HashChain) -> None:
        self.path = path
        self._evidence, self._manifest = evidence, manifest
        self.database = open_database(path)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # Keeping up with the evidence ------------------------------------------------------------------------------------
    @contextmanager
    def writing(self) -> Iterator[None]:
        """One durable transaction; other writers of this case wait."""
        with transaction(self.database, self.path):
            yield

    def is_behind(self) -> bool:
        """Whether the manifest counts more than the database knows (after a crash, or when it is new)."""
        return collected.applied(self.database).seq < self._manifest.head().seq

    def catch_up(self, progress: Progress = no_progress) -> None:
        """Put into the database what the manifest counts and it lacks; call inside `writing()`."""
        applied = collected.applied(self.database)
        head = self._manifest.head()
        if applied == head:
            return
        if applied.seq >= head.seq:
            raise EvidenceError(
                f"{self._manifest.path.name}: ends at line {head.seq}, but line {applied.seq} was kept once: lines were cut off or changed",
                "Run `jejak verify`; put the manifest back from a backup before anything else is collected.",
            )
        for entry in self._manifest.entries(after=applied):
            self.apply(entry, self._posts_of(entry))
            progress(int(entry["seq"]), head.seq)

    def apply(self, entry: Entry, posts: PostsRead) -> None:
        """Put one manifest entry with its posts into the database; call inside `writing()`."""
        collected.apply(self.database, entry, posts)

    def manifest_head(self) -> Head:
        """The last manifest line that the database knows."""
        return collected.applied(self.database)

    def journal_head(self) -> Head:
        """The last journal line that the database was told of: a witness against lines cut off its end."""
        kept = dict(self.database.execute("SELECT name, value FROM meta WHERE name LIKE 'journal!_%' ESCAPE '!'"))
        return Head(int(kept["journal_seq"]), kept["journal_sha256"]) if kept else BEGINNING

    def remember_journal(self, head: Head) -> None:
        """Bear witness of how far the journal went."""
        with self.writing():
            if head.seq <= self.journal_head().seq:
                return  # another process went further
            values = [("journal_seq", str(head.seq)), ("journal_sha256", head.sha256)]
            self.database.executemany("REPLACE INTO meta VALUES (?, ?)", values)

    def known_hashes(self, post_ids: Sequence[str]) -> dict[str, str]:
        """The content hash of each of these posts that is known and not gone."""
        found: dict[str, str] = {}
        for part in _parts(list(post_ids)):
            found.update(collected.known_hashes(self.database, part))
        return found

    def is_forgotten(self, marks: Collection[str]) -> set[str]:
        """Those of the marks (see `casefile.forgetting`) that something was forgotten under."""
        return forgotten.known_marks(self.database, marks)

    def purge(self) -> None:
        """Write the database anew if bytes of what was forgotten may still lie in it; later, while others are at work."""
        if forgotten.must_purge(self.database):
            with translated(self.path):
                forgotten.purge(self.database)

    def counted_bytes(self) -> dict[str, int]:
        """How many bytes of each WARC file the manifest counts."""
        return {row[0]: row[1] for row in self.database.execute("SELECT file, counted FROM warcs ORDER BY file")}

    # Posts and their evidence ----------------------------------------------------------------------------------------
    def post(self, post_id: str) -> Post:
        """The post; raises NotFound."""
        return rows.post_of(self._post_row(post_id))

    def find_post(self, words: str) -> Post:
        """The post of that id, beginning of an id (8 letters or more), or native id; raises NotFound."""
        query = "SELECT * FROM posts WHERE id = ?1 OR native_id = ?1 ORDER BY id LIMIT 2"
        found = self.database.execute(query, (words,)).fetchall()
        if not found and len(words) >= 8:
            query = "SELECT * FROM posts WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 2"
            found = self.database.execute(query, (words,)).fetchall()
        if not found:
            raise NotFound(f"There is no post “{words}” in this case.", "Find posts with `jejak search CASE WORDS`.")
        if len(found) > 1:
            raise NotFound(
                f"More than one post is called “{words}”.", f"Give the whole id, for example {found[0]['id']}."
            )
        return rows.post_of(found[0])

    def posts(self, source: str | None = None) -> Iterator[Post]:
        """All posts (of a source), ordered by id."""
        if source is None:
            found = self.database.execute("SELECT * FROM posts ORDER BY id")
        else:
            found = self.database.execute("SELECT * FROM posts WHERE source = ? ORDER BY id", (source,))
        return map(rows.post_of, found)

    def native_ids(self) -> dict[str, str]:
        """The native id of each post that has one which no other post has, by the post's id."""
        query = (
            "SELECT min(id), native_id FROM posts WHERE native_id IS NOT NULL GROUP BY native_id HAVING count(*) = 1"
        )
        return {row[0]: row[1] for row in self.database.execute(query)}

    def captures(self, post_id: str) -> tuple[Capture, ...]:
        """The captures of a post, the earliest first."""
        query = "SELECT * FROM captures WHERE post_id = ? ORDER BY captured_at, id"
        return tuple(map(rows.capture_of, self.database.execute(query, (post_id,))))

    def records_of_posts(self) -> Iterator[tuple[str, int, str]]:
        """Of each capture the WARC file and the offset of the record that proves it, and its post; in no order."""
        return map(tuple, self.database.execute("SELECT warc_file, warc_offset, post_id FROM captures"))

    def changed_posts(self) -> list[str]:
        """The ids of the posts of which more than one version was captured; those that changed last come first."""
        query = (
            "SELECT post_id FROM captures GROUP BY post_id HAVING count(DISTINCT post_sha256) > 1 "
            "ORDER BY max(captured_at) DESC, post_id"
        )
        return [row[0] for row in self.database.execute(query)]

    def gone_posts(self) -> list[str]:
        """The ids of the posts that were found to be gone, the latest first."""
        query = "SELECT id FROM posts WHERE gone_at IS NOT NULL ORDER BY gone_at DESC, id"
        return [row[0] for row in self.database.execute(query)]

    def posts_first_seen(self, since: datetime, until: datetime) -> list[str]:
        """The ids of the posts that were seen for the first time from `since` on and before `until`, in order."""
        query = "SELECT id FROM posts WHERE first_seen >= ? AND first_seen < ? ORDER BY id"
        return [row[0] for row in self.database.execute(query, (to_text(since), to_text(until)))]

    def posts_gone(self, since: datetime, until: datetime) -> list[str]:
        """The ids of the posts that were found to be gone from `since` on and before `until`, in order."""
        query = "SELECT id FROM posts WHERE gone_at >= ? AND gone_at < ? ORDER BY id"
        return [row[0] for row in self.database.execute(query, (to_text(since), to_text(until)))]

    def history(self, post_id: str) -> PostHistory:
        """When a post was seen; raises NotFound."""
        return rows.history_of(self._post_row(post_id))

    def histories(self, source: str) -> Iterator[PostHistory]:
        """When each post of a source was seen, ordered by id."""
        return map(
            rows.history_of, self.database.execute("SELECT * FROM posts WHERE source = ? ORDER BY id", (source,))
        )

    def known_page(self, source: str, url: str) -> KnownPage | None:
        """The page as it was last kept, if it was."""
        row = self.database.execute("SELECT * FROM pages WHERE source = ? AND url = ?", (source, url)).fetchone()
        return rows.page_of(row) if row else None

    def page_body(self, page: KnownPage) -> bytes:
        """The body of a kept page, from the evidence."""
        return record_body(warc_path(self._evidence, page.warc_file), page.warc_offset)

    def given_file(self, source: str, sha256: str) -> FileEvidence | None:
        """A file that was given before, if it was."""
        row = self.database.execute("SELECT * FROM files WHERE source = ? AND sha256 = ?", (source, sha256)).fetchone()
        return rows.file_of(row) if row else None

    def crawls(self, source: str | None = None) -> tuple[Crawl, ...]:
        """The crawls (of a source), the latest first."""
        query = "SELECT * FROM crawls WHERE ?1 IS NULL OR source = ?1 ORDER BY begun_at DESC, id"
        return tuple(map(rows.crawl_of, self.database.execute(query, (source,))))

    # Problems --------------------------------------------------------------------------------------------------------
    def add_problem(self, problem: Problem) -> None:
        """Set something aside that could not be read or connected (collecting uses the Keeper's door)."""
        with self.writing():
            collected.insert_problem(self.database, storable_entry({**asdict(problem), "at": to_text(problem.at)}))

    def problems(self) -> tuple[Problem, ...]:
        """What was set aside, the latest first."""
        return tuple(map(rows.problem_of, self.database.execute("SELECT * FROM problems ORDER BY at DESC, id")))

    # Readings --------------------------------------------------------------------------------------------------------
    def unread_posts(self, version: str) -> Iterator[Post]:
        """Posts never read, changed since, or read by another version; ordered by id. Safe to save in between."""
        return map(rows.post_of, read.unread(self.database, version))

    def count_unread(self, version: str) -> int:
        """How many posts `unread_posts` will give."""
        return read.count_unread(self.database, version)

    def expect_corrections(self, corrections: Mapping[str, Sequence[int]]) -> None:
        """Let posts be unread again whose reading was not made with just these corrections, by post their numbers."""
        with self.writing():
            read.expect(self.database, corrections)

    def save_readings(self, readings: Sequence[Reading], version: str) -> None:
        """Keep what was read, instead of what was read in these posts before."""
        with self.writing():
            read.save(self.database, readings, version)

    def reading(self, post_id: str) -> Reading | None:
        """What was read in a post, if it was."""
        found = next(iter(self.read_posts([post_id])), None)
        return found.reading if found else None

    def read_posts(self, post_ids: Collection[str] | None = None) -> Iterator[ReadPost]:
        """Posts with their readings, ordered by id (all, or those asked for); unread ones are left out."""
        if post_ids is None:
            yield from read.read_posts(self.database, "", [])
            return
        for part in _parts(sorted(set(post_ids))):
            yield from read.read_posts(self.database, f"WHERE p.id IN ({', '.join('?' * len(part))})", part)

    def suspects(self) -> dict[str, float]:
        """How suspect each post that was read is (0 to 1), by its id."""
        return {row[0]: row[1] for row in self.database.execute("SELECT post_id, suspect FROM readings")}

    def posts_naming(self, entity_id: str) -> list[str]:
        """The ids of the read posts that name an entity, in order."""
        query = "SELECT DISTINCT post_id FROM mentions WHERE entity_id = ? ORDER BY post_id"
        return [row[0] for row in self.database.execute(query, (entity_id,))]

    def kinds(self) -> dict[str, int]:
        """How many posts were read as each kind, the most first; those that were not read count as `unread`."""
        read = dict(
            self.database.execute("SELECT kind, count(*) FROM readings GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
        )
        posts: int = self.database.execute("SELECT count(*) FROM posts").fetchone()[0]
        unread = posts - sum(read.values())
        return {**read, **({"unread": unread} if unread else {})}

    def place_attributes(self, entity_id: str) -> dict[str, Scalar]:
        """What reading knows of a place (name, country, kind, coordinates); nothing where no post names it."""
        query = "SELECT attributes FROM mentions WHERE entity_id = ? LIMIT 1"
        found = self.database.execute(query, (entity_id,)).fetchone()
        return dict(json.loads(found[0])) if found else {}

    # Connections -----------------------------------------------------------------------------------------------------
    def connections(self) -> Connections:
        """What connecting yielded last; empty before the first time."""
        with translated(self.path):
            return connected.load(self.database)

    def counts(self) -> dict[str, int]:
        """How many there are of everything."""
        tables = (
            "posts",
            "captures",
            "readings",
            "mentions",
            "entities",
            "actors",
            "links",
            "networks",
            "crawls",
            "problems",
        )
        return {name: int(self.database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in tables}

    def _posts_of(self, entry: Entry) -> PostsRead:
        if "posts" not in entry or "span" not in entry:
            return NO_POSTS
        return posts_of(warc_path(self._evidence, entry["span"]["file"]), entry["posts"])

    def _post_row(self, post_id: str) -> sqlite3.Row:
        row: sqlite3.Row | None = self.database.execute("SELECT * FROM posts WHERE id = ?", (post_id,)).fetchone()
        if row is None:
            raise NotFound(f"There is no post “{post_id}” in this case.", "Find posts with `jejak search CASE WORDS`.")
        return row


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _IDS_A_QUERY):
        yield ids[start : start + _IDS_A_QUERY]
