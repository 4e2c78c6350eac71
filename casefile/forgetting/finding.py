"""Where posts lie in the evidence: the spans of the manifest that hold them, or the page or file that they were read from."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from casefile.chain import Entry, HashChain
from casefile.errors import EvidenceError
from casefile.evidence.reading import record_body, warc_path
from casefile.evidence.tombstones import FORGOTTEN_URI
from casefile.progress import Progress, no_progress

Place = tuple[str, int]
"""A WARC file and the offset where a span, or a record, begins."""
_BLOCK = 1 << 20


@dataclass(slots=True)
class Lying:
    """What holds the posts: manifest entries by the places of their spans, crawls that saw them, and whom else it touches."""

    spans: dict[Place, Entry] = field(default_factory=dict)
    crawls: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    pages: int = 0
    files: list[str] = field(default_factory=list)


def find_lying(
    manifest: HashChain, evidence: Path, posts: frozenset[str], signs: Sequence[str], progress: Progress = no_progress
) -> Lying:
    """Everything in the evidence that holds these posts, or one of the signs in a page or file of which no post was kept.

    Two passes over the manifest; reads each record of posts once, and, where there are signs, every page and file once.
    """
    lying, records = Lying(), set[Place]()
    total = 2 * manifest.head().seq
    for done, entry in enumerate(manifest.entries(), 1):
        if entry["type"] == "gone" and not posts.isdisjoint(entry["posts"]):
            lying.crawls.add(entry["crawl"])
        held = _posts_in(evidence, entry)
        if not held.isdisjoint(posts):
            lying.spans[_place(entry["span"])] = entry
            lying.others |= held.difference(posts)
            lying.crawls.update([entry["crawl"]] if "crawl" in entry else [])
            records.update(_place(entry[name]) for name in ("body", "proof") if name in entry)
        progress(done, total)
    pattern = _pattern(signs)
    for done, entry in enumerate(manifest.entries(), total // 2):
        place = _place(entry["span"]) if entry["type"] in ("page", "file") else None
        if place and (place in records or (pattern and _holds(evidence, entry, pattern))):
            lying.spans.setdefault(place, entry)
            lying.others |= _posts_in(evidence, entry).difference(posts)
        progress(done, total)
    lying.pages = sum(entry["type"] == "page" for entry in lying.spans.values())
    lying.files = [str(entry["name"]) for entry in lying.spans.values() if entry["type"] == "file"]
    return lying


def posts_beside(manifest: HashChain, evidence: Path, posts: Collection[str]) -> set[str]:
    """These posts, and all that were read from a page or file with one of them."""
    beside, wanted = set(posts), set(posts)
    for entry in manifest.entries():
        held = _posts_in(evidence, entry)
        if not held.isdisjoint(wanted):
            beside |= held
    return beside


def _place(where: dict[str, Any]) -> Place:
    return str(where["file"]), int(where["offset"])


def _posts_in(evidence: Path, entry: Entry) -> set[str]:
    """The ids of all posts that an entry kept, saw again, or left out since they had been forgotten."""
    if "posts" not in entry or "span" not in entry:
        return set()
    path = warc_path(evidence, entry["span"]["file"])
    try:
        told = json.loads(record_body(path, entry["posts"]))
        return {post["id"] for post in told["posts"]} | set(told["seen"]) | set(entry.get("withheld", ()))
    except (ValueError, KeyError, TypeError) as error:
        raise EvidenceError(
            f"{path.name}: the record at byte {entry['posts']} does not hold posts",
            "Run `jejak verify` to see what is damaged; restore the file from a backup.",
        ) from error


def _pattern(signs: Sequence[str]) -> re.Pattern[bytes] | None:
    """Any of the signs, as UTF-8 or as JSON writes it, not as the beginning of a longer one (…/jobs/1 of …/jobs/11)."""
    forms = {form for sign in signs for form in (sign.encode("utf-8"), json.dumps(sign)[1:-1].encode("ascii"))}
    joined = b"|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rb"(?<![\w+])(?:" + joined + rb")(?![\w%/-])") if forms else None


def _holds(evidence: Path, entry: Entry, pattern: re.Pattern[bytes]) -> bool:
    """Whether a page (answer, rendered page) or a file of a span has one of the signs in it."""
    span = entry["span"]
    with warc_path(evidence, span["file"]).open("rb") as file:
        file.seek(span["offset"])
        records: Any = ArchiveIterator(file)
        for record in records:
            if records.offset >= span["offset"] + span["length"]:
                return False
            if record.rec_type in ("response", "resource"):
                if record.rec_headers.get_header("WARC-Target-URI") == FORGOTTEN_URI:
                    continue
                if any(pattern.search(block) for block in _blocks(record.raw_stream)):
                    return True
    return False


def _blocks(stream: Any) -> Iterator[bytes]:
    """The bytes of a stream in blocks, each with the end of the one before: a sign that a block cuts is found too."""
    before = b""
    while block := stream.read(_BLOCK):
        yield before + block
        before = block[-1000:]
