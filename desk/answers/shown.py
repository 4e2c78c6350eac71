"""How small things are shown in every answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desk import terminal

POSTS_SHOWN = 5
"""How many posts an answer names before it only counts them."""


def short_ids(ids: Iterable[str]) -> str:
    """The first few post ids, shortened, and how many more there are."""
    shown = list(ids)
    return ", ".join(i[:12] for i in shown[:3]) + (f" +{len(shown) - 3}" if len(shown) > 3 else "")


def say_facts(facts: dict[str, Any]) -> None:
    """One line a fact; empty ones are left out."""
    for name, value in facts.items():
        if value not in (None, ""):
            terminal.say(f"  {name:12} {value}")


def day(at: Any) -> str:
    """A time as a day."""
    return f"{at:%Y-%m-%d}" if at else "–"
