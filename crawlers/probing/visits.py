"""One visit to one page, made as every crawl is made (robots.txt, limits, guards), into a case that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML
from warcio.archiveiterator import ArchiveIterator

from casefile.case import Case
from casefile.settings import CaseSettings, NetworkSettings
from crawlers.run import crawl_sources

_NAME = "xx_probe"
_RENDERED = "urn:jejak:rendered:"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    url: str
    status: int
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of a visit: the page (None if none came), robots.txt, the page as a browser drew it, what went wrong."""

    at: datetime
    page: Answer | None = None
    robots: Answer | None = None
    rendered: bytes | None = None
    reason: str = ""
    remedy: str = ""


def visit(
    address: str,
    *,
    contact: str,
    allow: Sequence[str] = (),
    network: NetworkSettings | None = None,
    browser: bool = False,
) -> Visit:
    """Fetch a page once, politely; `browser` draws it as a browser would. What goes wrong is told, never raised."""
    with tempfile.TemporaryDirectory(prefix="jejak-probe-") as folder:
        settings = CaseSettings(
            title="A probe", purpose="To see what a page is", legal_basis="A look at one public page", contact=contact,
            allow_addresses=tuple(allow), network=network or NetworkSettings(),
        )  # fmt: skip
        case = Path(folder) / "case"
        Case.create(case, settings).close()
        write_source(case, _NAME, address, browser=browser)
        at = datetime.now(UTC)
        crawl_sources(case, [_NAME], parallel=1, on_event=lambda event: None)
        return _seen(case, at)


def write_source(case: Path, name: str, address: str, *, browser: bool, proxy: str | None = None) -> None:
    """Put a source into a case that is thrown away: one page, drawn by the browser or not."""
    source = {
        "title": "A probe",
        "country": "xx",
        "why": "one look at one page",
        "url": address,
        "family": "rendered" if browser else "board",
        "gentle": {"delay": 0.5, "max_pages": 1},
        "normal": {"min_posts": 0},
        **({"proxy": proxy} if proxy else {}),
    }
    with (case / "sources" / f"{name}.yml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(source, file)


def _seen(case: Path, at: datetime) -> Visit:
    page: Answer | None = None
    robots: Answer | None = None
    rendered: bytes | None = None
    for uri, answer in _records(case / "evidence"):
        if uri.startswith(_RENDERED):
            rendered = answer.body
        elif urlsplit(uri).path == "/robots.txt":
            robots = answer
        elif answer.status and not 300 <= answer.status < 400:
            page = answer
    with Case.open(case) as opened:
        problem = next(iter(opened.store.problems()), None)
    reason, remedy = (problem.reason, problem.remedy) if problem else ("", "")
    return Visit(at, page, robots, rendered, reason, remedy)


def _records(evidence: Path) -> Iterator[tuple[str, Answer]]:
    """What the evidence of the visit holds, in its order."""
    for path in sorted(evidence.glob("*.warc.gz")):
        with path.open("rb") as file:
            record: Any
            for record in ArchiveIterator(file):
                if record.rec_type not in ("response", "resource"):
                    continue
                uri = record.rec_headers.get_header("WARC-Target-URI")
                headers = record.http_headers
                status = int(headers.get_statuscode()) if headers else 0
                told = (headers.get_header("Content-Type") if headers else None) or ""
                yield uri, Answer(uri, status, record.raw_stream.read(), told)
