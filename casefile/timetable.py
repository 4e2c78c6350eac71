"""When a source is visited, as people write it: "every 6 hours", "setiap hari jam 7", or as cron does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from casefile.config_folder import CONFIG_FOLDER
from casefile.cron import WEEK, checked_lines

IN_WORDS = (
    "words such as 'every 6 hours', 'daily at 07:30', 'every monday and thursday at 8', 'setiap hari jam 7', "
    "or five fields of cron"
)
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=366)
_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "hour-or-at": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week"}
_DAYS = {day: (number,) for number, day in enumerate(WEEK)} | {"workday": (1, 2, 3, 4, 5), "weekend": (6, 0)}
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?([a-z]{2})?")
_SPAN = re.compile(r"([0-9]{1,2})[:.]([0-9]{2}) ?(?:-|–|to|sampai) ?([0-9]{1,2})[:.]([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Timetable:
    """Either so much time after the visit before (`interval`), or at the times that lines of cron name."""

    interval: timedelta | None = None
    crons: tuple[str, ...] = ()


def read_timetable(text: str) -> Timetable:
    """What `every:` says; raises ValueError with what is expected."""
    fields = text.split()
    if len(fields) == 5 and re.fullmatch(r"[0-9*][0-9*,/-]*", fields[0]):
        return Timetable(crons=checked_lines(fields))
    words = _known(text.casefold())
    start = next((i for i, word in enumerate(words) if _begins_a_time(words, i, word)), len(words))
    days, times = words[:start], list(_times(words[start:]))
    if days[:1] == ["every"]:
        days = days[1:]
    if start < len(words) and not times:
        raise ValueError(IN_WORDS)
    return _at(days, times) if times else _after(days)


def read_span(text: str) -> tuple[time, time] | None:
    """Two times of the day, "22:00-05:00", the second perhaps on the day after; None for "never". Raises ValueError."""
    if text.strip().casefold() == "never":
        return None
    found = _SPAN.fullmatch(text.strip().casefold())
    try:
        start, end = (time(int(found[n]), int(found[n + 1])) for n in (1, 3)) if found else (time(0), time(0))
    except ValueError:
        start = end = time(0)
    if start == end:
        raise ValueError("two times of the day, such as 22:00-05:00, or never")
    return start, end


def read_time(text: str) -> time | None:
    """A time of the day, "07:00"; None for "never". Raises ValueError."""
    if text.strip().casefold() == "never":
        return None
    found = _TIME.fullmatch(text.strip())
    if not found or not found[2] or found[3] or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError("a time of the day, such as 07:00, or never")
    return time(int(found[1]), int(found[2]))


def read_zone(name: str) -> ZoneInfo:
    """A time zone by its name; raises ValueError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # what zoneinfo raises depends on what is wrong with the name
        raise ValueError("the name of a time zone, such as Asia/Jakarta") from error


# Words ---------------------------------------------------------------------------------------------------------------
def _known(text: str) -> list[str]:
    """The words of a text by the names that config/timetable.yml gives them; others as they are."""
    named: Mapping[str, str] = _config()["named"]
    for pair, one in _config()["pairs"].items():
        text = text.replace(pair, one)
    return [named.get(word, word) for word in text.replace(",", " and ").split()]


def _begins_a_time(words: Sequence[str], i: int, word: str) -> bool:
    """Whether what follows is a time of the day: "at …", "noon", or "jam" that no number stands before."""
    if word in ("at", "noon", "midnight"):
        return True
    followed = i + 1 < len(words) and _TIME.fullmatch(words[i + 1]) is not None
    return word == "hour-or-at" and followed and not (i and words[i - 1].isdecimal())


def _after(words: list[str]) -> Timetable:
    """So much time after the visit before: "6 hours", "day", "hourly"."""
    counted = bool(words) and re.fullmatch(r"[0-9]{1,5}", words[0]) is not None
    number, units = (int(words[0]), words[1:]) if counted else (1, words)
    unit = _UNITS.get(_ADVERBS.get(units[0], units[0])) if len(units) == 1 else None
    if unit is None or not _SHORTEST <= number * unit <= _LONGEST:
        raise ValueError(IN_WORDS)
    return Timetable(interval=number * unit)


def _at(words: list[str], times: list[time]) -> Timetable:
    """At times of the day: on every day, or on some days of the week."""
    named = [word for word in words if word != "and" and word != "every"]
    weekdays: set[int] = set()
    if named not in ([], ["day"], ["daily"]):
        if any(word not in _DAYS for word in named):
            raise ValueError(IN_WORDS)
        weekdays = {number for word in named for number in _DAYS[word]}
    days = ",".join(map(str, sorted(weekdays))) or "*"
    return Timetable(crons=tuple(f"{at.minute} {at.hour} * * {days}" for at in sorted(set(times))))


def _times(words: Sequence[str]) -> Iterator[time]:
    """The times of the day in "at 7 pm and 19.30", "jam 7 malam"."""
    parts: Mapping[str, tuple[int, int]] = _config()["parts"]
    left = [word for word in words if word not in ("at", "hour-or-at", "and")]
    while left:
        word = left.pop(0)
        if word in ("noon", "midnight"):
            yield time(12 if word == "noon" else 0)
            continue
        found = _TIME.fullmatch(word)
        part = (found[3] if found else None) or (left.pop(0) if left and left[0] in parts else None)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if part is not None:
            hour = _hour_in(hour, parts.get(part, (0, 0)))
        if hour > 23 or minute > 59:
            raise ValueError(IN_WORDS)
        yield time(hour, minute)


def _hour_in(hour: int, window: tuple[int, int]) -> int:
    """The hour that is meant by one of a clock with twelve hours in a part of the day; 24 when there is none."""
    meant = [h for h in (hour % 12, hour % 12 + 12, hour % 12 + 24) if window[0] <= h < window[1]]
    return meant[0] % 24 if meant and hour in (meant[0] % 24, (meant[0] - 1) % 12 + 1) else 24


@cache
def _config() -> Mapping[str, Any]:
    with (CONFIG_FOLDER / "timetable.yml").open(encoding="utf-8") as file:
        told = YAML(typ="safe").load(file)
    named = {word: name for name, words in told["words"].items() for word in words}
    named |= {word: str(number) for number, words in told["numbers"].items() for word in words}
    return {
        "named": named,
        "pairs": told["pairs"],
        "parts": {name: tuple(part) for name, part in told["parts"].items()},
    }
