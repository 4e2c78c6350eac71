"""Hours and weekdays of posts, and the zones that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.records import Precision, ReadPost
from graph.analysis.rhythm import rhythm_of
from tests.graph.making import read_post

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def _posts(hours: Iterable[float], precision: Precision = Precision.MINUTE) -> Iterator[ReadPost]:
    for number, hour in enumerate(hours):
        read = read_post(number, "kerja", author="HR", published=MONDAY + timedelta(days=number % 7, hours=hour))
        yield replace(read, post=replace(read.post, published_precision=precision))


def test_hours_and_weekdays_are_counted() -> None:
    rhythm = rhythm_of(_posts([3.5, 3.75, 20]))
    assert (rhythm.hours[3], rhythm.hours[20], sum(rhythm.hours)) == (2, 1, 3)
    assert rhythm.weekdays[:3] == (1, 1, 1)


def test_a_post_that_tells_only_its_day_has_no_hour() -> None:
    rhythm = rhythm_of(_posts([0, 0, 0], Precision.DAY))
    assert (rhythm.moments, rhythm.untimed) == (0, 3)


def test_copies_in_one_minute_are_one_moment() -> None:
    read = next(_posts([9]))
    assert rhythm_of([read] * 5).moments == 1


@pytest.mark.parametrize(("zone", "other"), [(7, -5), (8, -4), (-6, 6), (0, 12)])
def test_the_zone_in_whose_night_nothing_is_posted_fits(zone: int, other: int) -> None:
    local = [7 + 16 * n / 60 for n in range(60)]  # from seven in the morning to eleven in the evening
    rhythm = rhythm_of(_posts((hour - zone) % 24 for hour in local))
    offsets = {fit.offset for fit in rhythm.fits}
    assert zone * 60 in offsets
    assert other * 60 not in offsets
    assert rhythm.fits[0].at_night == 0


def test_posts_around_the_clock_fit_no_zone() -> None:
    assert rhythm_of(_posts(n * 24 / 60 for n in range(60))).fits == ()


def test_few_posts_tell_no_zone() -> None:
    rhythm = rhythm_of(_posts([8 + n / 4 for n in range(10)]))
    assert not rhythm.enough
    assert rhythm.fits == ()


@given(st.lists(st.floats(0, 23.99), max_size=120))
def test_every_moment_stands_in_one_hour_and_one_weekday(hours: list[float]) -> None:
    rhythm = rhythm_of(_posts(hours))
    assert sum(rhythm.hours) == sum(rhythm.weekdays) == rhythm.moments <= len(hours)
    assert all(0 <= fit.by_chance <= 0.01 for fit in rhythm.fits)
