"""What a search finds over time, as bars of which each narrows the search down to its days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casefile.search.query import TIME_FIELDS, narrowed, parse_query
from desk.report.timeline import FAR_BACK, named, scale_of, short_name, unit_of

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 900.0, 130.0, 34.0, 22.0, 8.0


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: its days, how many posts, where it stands, and the address of the search for it alone."""

    words: str
    first: date
    last: date
    posts: int
    x: float
    y: float
    tall: float
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OverTime:
    """The bars of a search, in a drawing of `width` by `height`; `after` and `before` are the days that it asks for."""

    steps: tuple[Step, ...]
    room: float
    lines: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    after: str
    before: str
    everything: str
    width: float = _WIDTH
    height: float = _HEIGHT

    @property
    def is_narrowed(self) -> bool:
        """Whether the search asks for a part of the time."""
        return bool(self.after or self.before)


def over_time(days: Mapping[str, int], query: str, address: Callable[[str], str]) -> OverTime | None:
    """The bars of posts by day (ISO 8601) of a query without its time; None where there is nothing to choose from."""
    counted = {date.fromisoformat(day): posts for day, posts in days.items()}
    latest = max(counted, default=date.min)
    counted = {day: posts for day, posts in counted.items() if latest - day <= FAR_BACK}
    if len(counted) < 2:
        return None
    unit, start_of, next_of = unit_of(min(counted), latest)
    bins: dict[date, int] = {}
    at = start_of(min(counted))
    while at <= latest:
        bins[at] = 0
        at = next_of(at)
    for day, posts in counted.items():
        bins[start_of(day)] += posts
    after, before = _asked(query)
    values = scale_of(max(bins.values()))
    floor, room = _HEIGHT - _BOTTOM, (_WIDTH - _LEFT - 4) / len(bins)
    per_post = (floor - _TOP) / values[-1]
    every = -(-len(bins) // 11)
    steps = []
    for number, (first, posts) in enumerate(bins.items()):
        last = next_of(first) - timedelta(days=1)
        steps.append(
            Step(
                words=named(first, unit),
                first=first,
                last=last,
                posts=posts,
                x=round(_LEFT + number * room, 1),
                y=round(floor - posts * per_post, 1),
                tall=round(posts * per_post, 1),
                address=address(between(query, first.isoformat(), last.isoformat())),
                chosen=last.isoformat() >= after and (not before or first.isoformat()[: len(before)] <= before),
            )
        )
    return OverTime(
        steps=tuple(steps),
        room=round(room, 2),
        lines=tuple((round(floor - value * per_post, 1), f"{value:,}") for value in values),
        ticks=tuple((step.x, short_name(step.first, unit)) for step in steps[::every] if step.x < _WIDTH - 55),
        after=after,
        before=before,
        everything=address(narrowed(query, "", TIME_FIELDS)),
    )


def between(query: str, after: str, before: str) -> str:
    """The query for these days instead of those that it asks for; an empty day leaves that end open."""
    told = narrowed(query, "", TIME_FIELDS)
    for field, day in (("after", after), ("before", before)):
        told = narrowed(told, f"{field}:{day}") if day else told
    return told


def _asked(query: str) -> tuple[str, str]:
    """From when until when a query asks, as it is written; empty where an end is open, or alternatives disagree."""
    told = [
        tuple(next((one.value for one in terms if one.field == field and not one.negated), "") for field in TIME_FIELDS)
        for terms in parse_query(query).alternatives
    ]
    after, before = told[0] if len(set(told)) == 1 else ("", "")
    return after, before
