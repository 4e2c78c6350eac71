"""What follows from how a crawl went, and from clocks that jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from casefile.records import CrawlOutcome
from casefile.timetable import read_timetable
from crawlers.events import CrawlResult
from desk.schedule import planning
from desk.schedule.calendar import Calendar
from desk.schedule.clock import Jumps
from desk.schedule.turns import Turn, TurnBook

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BY = "every 6 hours (UTC)"
CALENDAR = Calendar(read_timetable("every 6 hours"), ZoneInfo("UTC"), None, timedelta(0), lambda: 0.0)
TURN = Turn(source="board", due=NOW, by=BY)


class SetClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.day, self.seconds = NOW, 0.0

    def now(self) -> datetime:
        return self.day

    def steady(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.day, self.seconds = self.day + timedelta(seconds=seconds), self.seconds + seconds


def crawled(turn: Turn, outcome: CrawlOutcome, now: datetime = NOW) -> Turn:
    return planning.ended(planning.begun(turn, now), CALENDAR, CrawlResult(source="board", outcome=outcome), now)


def test_a_source_that_fails_is_left_alone_for_longer_and_longer_and_at_most_a_day() -> None:
    waits, turn = [], TURN
    for _ in range(10):
        turn = crawled(turn, CrawlOutcome.FAILED)
        waits.append((turn.due - NOW) / HOUR)
    assert waits == [0.25, 0.5, 1, 2, 4, 8, 16, 24, 24, 24]


def test_a_crawl_that_goes_well_ends_the_row_of_failures() -> None:
    turn = crawled(crawled(TURN, CrawlOutcome.FAILED), CrawlOutcome.FINISHED)
    assert (turn.failures, turn.due, turn.good) == (0, NOW + 6 * HOUR, NOW)


def test_many_missed_times_are_made_up_for_by_one_crawl() -> None:
    late = NOW + timedelta(days=10)
    assert crawled(TURN, CrawlOutcome.FINISHED, late).due == late + 6 * HOUR


def test_a_crawl_that_nobody_saw_the_end_of_is_made_up_for_at_once_and_then_more_slowly() -> None:
    once = planning.broken_off(planning.begun(TURN, NOW), NOW)
    assert (once.due, once.outcome, once.failures) == (NOW, CrawlOutcome.FAILED, 1)
    assert planning.broken_off(planning.begun(once, NOW), NOW).due == NOW + HOUR / 4


def test_a_clock_that_is_set_back_leaves_no_source_waiting_for_years() -> None:
    ahead = replace(TURN, due=NOW + timedelta(days=3650), begun=NOW + timedelta(days=3649))
    assert planning.replanned(ahead, BY, CALENDAR, NOW).due == NOW + 6 * HOUR


def test_a_source_never_crawled_with_an_interval_is_due_now() -> None:
    assert planning.first_turn("board", BY, CALENDAR, [], NOW).due == NOW


def test_jumps_of_the_clock_are_told_and_time_that_passes_is_none() -> None:
    clock = SetClock()
    jumps = Jumps(clock)
    clock.wait(500)
    assert jumps.since_last(clock.now()) == timedelta(0)
    clock.day -= 3 * HOUR
    assert jumps.since_last(clock.now()) == -3 * HOUR
    assert jumps.since_last(clock.now()) == timedelta(0)


def test_a_turn_comes_back_from_the_disk_as_it_was(tmp_path: Path) -> None:
    turn = crawled(TURN, CrawlOutcome.FAILED)
    TurnBook(tmp_path).write(turn)
    assert TurnBook(tmp_path).read("board") == turn


def test_a_turn_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    book = TurnBook(tmp_path)
    book.write(TURN)
    (tmp_path / ".schedule" / "turns" / "board.json").write_text('{"source": "boa')
    assert book.read("board") is None
