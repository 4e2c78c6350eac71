"""When a post was published, as its page says it: local time, with the offset where that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from casefile.records import Post, Precision
from crawlers.reading.date_order import DateOrder
from crawlers.reading.dates import needs_now, read_date, zone_of


def moment_in_words(
    words: str | None,
    *,
    at: datetime | None,
    zone: str | None = None,
    languages: Sequence[str] = (),
    order: DateOrder | None = None,
) -> str | None:
    """The time that a page's words name; `at` is when the page was seen (None: not known, so "2 hours ago" says nothing).

    `order` is that of the page's dates in numbers (see `crawlers.reading.dates.page_order`).
    """
    if not words or (at is None and needs_now(words)):
        return None
    read = read_date(words, now=at or datetime.now(UTC), timezone=zone, languages=languages, order=order)
    if read is None:
        return None
    if read.precision not in (Precision.SECOND, Precision.MINUTE):
        return _cut(read.at, read.precision)
    if not read.zone_is_stated and zone is None:
        return _cut(read.at.replace(tzinfo=None), read.precision)
    moment = _own(words) if read.zone_is_stated and zone is None else None
    return _cut(moment or read.at.astimezone(zone_of(zone)), read.precision)


def moment_of_post(post: Post, *, zone_is_known: bool) -> str | None:
    """The time of a post that was read from an export; where the export writes a local time, that one."""
    if post.published is None or post.published_precision is None:
        return None
    if post.published_precision not in (Precision.SECOND, Precision.MINUTE):
        return _cut(post.published, post.published_precision)
    local = _own(post.published_words or "", aware=False)
    if local is not None:
        offset = local.replace(tzinfo=UTC) - post.published
        if offset and abs(offset) < timedelta(hours=15):
            return _cut(local.replace(tzinfo=timezone(offset)), post.published_precision)
    return _cut(post.published if zone_is_known else post.published.replace(tzinfo=None), post.published_precision)


def _own(words: str, *, aware: bool = True) -> datetime | None:
    """Words in the formats of machines (ISO 8601, RFC 5322) as they stand, with the offset that they state."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(words.strip())
        except (ValueError, IndexError, TypeError):
            continue
        return found if (found.tzinfo is not None) == aware else None
    return None


def _cut(moment: datetime, precision: Precision) -> str:
    if precision is Precision.SECOND:
        return moment.isoformat(timespec="seconds")
    if precision is Precision.MINUTE:
        return moment.isoformat(timespec="minutes")
    return moment.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]]
