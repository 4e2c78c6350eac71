"""When a source is due: to the minute, whatever the clocks of its zone do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from casefile.timetable import read_span, read_timetable
from desk.schedule.calendar import Calendar


def calendar(every: str, *, zone: str = "UTC", quiet: str = "never", jitter: float = 0, chance: float = 0) -> Calendar:
    return Calendar(read_timetable(every), ZoneInfo(zone), read_span(quiet), timedelta(minutes=jitter), lambda: chance)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_interval_counts_from_the_last_visit() -> None:
    assert calendar("every 6 hours").next_after(at("2026-03-01T10:15")) == at("2026-03-01T16:15")


def test_a_time_of_the_day_is_meant_in_the_zone_of_the_source() -> None:
    assert calendar("daily at 07:30", zone="Asia/Jakarta").next_after(at("2026-03-01T01:00")) == at("2026-03-02T00:30")


def test_a_time_that_comes_twice_in_autumn_is_due_once() -> None:
    berlin = calendar("daily at 02:30", zone="Europe/Berlin")  # 25 October 2026: 03:00 becomes 02:00
    first = berlin.next_after(at("2026-10-24T12:00"))
    assert first == at("2026-10-25T00:30")
    assert berlin.next_after(first) == at("2026-10-26T01:30")


def test_a_time_that_does_not_come_in_spring_is_due_an_hour_later() -> None:
    berlin = calendar("daily at 02:30", zone="Europe/Berlin")  # 29 March 2026: 02:00 becomes 03:00
    assert berlin.next_after(at("2026-03-28T12:00")) == at("2026-03-29T01:30")


def test_what_falls_into_quiet_hours_waits_for_their_end() -> None:
    night = calendar("every 6 hours", zone="Asia/Jakarta", quiet="22:00-05:00")
    assert night.next_after(at("2026-03-01T12:00")) == at("2026-03-01T22:00")  # 01:00 there becomes 05:00 there
    assert night.is_quiet(at("2026-03-01T15:00"))
    assert not night.is_quiet(at("2026-03-01T22:00"))


def test_chance_makes_it_later_by_no_more_than_the_jitter_and_a_quarter_of_the_interval() -> None:
    start = at("2026-03-01T00:00")
    assert calendar("daily at 07:30", jitter=10, chance=1).next_after(start) == at("2026-03-01T07:40")
    assert calendar("every hour", jitter=60, chance=1).next_after(start) == at("2026-03-01T01:15")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["every 6 hours", "daily at 02:30", "0 3 * * 1", "*/20 * * * *"]),
    st.sampled_from(["UTC", "Asia/Jakarta", "Europe/Berlin", "America/New_York"]),
    st.sampled_from(["never", "22:00-05:00", "01:30-02:45"]),
    st.floats(0, 1),
)
def test_the_next_time_is_later_and_not_quiet(
    moment: datetime, every: str, zone: str, quiet: str, chance: float
) -> None:
    made = calendar(every, zone=zone, quiet=quiet, jitter=5, chance=chance)
    due = made.next_after(moment)
    assert due > moment
    assert not made.is_quiet(due)
