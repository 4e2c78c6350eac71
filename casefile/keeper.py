"""Keeping what was collected: first as evidence on the disk, then in the database; nothing counts before it is kept.

One commit writes, in this order: the WARC records (fsync), the manifest lines that count them (fsync), the database.
A crash in between loses only what was never counted: bytes that no manifest line counts are set aside, and a
database that is behind the manifest catches up from the evidence.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from casefile.chain import Entry, HashChain
from casefile.errors import ImportRefused, JejakError
from casefile.evidence.exchange import Exchange
from casefile.evidence.posts_json import storable, storable_entry, storable_text, to_json
from casefile.evidence.reading import NO_POSTS, PostsRead
from casefile.evidence.warc import WarcFile, Written
from casefile.forgetting.marks import keys_of, mark
from casefile.identity import post_sha256, sha256_hex, short_hash
from casefile.records import CrawlOutcome, FileEvidence, KnownPage, Post, Problem
from casefile.store.database import to_text
from casefile.store.store import Store

_COMMIT_EVERY_ENTRIES = 64
_COMMIT_EVERY_SECONDS = 0.5
_VALIDATORS = {"etag": "ETag", "last_modified": "Last-Modified"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many of the posts given were new (or had been gone), changed, or known as they are."""

    new: int
    changed: int
    known: int


