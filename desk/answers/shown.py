"""How small things are shown in every answer."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from casefile.settings import CONFIG_FOLDER
from desk import terminal

POSTS_SHOWN = 5
"""How many posts an answer names before it only counts them."""


def short_ids(ids: Iterable[str]) -> str:
    """The first few post ids, shortened, and how many more there are."""
    shown = list(ids)
    return ", ".join(i[:12] for i in shown[:3]) + (f" +{len(shown) - 3}" if len(shown) > 3 else "")


def few(names: Sequence[str], most: int) -> str:
    """The first `most` names, and how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def cut(text: str, letters: int) -> str:
    """A text on one line, shortened to so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= letters else line[: letters - 1] + "…"


def counted(number: int, what: str) -> str:
    """A number with its noun: `1 post`, `1,200 posts`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def say_facts(facts: dict[str, Any]) -> None:
    """One line a fact; empty ones are left out."""
    for name, value in facts.items():
        if value not in (None, ""):
            terminal.say(f"  {name:12} {value}")


def day(at: Any) -> str:
    """A time as a day."""
    return f"{at:%Y-%m-%d}" if at else "–"


@cache
def _countries() -> dict[str, str]:
    with (CONFIG_FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["country"]: row["name"] for row in csv.DictReader(file)}


def place_name(place: str, called: dict[str, str]) -> str:
    """A place by its name and its country's code; a country by its name."""
    country, _, town = place.removeprefix("place:").partition("/")
    return f"{called.get(place, town)}, {country}" if town else _countries().get(country, country)
