"""Reading single records back out of the WARC files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from casefile.errors import EvidenceError, Forgotten
from casefile.evidence.posts_json import from_json
from casefile.evidence.tombstones import FORGOTTEN_URI
from casefile.records import Post


@dataclass(frozen=True, slots=True)
class PostsRead:
    """What a metadata record tells: posts in full, and ids of posts that were seen again unchanged.

    `digests` holds the content hash of each of `posts`, where it is known already.
    """

    posts: tuple[Post, ...]
    seen: tuple[str, ...]
    digests: tuple[str, ...] = ()


NO_POSTS = PostsRead((), ())


def warc_path(evidence: Path, name: object) -> Path:
    """Where a WARC file that the manifest names lies; raises EvidenceError when the name leads elsewhere."""
    if not is_warc_name(name):
        raise EvidenceError(
            f"manifest.jsonl names {name!r}, which is no file of the evidence",
            "Run `jejak verify`; do not trust this case.",
        )
    return evidence / str(name)


def is_warc_name(name: object) -> bool:
    """Whether this can be the name of a WARC file of ours: nothing that leads out of the folder."""
    return isinstance(name, str) and _WARC_NAME.fullmatch(name) is not None


_WARC_NAME = re.compile(r"[\w-]+\.warc\.gz")


def record_body(path: Path, offset: int) -> bytes:
    """The payload of the record at `offset`. Raises EvidenceError when there is none."""
    with record_at(path, offset) as (_, record):
        # As it was given to us, whatever its headers say about encodings.
        body: bytes = record.raw_stream.read()
        return body


def record_headers(path: Path, offset: int) -> list[tuple[str, str]]:
    """The headers of the HTTP answer that the record at `offset` keeps. Raises EvidenceError when there is none."""
    with record_at(path, offset) as (_, record):
        headers: list[tuple[str, str]] = record.http_headers.headers
        return headers


@contextmanager
def record_at(path: Path, offset: int) -> Iterator[tuple[Any, Any]]:
    """The record at `offset`, and the iterator that stands at it. Raises EvidenceError when there is none."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            records = ArchiveIterator(file)
            record = next(iter(records))
            # Any bytes whose first line has a few spaces would pass as a record of the older ARC format.
            if record.format != "warc":
                raise ArchiveLoadFailed("no WARC record begins here")
            if record.rec_headers.get_header("WARC-Target-URI") == FORGOTTEN_URI:
                raise Forgotten(
                    f"{path.name}: what stood at byte {offset} was forgotten",
                    "`jejak verify` says when, by whom and why.",
                )
            yield records, record
    except (OSError, StopIteration, ArchiveLoadFailed, EOFError, ValueError, TypeError, AttributeError) as error:
        raise EvidenceError(
            f"{path.name}: there is no readable record at byte {offset} ({error or type(error).__name__})",
            "Run `jejak verify` to see what is damaged; restore the file from a backup.",
        ) from error


def posts_of(path: Path, offset: int) -> PostsRead:
    """What the metadata record at `offset` tells."""
    body = record_body(path, offset)
    try:
        content = json.loads(body)
        return PostsRead(from_json(json.dumps(content["posts"]).encode()), tuple(content["seen"]))
    except (ValueError, KeyError, TypeError) as error:
        raise EvidenceError(
            f"{path.name}: the record at byte {offset} does not hold posts ({type(error).__name__})",
            "Run `jejak verify` to see what is damaged; restore the file from a backup.",
        ) from error
