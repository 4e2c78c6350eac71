"""Posts as the JSON that evidence keeps, and back; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from casefile.records import Media, Post

_UNSTORABLE = dict.fromkeys((0, *range(55296, 57344)), "�")
_LARGEST = 2**63 - 1


@cache
def _adapter() -> TypeAdapter[tuple[Post, ...]]:
    return TypeAdapter(tuple[Post, ...])


def to_json(posts: Sequence[Post]) -> bytes:
    """A JSON array; fields that hold nothing are left out."""
    return _adapter().dump_json(tuple(posts), exclude_defaults=True)


def from_json(data: bytes) -> tuple[Post, ...]:
    """The posts of `to_json`'s array."""
    return _adapter().validate_json(data)


def storable(post: Post) -> Post:
    """The post as a database can hold it.

    Lone surrogates and NUL are replaced, one character by one, so that offsets stay; times are in UTC; a time or a
    number of views that no clock and no counter can show is left out.
    """
    changes = _changed_texts(post)
    if post.published is not None:
        changes["published"] = _utc(post.published)
    if post.views is not None and not 0 <= post.views <= _LARGEST:
        changes["views"] = None
    changes["media"] = tuple(replace(part, **_changed_texts(part)) for part in post.media)
    return replace(post, **changes)


def storable_entry(entry: Any) -> Any:
    """JSON-like data with the texts in it made storable."""
    if isinstance(entry, str):
        return storable_text(entry)
    if isinstance(entry, dict):
        return {storable_text(key): storable_entry(value) for key, value in entry.items()}
    if isinstance(entry, (list, tuple)):
        return [storable_entry(value) for value in entry]
    return entry


def storable_text(text: str) -> str:
    """The text with lone surrogates and NUL replaced, one character by one."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(_UNSTORABLE)
    return text.replace("\0", "�")


def _changed_texts(record: Post | Media) -> dict[str, Any]:
    texts = {field.name: getattr(record, field.name) for field in fields(record)}
    return {k: new for k, v in texts.items() if isinstance(v, str) and (new := storable_text(v)) != v}


def _utc(at: datetime) -> datetime | None:
    """Naive times count as UTC, so that a case comes out the same in every time zone."""
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        return None
