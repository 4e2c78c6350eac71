"""The versions of posts, as the evidence holds them: what was edited, and when it was seen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from casefile.case import Case
from casefile.evidence.reading import posts_of, warc_path
from casefile.identity import post_sha256
from casefile.records import Capture, Post


@dataclass(frozen=True, slots=True)
class Version:
    """A post as one capture shows it."""

    post: Post
    capture: Capture


def versions(case: Case, post_ids: Collection[str]) -> dict[str, list[Version]]:
    """Every version of these posts, the earliest first, out of the evidence: one pass over the manifest."""
    captures = {post_id: case.store.captures(post_id) for post_id in post_ids}
    wanted = {(c.record_id, c.captured_at, c.post_sha256): c for held in captures.values() for c in held}
    found: dict[str, dict[str, Version]] = {post_id: {} for post_id in post_ids}
    for record_id, at, posts in _kept_posts(case, {capture.record_id for capture in wanted.values()}):
        for post in posts:
            capture = wanted.get((record_id, at, post_sha256(post)))
            if capture is not None and capture.post_id == post.id:
                found[post.id][capture.id] = Version(post, capture)
    return {
        post_id: [found[post_id][capture.id] for capture in held if capture.id in found[post_id]]
        for post_id, held in captures.items()
    }


def _kept_posts(case: Case, record_ids: set[str]) -> Iterator[tuple[str, datetime, tuple[Post, ...]]]:
    """The posts in full that were kept with one of these records, with the record and its time."""
    for entry in case.manifest.entries():
        proof = entry.get("proof")
        if not proof or "posts" not in entry or proof["record_id"] not in record_ids:
            continue
        posts = posts_of(warc_path(case.evidence_folder, entry["span"]["file"]), entry["posts"]).posts
        yield proof["record_id"], datetime.fromisoformat(entry["at"]), posts
