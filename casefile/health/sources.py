"""How each source went the last time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from casefile.case import Case
from casefile.health.check import Checks, warning, well, wrong
from casefile.health.folder import held_locks
from casefile.records import Crawl, CrawlOutcome

_LONG_AGO = timedelta(days=30)


def check_sources(case: Case) -> Checks:
    """One line a source that is not paused."""
    crawled_now = {path.stem.removeprefix("crawl-") for path in held_locks(case.folder)}
    for source in case.sources():
        what = f"source {source.name}"
        last = next(iter(case.store.crawls(source.name)), None)
        if source.paused:
            yield well(what, "is paused")
        elif source.name in crawled_now:
            yield well(what, "is being crawled at this moment")
        elif last is None:
            yield warning(what, "was never crawled", f"jejak crawl CASE {source.name}")
        else:
            yield from _judged(what, source.name, last)


def _judged(what: str, name: str, last: Crawl) -> Checks:
    day = f"{last.begun_at:%Y-%m-%d %H:%M} UTC"
    again = f"jejak crawl CASE {name}"
    if last.outcome is CrawlOutcome.RUNNING:
        yield warning(what, f"its crawl of {day} died", f"{again} goes on where it was cut off")
    elif last.outcome is CrawlOutcome.FAILED:
        yield wrong(what, f"failed on {day}: {last.detail}", "`jejak stats CASE` says more about each page.")
    elif last.alarm:
        yield warning(what, f"alarm on {day}: {last.alarm}", f"jejak probe: has the site changed? Then {again}")
    elif last.outcome is CrawlOutcome.STOPPED:
        yield warning(what, f"stopped on {day}: {last.detail}", f"{again} goes on")
    elif datetime.now(UTC) - last.begun_at > _LONG_AGO:
        yield warning(what, f"was crawled last on {day}", again)
    else:
        yield well(what, f"{last.posts_seen:,} posts on {day}")
