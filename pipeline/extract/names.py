"""Names found in a text before they become mentions: where, how surely, and which of overlapping ones stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_LONGEST = 90  # characters; what is longer is a sentence, not a name


class Name(NamedTuple):
    """A name at its place in folded text; `form` is the legal form that a company carries."""

    start: int
    end: int
    confidence: float
    form: str | None = None


def longest_names(names: Iterable[Name]) -> list[Name]:
    """Of overlapping names the longest; in order."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda found: (found.start, -found.end)):
        if name.end - name.start > _LONGEST:
            continue
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.end - name.start > kept[-1].end - kept[-1].start:
            kept[-1] = name
    return kept