class Keeper:
    """The only way to put something into a case; one a process, used as a context manager."""

    def __init__(self, evidence: Path, locks: Path, manifest: HashChain, store: Store, software: str) -> None:
        self._evidence, self._locks, self._software = evidence, locks, software
        self._manifest, self._store = manifest, store
        self._warc: WarcFile | None = None
        self._waiting: list[tuple[Entry, PostsRead]] = []
        self._hashes: dict[str, str] = {}
        self._since = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.commit()
        finally:
            if self._warc is not None:
                self._warc.close()

    # Crawls -----------------------------------------------------------------------------------------------------------
    def begin_crawl(self, source: str, *, way_out: str = "") -> str:
        """Start a crawl of a source; returns its id. `way_out` is how the site is reached: direct, tor, socks5, http."""
        now = datetime.now(UTC)
        crawl = short_hash("crawl", source, now.isoformat(), secrets.token_hex(8))
        entry = {"type": "crawl-begun", "crawl": crawl, "source": source, "at": to_text(now)}
        self._add(entry | ({"way_out": way_out} if way_out else {}))
        self.commit()
        return crawl

    def end_crawl(
        self,
        crawl: str,
        outcome: CrawlOutcome,
        detail: str = "",
        *,
        posts_dated: int | None = None,
        text_length: int | None = None,
        alarm: str = "",
        clock_ahead: float | None = None,
    ) -> None:
        """Say how a crawl ended and what it saw; what it kept is kept however it ended.

        `clock_ahead` is how many seconds this machine's clock was ahead of those of the sites.
        """
        entry = {"type": "crawl-ended", "crawl": crawl, "outcome": outcome.value, "detail": detail, "at": _now()}
        figures: Entry = {"posts_dated": posts_dated, "text_length": text_length, "alarm": alarm or None}
        figures["clock_ahead"] = clock_ahead
        self._add({**entry, **{name: value for name, value in figures.items() if value is not None}})
        self.commit()

    def keep_page(
        self,
        source: str,
        crawl: str,
        exchange: Exchange,
        posts: Sequence[Post],
        *,
        dom: bytes | None = None,
        screenshot: bytes | None = None,
    ) -> None:
        """Keep an answer of a site with the posts read from it; `dom` is the page as a browser rendered it (HTML).

        Of a page with a post that was forgotten only the other posts are kept: its own words would bring it back.
        """
        posts, withheld = self._without_forgotten(posts)
        if withheld:
            exchange, dom, screenshot = replace(exchange, body=b""), None, None
        known = self._store.known_page(source, storable_text(exchange.url))
        warc = self._open_warc()
        try:
            body, records = _write_answer(warc, exchange, None if withheld else known)
            proof = body
            if dom is not None:
                written = _write_part(warc, exchange, "rendered", "text/html; charset=utf-8", dom)
                proof = _place(warc.name, written, sha256_hex(dom))
                records += [written]
            if screenshot is not None:
                records += [_write_part(warc, exchange, "screenshot", "image/png", screenshot)]
            entry = {
                "type": "page",
                "source": source,
                "crawl": crawl,
                "url": exchange.url,
                "status": exchange.status,
                "at": to_text(exchange.at),
                "body": body,
                "proof": proof,
                **{key: value for key, name in _VALIDATORS.items() if (value := exchange.header(name))},
                **({"withheld": withheld} if withheld else {}),
            }
            self._keep_posts(warc, entry, exchange.url, exchange.at, posts, records[0])
        except BaseException:
            warc.drop_group()
            raise

    def mark_gone(self, source: str, crawl: str, post_ids: Sequence[str]) -> None:
        """Say that these posts are no longer where they were; the pages that show it were kept before."""
        if post_ids:
            self._add({"type": "gone", "source": source, "crawl": crawl, "posts": list(post_ids), "at": _now()})

    # Files that were given ----------------------------------------------------------------------------------------------
    def keep_file(self, source: str, path: Path) -> FileEvidence:
        """Stream a file into the evidence; a file that lies there already is not stored twice."""
        digest, size = _digest_of(path)
        found = self._store.given_file(source, digest)
        if found is not None:
            return found
        warc, at = self._open_warc(), datetime.now(UTC)
        try:
            with path.open("rb") as stream:
                written = warc.write_resource(f"urn:jejak:file:{digest}", "application/octet-stream", stream, size, at)
            span = warc.end_group()
        except BaseException as error:
            warc.drop_group()
            if isinstance(error, OSError):
                raise ImportRefused(f"{path}: cannot be read ({error.strerror})", "Check the file.") from error
            raise
        proof = _place(warc.name, written, digest)
        name = storable_text(path.name)
        entry = {"type": "file", "source": source, "name": name, "size": size, "at": to_text(at)}
        self._add({**entry, "proof": proof, "span": asdict(span)})
        self.commit()
        return FileEvidence(
            source=source, name=name, size=size, sha256=digest, warc_file=warc.name,
            warc_offset=written.offset, record_id=written.record_id, at=at,
        )  # fmt: skip

    def keep_file_posts(self, file: FileEvidence, posts: Sequence[Post]) -> Kept:
        """Keep posts that were read from a given file; posts may name sources of their own."""
        posts, withheld = self._without_forgotten(posts)
        if withheld:
            self._tell_withheld(file, withheld)
        warc, at = self._open_warc(), datetime.now(UTC)
        proof = {
            "file": file.warc_file,
            "offset": file.warc_offset,
            "record_id": file.record_id,
            "payload_sha256": file.sha256,
        }
        uri = f"urn:jejak:file:{file.sha256}"
        entry = {
            "type": "file-posts",
            "source": file.source,
            "url": uri,
            "status": 200,
            "at": to_text(at),
            "proof": proof,
            **({"withheld": withheld} if withheld else {}),
        }
        try:
            return self._keep_posts(warc, entry, uri, at, posts, Written(file.record_id, file.warc_offset))
        except BaseException:
            warc.drop_group()
            raise

    def _without_forgotten(self, posts: Sequence[Post]) -> tuple[Sequence[Post], list[str]]:
        """The posts that may be kept, and the ids of those that were forgotten on request."""
        marks = {post.id: {mark(key) for key in keys_of(post)} for post in posts}
        known = self._store.is_forgotten({one for of_post in marks.values() for one in of_post})
        withheld = [post.id for post in posts if not known.isdisjoint(marks[post.id])] if known else []
        return [post for post in posts if post.id not in withheld] if withheld else posts, withheld

    def _tell_withheld(self, file: FileEvidence, withheld: Sequence[str]) -> None:
        """A file lies in the evidence as a whole: somebody must decide."""
        self.problem(
            Problem(
                at=datetime.now(UTC),
                stage="forgotten",
                item=file.name,
                reason=f"holds posts that were forgotten on request (for example {withheld[0]}); they were left out, "
                "but the file itself lies in the evidence",
                remedy=f"`jejak forget CASE {withheld[0]} --because …` takes the file out.",
                source=file.source,
            )
        )

    def end_file(self, file: FileEvidence) -> None:
        """Say that all posts of a given file are kept: importing it again is then a matter of a moment."""
        self._add({"type": "file-done", "source": file.source, "payload_sha256": file.sha256, "at": _now()})
        self.commit()

    def problem(self, problem: Problem) -> None:
        """Set something aside that could not be used, where `jejak stats` shows it."""
        entry = {k: v for k, v in asdict(problem).items() if v is not None}
        self._add({**entry, "type": "problem", "at": to_text(problem.at)})

    # ------------------------------------------------------------------------------------------------------------------
    def commit(self) -> None:
        """Bring everything kept so far onto the disk and into the database."""
        if not self._waiting:
            return
        if self._warc is not None:
            self._warc.sync()
        with self._store.writing():
            # All writers of a case pass here one after the other, so manifest and database have one order.
            self._store.catch_up()
            # Let go before they are counted: what an interrupt leaves in doubt must not be counted twice.
            waiting, self._waiting = self._waiting, []
            try:
                entries = self._manifest.append([entry for entry, _ in waiting])
            except JejakError:
                self._waiting = waiting
                raise
            # Counted from here on: should the database fail now, it catches up from the manifest.
            self._hashes.clear()
            for entry, (_, read) in zip(entries, waiting, strict=True):
                self._store.apply(entry, read)

    def _keep_posts(
        self, warc: WarcFile, entry: Entry, uri: str, at: datetime, posts: Sequence[Post], about: Written
    ) -> Kept:
        """Write the posts' metadata record, in full only those that are new or changed, and end the group."""
        read, kept = self._split([storable(post) for post in posts])
        content = b'{"posts":' + to_json(read.posts) + b',"seen":' + json.dumps(read.seen).encode() + b"}"
        written = warc.write_metadata(uri, content, at, about)
        span = warc.end_group()
        # Known only from here on: a group that failed and was dropped has told nobody anything.
        self._hashes.update(zip((post.id for post in read.posts), read.digests, strict=True))
        self._add({**entry, "posts": written.offset, "span": asdict(span)}, read)
        return kept

    def _split(self, posts: Sequence[Post]) -> tuple[PostsRead, Kept]:
        known = {**self._store.known_hashes([post.id for post in posts]), **self._hashes}
        full, seen, digests = [], [], []
        new = 0
        for post in posts:
            digest = post_sha256(post)
            if known.get(post.id) == digest:
                seen.append(post.id)
            else:
                full.append(post)
                new += post.id not in known
                known[post.id] = digest
                digests.append(digest)
        read = PostsRead(tuple(full), tuple(seen), tuple(digests))
        return read, Kept(new=new, changed=len(full) - new, known=len(seen))

    def _add(self, entry: Entry, read: PostsRead = NO_POSTS) -> None:
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append((storable_entry(entry), read))
        if len(self._waiting) >= _COMMIT_EVERY_ENTRIES or time.monotonic() - self._since > _COMMIT_EVERY_SECONDS:
            self.commit()

    def _open_warc(self) -> WarcFile:
        if self._warc is not None and self._warc.full:
            self.commit()
            self._warc.close()
            self._warc = None
        if self._warc is None:
            self._warc = WarcFile(self._evidence, self._locks, self._software)
            self._add({"type": "warc", "at": _now(), "span": asdict(self._warc.header)})
        return self._warc


