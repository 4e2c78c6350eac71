"""What a crawl tells while it runs: one event a line, as JSON, from the process that crawls to the one that shows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from casefile.records import CrawlOutcome

Kind = Literal["begun", "progress", "problem", "ended"]
BEING_CRAWLED = "it is being crawled already, by another command"
"""How the crawl of a source ends that another process is crawling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlEvent:
    """How far the crawl of one source is; `message` says what went wrong, or how it ended."""

    source: str
    kind: Kind
    pages: int = 0
    posts: int = 0
    problems: int = 0
    gone: int = 0
    outcome: CrawlOutcome | None = None
    message: str = ""
    alarm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """How the crawl of one source ended; `detail` says why it was not finished, `alarm` what was unlike usual."""

    source: str
    outcome: CrawlOutcome
    pages: int = 0
    posts: int = 0
    problems: int = 0
    gone: int = 0
    detail: str = ""
    alarm: str = ""


def to_line(event: CrawlEvent) -> str:
    """An event as one line of JSON."""
    return json.dumps(
        {key: value for key, value in asdict(event).items() if value not in (None, "")}, ensure_ascii=False
    )


def from_line(line: str) -> CrawlEvent | None:
    """An event out of one line; None for a line that is none (a library that talks to stdout)."""
    try:
        told = json.loads(line)
        return CrawlEvent(**{**told, "outcome": CrawlOutcome(told["outcome"]) if "outcome" in told else None})
    except (ValueError, TypeError, KeyError):
        return None
