"""Rows of the database as records."""

from __future__ import annotations

import json
import sqlite3
from types import MappingProxyType

from casefile.records import (
    NO_ATTRIBUTES,
    Capture,
    Crawl,
    CrawlOutcome,
    FileEvidence,
    KnownPage,
    Label,
    Media,
    Mention,
    Post,
    PostHistory,
    PostKind,
    Precision,
    Problem,
    Reading,
)
from casefile.store.database import optional_time, to_time


def post_of(row: sqlite3.Row) -> Post:
    """A row of `posts`."""
    media = row["media"]
    precision = row["published_precision"]
    return Post(
        id=row["id"],
        source=row["source"],
        native_id=row["native_id"],
        url=row["url"],
        title=row["title"],
        author=row["author"],
        author_url=row["author_url"],
        published=optional_time(row["published"]),
        published_precision=Precision(precision) if precision else None,
        published_words=row["published_words"],
        lang=row["lang"],
        region=row["region"],
        thread=row["thread"],
        reply_to=row["reply_to"],
        forwarded_from=row["forwarded_from"],
        views=row["views"],
        media=tuple(Media(**part) for part in json.loads(media)) if media != "[]" else (),
        text=row["text"],
    )


def history_of(row: sqlite3.Row) -> PostHistory:
    """When the post of a row of `posts` was seen."""
    return PostHistory(
        post_id=row["id"],
        first_seen=to_time(row["first_seen"]),
        last_seen=to_time(row["last_seen"]),
        gone_at=optional_time(row["gone_at"]),
    )


def capture_of(row: sqlite3.Row) -> Capture:
    """A row of `captures`."""
    return Capture(**{**dict(row), "captured_at": to_time(row["captured_at"])})


READING_COLUMNS = (
    "r.post_id, r.lang AS read_lang, r.kind, r.kind_confidence, r.suspect, r.reasons, r.languages, r.corrections"
)
"""What `reading_of` needs of a row, in a query that calls the readings `r`."""


def reading_of(row: sqlite3.Row, mentions: tuple[Mention, ...]) -> Reading:
    """A row of `readings` (its language as `read_lang`) with its mentions."""
    return Reading(
        post_id=row["post_id"],
        lang=row["read_lang"],
        kind=PostKind(row["kind"]),
        kind_confidence=row["kind_confidence"],
        suspect=row["suspect"],
        reasons=tuple(json.loads(row["reasons"])),
        languages=tuple(row["languages"].split()),
        corrections=tuple(map(int, row["corrections"].split())),
        mentions=mentions,
    )


def mention_of(row: sqlite3.Row) -> Mention:
    """A row of `mentions`."""
    attributes = row["attributes"]
    return Mention(
        label=Label(row["label"]),
        start=row["start"],
        end=row["end"],
        surface=row["surface"],
        value=row["value"],
        confidence=row["confidence"],
        extractor=row["extractor"],
        attributes=NO_ATTRIBUTES if attributes == "{}" else MappingProxyType(json.loads(attributes)),
    )


def page_of(row: sqlite3.Row) -> KnownPage:
    """A row of `pages`."""
    return KnownPage(**{**dict(row), "seen_at": to_time(row["seen_at"])})


def file_of(row: sqlite3.Row) -> FileEvidence:
    """A row of `files`."""
    columns = {**dict(row), "at": to_time(row["at"]), "known": bool(row["done"])}
    del columns["done"]
    return FileEvidence(**columns)


def crawl_of(row: sqlite3.Row) -> Crawl:
    """A row of `crawls`."""
    times = {"begun_at": to_time(row["begun_at"]), "ended_at": optional_time(row["ended_at"])}
    return Crawl(**{**dict(row), **times, "outcome": CrawlOutcome(row["outcome"])})


def problem_of(row: sqlite3.Row) -> Problem:
    """A row of `problems`."""
    columns = {**dict(row), "at": to_time(row["at"])}
    del columns["id"], columns["times"]
    return Problem(**columns)
