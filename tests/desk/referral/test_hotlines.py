import pytest

from casefile.errors import NotFound
from desk.referral.hotlines import find_hotline, fitting, hotlines


def test_every_hotline_tells_how_it_is_reached_and_where_that_is_known_from() -> None:
    assert len({one.id for one in hotlines()}) == len(hotlines()) >= 8
    for one in hotlines():
        assert one.id.startswith(f"{one.country}-")
        assert one.reached
        assert one.source.title
        assert one.source.url.startswith("http")


def test_a_hotline_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFound, match="th-1300"):
        find_hotline("xx-nobody")


def test_those_where_the_person_may_be_come_before_those_of_the_home_country() -> None:
    assert [one.country for one in fitting({"kh"}, {"vn", "kh"})] == ["kh", "vn"]


def test_who_only_helps_in_a_country_is_not_named_for_its_citizens_elsewhere() -> None:
    assert fitting(set(), {"kh"}) == []
