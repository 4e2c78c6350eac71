"""The model of config/suspect.yml: which findings weigh how much, and the lists that findings go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from casefile.errors import Mistake, SettingsError
from pipeline.tables import read_lists


@dataclass(frozen=True, slots=True)
class Weight:
    """What a finding adds, and the words that tell it to the investigator (`{places}`: what it is about)."""

    points: float
    why: str
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """One sum of points: where it starts, and what each finding adds."""

    start: float
    findings: Mapping[str, Weight]


@dataclass(frozen=True, slots=True)
class SuspectModel:
    """All of config/suspect.yml."""

    offers: Scale
    reports: Scale
    most_of_reports: float
    habits_together: int
    habits: frozenset[str]
    hub_countries: frozenset[str]
    hub_kinds: frozenset[str]
    hub_towns: frozenset[str]
    chat_platforms: frozenset[str]
    free_mail: frozenset[str]
    short_links: frozenset[str]
    chat_links: frozenset[str]


_LISTS = (
    "habits",
    "hub_countries",
    "hub_kinds",
    "hub_towns",
    "chat_platforms",
    "free_mail",
    "short_links",
    "chat_links",
)


@cache
def read_model() -> SuspectModel:
    """The model as it stands in config/suspect.yml; SettingsError where something is missing or no number."""
    content = read_lists("suspect")
    try:
        return SuspectModel(
            offers=_scale(content["offers"]),
            reports=_scale(content["reports"]),
            most_of_reports=float(content["most_of_reports"]),
            habits_together=int(content["habits_together"]),
            **{name: frozenset(str(content[name]).split()) for name in _LISTS},
        )
    except (KeyError, ValueError, TypeError) as error:
        expected = 'points and why, like: hub_place: {points: 1.1, why: "sends to {places}"}'
        mistake = Mistake("config/suspect.yml", "findings", repr(error), expected, "the file as it came with Jejak")
        raise SettingsError([mistake]) from error


def _scale(content: Mapping[str, Any]) -> Scale:
    weights = {
        str(name): Weight(sign * float(told["points"]), str(told["why"]), sign > 0)
        for side, sign in (("for", 1.0), ("against", -1.0))
        for name, told in content[side].items()
    }
    return Scale(float(content["start"]), weights)
