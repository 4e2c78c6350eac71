"""What was asked and answered, out of the WARC files of a small case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """A request's headers and the answer's body."""

    url: str
    asked: tuple[tuple[str, str], ...]
    body: bytes


def kept_exchanges(evidence: Path) -> Iterator[KeptExchange]:
    """Every answer with its request, in the order in which they were kept."""
    for path in sorted(evidence.glob("*.warc.gz")):
        with path.open("rb") as file:
            answer: tuple[str, bytes] | None = None
            record: Any
            for record in ArchiveIterator(file):
                url = record.rec_headers.get_header("WARC-Target-URI")
                if record.rec_type == "response":
                    answer = (url, record.content_stream().read())
                elif record.rec_type == "request" and answer is not None and answer[0] == url:
                    yield KeptExchange(url, tuple(record.http_headers.headers), answer[1])
                    answer = None
