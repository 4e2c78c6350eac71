"""The machine's clock, compared with the sites'."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawlers.clock import ClockCheck

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


def dated(at: datetime) -> bytes:
    return format_datetime(at, usegmt=True).encode()


@pytest.mark.parametrize("seconds", [-86_400, -3, 0, 3, 86_400])
def test_the_difference_is_the_median_so_that_one_old_answer_counts_little(seconds: int) -> None:
    check = ClockCheck()
    for told in (NOW, NOW, NOW - timedelta(days=30)):
        check.hear(dated(told), NOW + timedelta(seconds=seconds))
    assert check.ahead == seconds


@pytest.mark.parametrize("words", [None, b"", b"soon", b"Sat, 99 Mar 2026 09:26:53 GMT", b"\xff" * 50])
def test_what_is_no_date_says_nothing(words: bytes | None) -> None:
    check = ClockCheck()
    check.hear(words, NOW)
    assert check.ahead is None
