"""What follows from how a crawl went, and from a clock that jumped: when a source is due next. Nothing here reads a clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casefile.records import Crawl, CrawlOutcome
from desk.schedule.calendar import Calendar
from desk.schedule.turns import Turn

if TYPE_CHECKING:  # Scrapy is loaded only when something is crawled
    from crawlers.events import CrawlResult

BUSY_FOR = timedelta(minutes=5)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)


def wait_after(failures: int) -> timedelta:
    """How long a source is left alone after so many failures in a row: 15 minutes, 30, an hour … at most a day."""
    return min(_FIRST_WAIT * 2 ** min(failures - 1, 10), _LONGEST_WAIT) if failures > 0 else timedelta(0)


def first_turn(name: str, by: str, calendar: Calendar, crawls: Sequence[Crawl], now: datetime) -> Turn:
    """The turn of a source that nothing was written of, from its crawls in the evidence (the latest first)."""
    if not crawls:
        soon = calendar.timetable.interval is not None and not calendar.is_quiet(now)
        return Turn(source=name, by=by, due=now if soon else calendar.next_after(now))
    last = crawls[0]
    failures = next((n for n, crawl in enumerate(crawls) if crawl.outcome is not CrawlOutcome.FAILED), len(crawls))
    good = next((c.ended_at for c in crawls if c.outcome is CrawlOutcome.FINISHED), None)
    due = (last.ended_at or last.begun_at) + wait_after(failures) if failures else calendar.next_after(last.begun_at)
    turn = Turn(
        source=name,
        by=by,
        due=due,
        begun=last.begun_at,
        ended=last.ended_at or last.begun_at,
        outcome=last.outcome,
        detail=last.detail,
        alarm=last.alarm,
        pages=last.pages,
        posts=last.posts_seen,
        failures=failures,
        good=good,
    )
    return replanned(turn, by, calendar, now)


def begun(turn: Turn, now: datetime) -> Turn:
    """The turn while its crawl runs; it stays due, so that a crawl that nobody sees the end of is made up for."""
    return replace(turn, begun=now, ended=None, outcome=None, detail="", alarm="")


def ended(turn: Turn, calendar: Calendar, result: CrawlResult, now: datetime) -> Turn:
    """The turn after its crawl; whatever was missed meanwhile is made up for by this one crawl."""
    failed = result.outcome is CrawlOutcome.FAILED
    failures = turn.failures + 1 if failed else 0
    return replace(
        turn,
        due=now + wait_after(failures) if failed else calendar.next_after(turn.begun or now),
        ended=now,
        outcome=result.outcome,
        detail=result.detail,
        alarm=result.alarm,
        pages=result.pages,
        posts=result.posts,
        failures=failures,
        good=turn.good if failed else now,
    )


def put_off(before: Turn, now: datetime) -> Turn:
    """The turn of a source that somebody else is crawling just now: as it was before, and looked at again soon."""
    return replace(before, due=now + BUSY_FOR)


def broken_off(turn: Turn, now: datetime) -> Turn:
    """The turn of a source whose crawl nobody saw the end of: made up for at once, and more slowly if that goes on."""
    wait = wait_after(turn.failures)
    detail = "the crawl broke off: nobody saw its end (the machine or `jejak watch` was stopped hard)"
    return replace(
        turn, ended=now, outcome=CrawlOutcome.FAILED, detail=detail, failures=turn.failures + 1, due=now + wait
    )


def replanned(turn: Turn, by: str, calendar: Calendar, now: datetime) -> Turn:
    """The turn by another timetable, or after the clock jumped: never later than if the source were crawled now."""
    if turn.failures:
        return replace(turn, by=by, due=min(turn.due, now + wait_after(turn.failures)))
    due = turn.due if by == turn.by else calendar.next_after(turn.begun) if turn.begun else turn.due
    return replace(turn, by=by, due=min(due, calendar.next_after(now)))
