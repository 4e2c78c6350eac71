"""Cutting a text where something is marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def cut_at(text: str, marks: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The parts of a text, each with whether it is marked; `marks` (start, end) in order, those beyond its end left out."""
    at = 0
    for start, end in marks:
        if start < len(text):
            yield text[at:start], False
            yield text[start:end], True
            at = end
    yield text[at:], False
