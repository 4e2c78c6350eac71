"""At which hours and on which weekdays posts are written, and which time zones fit that.

A hint, never a proof: people rest at night, so an offset from UTC in whose night hardly anything is posted fits. That
activity on the web is lowest in the small hours everywhere is well measured (Yasseri, Sumi and Kertész, 2012:
“Circadian patterns of Wikipedia editorial activity”). Who works by night, posts by machine or lives elsewhere than he
writes breaks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import comb

from casefile.records import Precision, ReadPost

_EXACT = (Precision.SECOND, Precision.MINUTE)
_NIGHT = 6  # hours, from midnight
_FEWEST = 24  # posts at different moments; with fewer, a night without any comes by chance too often
_BY_CHANCE = 0.01
OFFSETS = (*range(-11 * 60, 15 * 60, 60), 5 * 60 + 30, 5 * 60 + 45, 6 * 60 + 30)
"""The offsets from UTC that are looked at, in minutes: whole hours, and those of India, Nepal and Myanmar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well an offset fits: how many posts fall into its night, and how likely that few (or fewer) come by chance."""

    offset: int
    at_night: int
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Posts by hour and weekday (Monday is 0), both in UTC; of the rest, `untimed` tell no minute.

    Posts of one author in the same minute, or copies of a text in it, are one `moment`. `fits` are the offsets that fit,
    the best first; empty where there are too few moments or none fits better than chance allows.
    """

    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    moments: int
    untimed: int
    authors: int
    fits: tuple[Fit, ...]

    @property
    def enough(self) -> bool:
        """Whether there are enough moments to say anything about zones."""
        return self.moments >= _FEWEST


def rhythm_of(posts: Iterable[ReadPost]) -> Rhythm:
    """The rhythm of posts."""
    moments: set[tuple[datetime, str]] = set()
    authors: set[tuple[str, str]] = set()
    untimed = 0
    for read in posts:
        post = read.post
        if post.published is None or post.published_precision not in _EXACT:
            untimed += 1
            continue
        author = post.author or ""
        moments.add((post.published.replace(second=0, microsecond=0), author))
        authors.add((post.source, author))
    hours = Counter(at.hour for at, _ in moments)
    weekdays = Counter(at.weekday() for at, _ in moments)
    return Rhythm(
        hours=tuple(hours[hour] for hour in range(24)),
        weekdays=tuple(weekdays[day] for day in range(7)),
        moments=len(moments),
        untimed=untimed,
        authors=len(authors),
        fits=tuple(_fits([at for at, _ in moments])) if len(moments) >= _FEWEST else (),
    )


def _fits(moments: list[datetime]) -> list[Fit]:
    minutes = [at.hour * 60 + at.minute for at in moments]
    found = []
    for offset in OFFSETS:
        at_night = sum((minute + offset) % 1440 < _NIGHT * 60 for minute in minutes)
        chance = _as_few(at_night, len(minutes))
        # Of so many offsets one fits by chance: each must be that much less likely (Bonferroni).
        if chance * len(OFFSETS) <= _BY_CHANCE:
            found.append(Fit(offset=offset, at_night=at_night, by_chance=round(min(1.0, chance * len(OFFSETS)), 6)))
    return sorted(found, key=lambda fit: (fit.at_night, fit.offset))


def _as_few(at_night: int, moments: int) -> float:
    """How likely as few of evenly spread moments fall into the night (binomial)."""
    share = _NIGHT / 24
    if moments > 900:  # beyond, the terms are too small for a float; the first 900 of a pattern tell it as well
        at_night, moments = at_night * 900 // moments, 900
    return sum(comb(moments, k) * share**k * (1 - share) ** (moments - k) for k in range(at_night + 1))
