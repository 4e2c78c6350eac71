"""Posts survive the way into the evidence and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.evidence.posts_json import from_json, storable, storable_entry, to_json
from casefile.identity import post_sha256
from casefile.records import Media, Post, Precision
from tests.casefile.making import a_post

any_text = st.text(st.characters(exclude_categories=[]), max_size=30)
zones = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
media = st.builds(Media, kind=any_text, url=st.none() | any_text, name=st.none() | any_text)
posts = st.builds(
    Post,
    id=st.just("a" * 32),
    source=any_text,
    url=st.none() | any_text,
    text=any_text,
    native_id=st.none() | any_text,
    author=st.none() | any_text,
    published=st.none() | st.datetimes(timezones=st.none() | zones),
    published_precision=st.none() | st.sampled_from(Precision),
    lang=st.none() | any_text,
    views=st.none() | st.integers(),
    media=st.lists(media, max_size=3).map(tuple),
)


@given(st.lists(posts, max_size=4))
def test_a_storable_post_comes_back_equal(found: list[Post]) -> None:
    clean = tuple(map(storable, found))
    again = from_json(to_json(clean))
    assert again == clean
    assert list(map(post_sha256, again)) == list(map(post_sha256, clean))


@given(posts)
def test_a_storable_post_keeps_its_offsets_and_stays_as_it_is(post: Post) -> None:
    clean = storable(post)
    assert len(clean.text) == len(post.text)
    assert storable(clean) == clean
    clean.text.encode("utf-8")


def test_what_no_file_can_hold_is_replaced_one_by_one() -> None:
    assert storable(a_post(text="a\ud800b\0c😀")).text == "a�b�c😀"


@pytest.mark.parametrize("views", [-1, 2**63, 10**50])
def test_views_that_no_counter_shows_are_left_out(views: int) -> None:
    assert storable(a_post(views=views)).views is None


def test_times_are_brought_to_utc() -> None:
    jakarta = timezone(timedelta(hours=7))
    assert storable(a_post(published=datetime(2026, 3, 1, 7, tzinfo=jakarta))).published == datetime(
        2026, 3, 1, tzinfo=UTC
    )
    assert storable(a_post(published=datetime(2026, 3, 1))).published == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_time_outside_the_calendar_is_left_out() -> None:
    early = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=7)))
    assert storable(a_post(published=early)).published is None


def test_entries_are_cleaned_to_their_depth() -> None:
    assert storable_entry({"a\0": ["\udcff", {"b": ("x\0",)}], "n": 1}) == {"a�": ["�", {"b": ["x�"]}], "n": 1}
