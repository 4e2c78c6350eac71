from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.records import Precision
from crawlers.reading.dates import is_relative, read_date

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "language", "zone", "moment", "precision"),
    [
        ("2026-11-03T10:20:30+07:00", "id", None, "2026-11-03T03:20:30", Precision.SECOND),
        ("2026-11-03 10:00", "th", "Asia/Bangkok", "2026-11-03T03:00:00", Precision.MINUTE),
        ("2026-11-03", "id", "Asia/Jakarta", "2026-11-03T00:00:00", Precision.DAY),
        ("Tue, 10 Nov 2026 10:00:00 GMT", "en", None, "2026-11-10T10:00:00", Precision.SECOND),
        ("1794000000", "en", None, "2026-11-06T21:20:00", Precision.SECOND),
        ("15 Oktober 2026, 14.30", "id", "Asia/Jakarta", "2026-10-15T07:30:00", Precision.MINUTE),
        ("11 tháng 11, 2026", "vi", None, "2026-11-11T00:00:00", Precision.DAY),
        ("12 พ.ย. 2569", "th", None, "2026-11-12T00:00:00", Precision.DAY),
        ("๑๒ พฤศจิกายน ๒๕๖๙ 10:20", "th", "Asia/Bangkok", "2026-11-12T03:20:00", Precision.MINUTE),
        ("2026年11月3日 14:05", "zh", "Asia/Shanghai", "2026-11-03T06:05:00", Precision.MINUTE),
        ("17 ឧសភា 2026", "km", None, "2026-05-17T00:00:00", Precision.DAY),
        ("03/04/2026", "en", None, "2026-04-03T00:00:00", Precision.DAY),
        ("Nov 2026", "en", None, "2026-11-01T00:00:00", Precision.MONTH),
        ("2026", "en", None, "2026-01-01T00:00:00", Precision.YEAR),
        ("5 menit yang lalu", "id", None, "2026-11-20T11:55:00", Precision.MINUTE),
        ("2 giờ trước", "vi", None, "2026-11-20T00:00:00", Precision.DAY),
        ("3 ชั่วโมงที่แล้ว", "th", None, "2026-11-20T00:00:00", Precision.DAY),
        ("3小时前", "zh", None, "2026-11-20T00:00:00", Precision.DAY),
        ("2 oras ang nakaraan", "tl", None, "2026-11-20T00:00:00", Precision.DAY),
        ("3 घंटे पहले", "hi", None, "2026-11-20T00:00:00", Precision.DAY),
        ("kemarin", "id", None, "2026-11-19T00:00:00", Precision.DAY),
        ("Posted yesterday at 10:15", "en", "Asia/Manila", "2026-11-19T02:15:00", Precision.MINUTE),
    ],
)
def test_a_date_is_as_exact_as_its_words(
    words: str, language: str, zone: str | None, moment: str, precision: Precision
) -> None:
    read = read_date(words, now=NOW, timezone=zone, languages=[language])
    assert read is not None
    assert (read.at, read.precision) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), precision)


@pytest.mark.parametrize("words", [None, "", "negotiable", "1 January 1970", "12 May 2099", "9" * 300])
def test_what_is_no_date_of_a_post_is_none(words: str | None) -> None:
    assert read_date(words, now=NOW) is None


@pytest.mark.parametrize(("words", "relative"), [("3 hours ago", True), ("昨天 10:20", True), ("2026-11-03", False)])
def test_words_that_change_by_themselves_are_told_apart(words: str, relative: bool) -> None:
    assert is_relative(words) is relative


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=60))
def test_any_words_give_a_date_in_utc_or_none(words: str) -> None:
    read = read_date(words, now=NOW, timezone="Asia/Jakarta", languages=["id"])
    assert read is None or read.at.tzinfo is UTC


@settings(deadline=None)  # the machine may be busy
@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2026, 11, 1)))
def test_an_iso_time_comes_back_as_it_was(moment: datetime) -> None:
    exact = moment.replace(microsecond=0, tzinfo=UTC)
    read = read_date(exact.isoformat(), now=NOW)
    assert read is not None and read.at == exact
