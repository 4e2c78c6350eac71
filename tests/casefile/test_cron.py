"""Lines of cron mean what cron(8) means by them."""

from __future__ import annotations

import pytest

from casefile.cron import checked_lines, with_named_days


@pytest.mark.parametrize(
    ("weekday", "named"),
    [
        ("*", "*"),
        ("0", "sun"),
        ("7", "sun"),
        ("1-5", "mon,tue,wed,thu,fri"),
        ("5-7", "fri,sat,sun"),
        ("sat-mon", "sat,sun,mon"),
        ("*/2", "sun,tue,thu,sat"),
        ("mon,3", "mon,wed"),
        ("1-5/2", "mon,wed,fri"),
        ("5/1", "fri,sat"),
    ],
)
def test_the_week_begins_on_sunday(weekday: str, named: str) -> None:
    assert with_named_days(f"0 7 * * {weekday}") == f"0 7 * * {named}"


def test_a_day_of_the_month_and_one_of_the_week_are_either() -> None:
    assert checked_lines("0 7 13 * 5".split()) == ("0 7 13 * *", "0 7 * * 5")
    assert checked_lines("0 7 */2 * 5".split()) == ("0 7 */2 * 5",)
