from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.report.wording import certainty, count, defang, host, listed, period


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "almost no chance"),
        (0.05, "almost no chance"),
        (0.2, "very unlikely"),
        (0.45, "unlikely"),
        (0.5, "roughly even chance"),
        (0.8, "likely"),
        (0.81, "very likely"),
        (0.96, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_certainty_follows_the_published_scale(probability: float, words: str) -> None:
    assert certainty(probability) == words


@pytest.mark.parametrize(
    ("url", "defanged"),
    [
        ("https://t.me/name/12", "hxxps://t[.]me/name/12"),
        ("HTTP://Board.example", "hxxp://Board[.]example"),
        ("https://a.example/?to=https://b.example", "hxxps://a[.]example/?to=hxxps://b.example"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        (None, ""),
    ],
)
def test_addresses_are_written_so_that_nothing_opens_them(url: str | None, defanged: str) -> None:
    assert defang(url) == defanged


@given(st.text())
def test_no_address_survives_defanging(text: str) -> None:
    assert "http://" not in defang(text).lower() and "https://" not in defang(text).lower()


@given(st.text())
def test_the_host_of_anything_is_told_or_left_out(text: str) -> None:
    assert "/" not in host(f"https://{text}") or host(f"https://{text}") == ""


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no posts"), (1, "one post"), (3, "three posts"), (1200, "1,200 posts")]
)
def test_numbers_carry_their_noun(number: int, words: str) -> None:
    assert count(number, "post") == words


def test_a_long_list_says_how_many_more() -> None:
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c", "d", "e", "f"]) == "a, b, c and 3 more"
    assert listed([]) == ""


def test_a_period_of_one_day_is_one_day() -> None:
    at = datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert period(at, at) == "on 5 Mar 2026"
    assert period(None, at) == "at an unknown time"
