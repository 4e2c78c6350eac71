"""Posts as the JSON that evidence keeps, and back; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from casefile.records import Post

_UNSTORABLE = dict.fromkeys((0, *range(55296, 57344)), "�")


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
    """The post with lone surrogates and NUL replaced, one character by one, so that offsets stay."""
    changes: dict[str, Any] = {}
    for field in fields(post):
        value = getattr(post, field.name)
        if isinstance(value, str) and not _is_storable(value):
            changes[field.name] = value.translate(_UNSTORABLE)
    if any(not _is_storable(part) for media in post.media for part in (media.url or "", media.name or "")):
        clean = [
            replace(m, url=m.url and m.url.translate(_UNSTORABLE), name=m.name and m.name.translate(_UNSTORABLE))
            for m in post.media
        ]
        changes["media"] = tuple(clean)
    return replace(post, **changes) if changes else post


def _is_storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text
