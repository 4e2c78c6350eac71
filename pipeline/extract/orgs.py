"""Organisations (ORG)."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.records import Mention
from pipeline.hints import Hints
from pipeline.plain import Plain


def orgs(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every organisation."""
    return iter(())
