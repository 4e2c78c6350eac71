from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casefile.records import Post, Precision
from crawlers.probing.moments import moment_in_words, moment_of_post

SEEN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "zone", "moment"),
    [
        ("2026-09-27T14:51:09+02:00", None, "2026-09-27T14:51:09+02:00"),
        ("2026-09-27T14:51:09+02:00", "Asia/Jakarta", "2026-09-27T19:51:09+07:00"),
        ("2026-09-27 14:51", None, "2026-09-27T14:51"),
        ("2026-09-27 14:51", "Asia/Jakarta", "2026-09-27T14:51+07:00"),
        ("Tue, 01 Sep 2026 10:00:00 GMT", None, "2026-09-01T10:00:00+00:00"),
        ("27 September 2026", "Asia/Jakarta", "2026-09-27"),
        ("2026-09", None, "2026-09"),
        ("no time at all", None, None),
    ],
)
def test_a_time_is_the_pages_own_and_no_more_exact(words: str, zone: str | None, moment: str | None) -> None:
    assert moment_in_words(words, at=None, zone=zone) == moment


@pytest.mark.parametrize("words", ["3 hours ago", "2 jam yang lalu", "2 ชั่วโมงที่แล้ว", "3 tiếng trước", "昨天 08:15"])
def test_words_that_count_from_now_say_nothing_when_now_is_not_known(words: str) -> None:
    assert moment_in_words(words, at=None) is None
    assert moment_in_words(words, at=SEEN) is not None


def test_an_export_that_tells_local_time_and_instant_tells_the_offset() -> None:
    post = Post(
        id="1", source="x", url=None, text="a", published=datetime(2026, 1, 1, 5, 0, tzinfo=UTC),
        published_precision=Precision.SECOND, published_words="2026-01-01T12:00:00",
    )  # fmt: skip
    assert moment_of_post(post, zone_is_known=False) == "2026-01-01T12:00:00+07:00"


def test_a_time_whose_zone_nobody_named_bears_no_offset() -> None:
    post = Post(
        id="1", source="x", url=None, text="a", published=datetime(2026, 1, 1, 5, 0, tzinfo=UTC),
        published_precision=Precision.MINUTE, published_words="1/1/26, 05:00",
    )  # fmt: skip
    assert moment_of_post(post, zone_is_known=False) == "2026-01-01T05:00"
    assert moment_of_post(post, zone_is_known=True) == "2026-01-01T05:00+00:00"
