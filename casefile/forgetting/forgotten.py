"""What was forgotten in a case: when, by whom, why, and how much, as the manifest says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from casefile.chain import Entry


@dataclass(frozen=True, slots=True)
class Forgotten:
    """One forgetting; `spans` is how many places of the evidence it replaced, `line` the manifest's."""

    line: int
    at: datetime
    by: str
    because: str
    cause: str
    posts: int
    spans: int


def read_forgotten(entries: Iterable[Entry]) -> Iterator[Forgotten]:
    """Every forgetting among the manifest's entries; lines that say something else of that name are left to `verify`."""
    for entry in entries:
        if entry.get("type") == "forgotten":
            with suppress(KeyError, TypeError, ValueError):
                yield Forgotten(
                    line=int(entry["seq"]),
                    at=datetime.fromisoformat(entry["at"]),
                    by=str(entry["by"]),
                    because=str(entry["because"]),
                    cause=str(entry["cause"]),
                    posts=len(entry["posts"]),
                    spans=len(entry["replaced"]),
                )
