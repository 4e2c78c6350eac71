"""How long work tells how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int | None], None]
"""Called with what is done so far and, where known, the total."""


def no_progress(done: int, total: int | None) -> None:
    """Tell nobody."""