def _write_answer(warc: WarcFile, exchange: Exchange, known: KnownPage | None) -> tuple[Entry, list[Written]]:
    """Write request and answer; returns where the page's body lies (here, or where it was kept before)."""
    digest = sha256_hex(exchange.body)
    if known is not None and (exchange.status == 304 or (known.payload_sha256 == digest and exchange.status == 200)):
        written = warc.write_revisit(exchange, known.payload_sha256, known.seen_at)
        place = {
            "file": known.warc_file,
            "offset": known.warc_offset,
            "record_id": known.record_id,
            "payload_sha256": known.payload_sha256,
        }
        return place, [written]
    written = warc.write_exchange(exchange)
    return _place(warc.name, written, digest), [written]


def _write_part(warc: WarcFile, exchange: Exchange, part: str, content_type: str, content: bytes) -> Written:
    uri = f"urn:jejak:{part}:{exchange.url}"
    return warc.write_resource(uri, content_type, BytesIO(content), len(content), exchange.at)


def _place(file: str, written: Written, digest: str) -> Entry:
    return {"file": file, "offset": written.offset, "record_id": written.record_id, "payload_sha256": digest}


def _digest_of(path: Path) -> tuple[str, int]:
    digest, size = sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise ImportRefused(
            f"{path}: cannot be read ({error.strerror})", "Check the file's name and permissions."
        ) from error
    return digest.hexdigest(), size


def _now() -> str:
    return to_text(datetime.now(UTC))
