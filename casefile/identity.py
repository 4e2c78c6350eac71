"""How records get their identities: from raw values, so that a better cleaner does not rename the world."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from casefile.records import Label, LinkKind, Mention, Post

_PREFIX = {
    Label.PHONE: "phone:",
    Label.HANDLE: "",  # a handle's value already names its platform
    Label.EMAIL: "email:",
    Label.URL: "url:",
    Label.WALLET: "wallet:",
    Label.ORG: "org:",
    Label.LOC: "place:",
    Label.PERSON: "person:",
    Label.INDICATOR: "indicator:",
}


_SIGNS_IN_NAMES = str.maketrans(dict.fromkeys(".,;:'\"’“”()（）", " "))


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data`, in 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def short_hash(*parts: str) -> str:
    """32 hexadecimal digits (128 bits) of the SHA-256 over the parts, joined by a line feed."""
    return sha256_hex("\n".join(parts).encode("utf-8", "surrogatepass"))[:32]


def post_id(source: str, permalink_or_native_id: str) -> str:
    """The identity of a post: its source and its permalink (or the id its platform gave it)."""
    return short_hash("post", source, permalink_or_native_id)


def capture_id(source: str, permalink_or_native_id: str, at: datetime, payload_sha256: str) -> str:
    """The identity of one observation of one post."""
    return short_hash("capture", source, permalink_or_native_id, at.isoformat(), payload_sha256)


def link_id(from_id: str, kind: LinkKind, to_id: str) -> str:
    """The identity of an edge."""
    return short_hash("link", from_id, kind.value, to_id)


def entity_id(mention: Mention) -> str | None:
    """`label:value` of what a mention names; None for pay, which names nothing."""
    prefix = _PREFIX.get(mention.label)
    if prefix is None:
        return None
    value = mention.value
    if mention.label in (Label.ORG, Label.PERSON):
        # "PT. Mekar" and "PT MEKAR," are one name.
        value = " ".join(unicodedata.normalize("NFKC", value).casefold().translate(_SIGNS_IN_NAMES).split())
    return prefix + value


# Numbers that grow by themselves are no edit.
_POST_FIELDS = [field.name for field in fields(Post) if field.name != "views"]


def post_sha256(post: Post) -> str:
    """The SHA-256 of what an author can change in a post: two captures differ when this differs."""
    content: dict[str, Any] = {name: getattr(post, name) for name in _POST_FIELDS}
    content["media"] = [asdict(media) for media in post.media]
    return sha256_hex(json.dumps(content, default=str, sort_keys=True, ensure_ascii=True).encode())
