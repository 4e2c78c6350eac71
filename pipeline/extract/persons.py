"""Persons (PERSON)."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.records import Mention
from pipeline.hints import Hints
from pipeline.plain import Plain


def persons(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every person."""
    return iter(())
