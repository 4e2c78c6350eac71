"""How something is known again after it was forgotten: by digests of its keys, which say nothing to who does not know it."""

from __future__ import annotations

from casefile.identity import short_hash
from casefile.records import Post


def mark(key: str) -> str:
    """The digest of a key: `post:ID`, `author:SOURCE/NAME`, `profile:URL` or `contact:ENTITY`."""
    return short_hash("forgotten", key)


def keys_of(post: Post) -> list[str]:
    """The keys under which a post may have been forgotten, as far as they are known before it is read."""
    keys = [f"post:{post.id}"]
    keys += [f"author:{post.source}/{post.author}"] if post.author else []
    return keys + ([f"profile:{post.author_url}"] if post.author_url else [])
