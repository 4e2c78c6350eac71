"""The timeline: posts counted by day, week, month or year, and where each bar stands in the drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from casefile.records import PostKind
from desk.report.model import Bar, Timeline
from desk.report.wording import KIND_PLURAL, KIND_WORDS, count

_KINDS = (PostKind.RECRUITMENT, PostKind.WARNING, PostKind.PLEA, PostKind.NEWS, PostKind.OTHER)
_MOST_BARS = 60
FAR_BACK = timedelta(days=365 * 30)
"""One post with a mistaken year must not squeeze all others into one bar: what is older than that is left out."""
_MARGIN_LEFT, _MARGIN_BOTTOM, _MARGIN_TOP = 34.0, 22.0, 8.0

Moment = tuple[datetime, PostKind]
Naming = Callable[[date, str], str]
"""What stands under the axis, for the first day of a step and its unit."""


def timeline(
    moments: Sequence[Moment],
    undated: int,
    width: float = 900.0,
    height: float = 170.0,
    short: Naming | None = None,
) -> Timeline | None:
    """Posts over time as stacked bars; None where there is nothing to show."""
    if not moments:
        return None
    latest = max(at for at, _ in moments)
    kept = [(at.date(), kind) for at, kind in moments if latest - at <= FAR_BACK]
    unit, start_of, next_of = unit_of(min(kept)[0], max(kept)[0])
    counted: dict[date, Counter[PostKind]] = {}
    at, last = start_of(min(kept)[0]), max(kept)[0]
    while at <= last:
        counted[at] = Counter()
        at = next_of(at)
    for moment, kind in kept:
        counted[start_of(moment)][kind] += 1
    return _drawn(counted, unit, undated, (width, height), short or short_name)


def _drawn(
    counted: dict[date, Counter[PostKind]], unit: str, undated: int, size: tuple[float, float], short: Naming
) -> Timeline:
    width, height = size
    kinds = [kind for kind in _KINDS if any(bin_[kind] for bin_ in counted.values())]
    floor, left = height - _MARGIN_BOTTOM, _MARGIN_LEFT
    steps = scale_of(max(sum(bin_.values()) for bin_ in counted.values()))
    per_post = (floor - _MARGIN_TOP) / steps[-1]
    step = (width - left - 4) / len(counted)
    bars, ticks = [], []
    every = max(1, -(-len(counted) // max(1, int(width / 75))))
    wide = min(step * 0.86, 30.0)
    for i, (start, bin_) in enumerate(counted.items()):
        x, y = left + i * step, floor
        if i % every == 0 and x < width - 55:
            ticks.append((_r(x), short(start, unit)))
        for kind in kinds:
            tall = bin_[kind] * per_post
            y -= tall
            if tall:
                words = f"{named(start, unit)}: {count(bin_[kind], KIND_WORDS[kind], KIND_PLURAL[kind])}"
                bars.append(Bar(x=_r(x), y=_r(y), width=_r(wide), height=_r(tall), kind=kind.value, words=words))
    return Timeline(
        width=width,
        height=height,
        bars=tuple(bars),
        ticks=tuple(ticks),
        lines=tuple((_r(floor - value * per_post), f"{value:,}") for value in steps),
        rows=tuple((named(start, unit), tuple(bin_[kind] for kind in kinds)) for start, bin_ in counted.items()),
        kinds=tuple((kind.value, KIND_PLURAL[kind]) for kind in kinds),
        unit=unit,
        undated=undated,
    )


def unit_of(first: date, last: date) -> tuple[str, Callable[[date], date], Callable[[date], date]]:
    """The step that shows this time in a few dozen bars: its name, the start of a day's step, and the start of the next."""
    days = (last - first).days
    if days <= _MOST_BARS // 2:
        return "day", lambda d: d, lambda d: d + timedelta(days=1)
    if days <= _MOST_BARS * 7 // 2:
        return "week", lambda d: d - timedelta(days=d.weekday()), lambda d: d + timedelta(days=7)
    if days <= _MOST_BARS * 30:
        return "month", lambda d: d.replace(day=1), lambda d: (d.replace(day=1) + timedelta(days=32)).replace(day=1)
    return "year", lambda d: d.replace(month=1, day=1), lambda d: d.replace(year=d.year + 1, month=1, day=1)


def named(start: date, unit: str) -> str:
    """A step as a reader calls it."""
    if unit in ("day", "week"):
        return f"{'week of ' if unit == 'week' else ''}{start.day} {start:%b} {start.year}"
    return f"{start:%b %Y}" if unit == "month" else f"{start.year}"


def short_name(start: date, unit: str) -> str:
    """What stands under the axis."""
    named = {"day": f"{start.day} {start:%b}", "week": f"{start.day} {start:%b}", "month": f"{start:%b %Y}"}
    return named.get(unit, f"{start.year}")


def scale_of(most: int) -> list[int]:
    """Round values from 0 up to at least `most`, three to six of them."""
    step, factor = 1, 0
    while step * 4 < most:
        factor += 1
        step = (1, 2, 5)[factor % 3] * 10 ** (factor // 3)
    return list(range(0, most + step, step))


def _r(value: float) -> float:
    return round(value, 1)
