from datetime import UTC, datetime

import pytest

from casefile.identity import post_id
from casefile.records import Media
from casefile.settings import SourceSettings
from crawlers.reading.date_order import DateOrder
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.posts import count_of, make_post, with_title

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SOURCE = SourceSettings(
    name="id_demo", title="t", country="id", why="w", url="https://a.example/", family="board", timezone="Asia/Jakarta"
)


def test_a_post_is_known_by_its_native_id_else_by_its_permalink() -> None:
    by_id = make_post(Found(text="x", native_id="7", url="https://a.example/7"), SOURCE, NOW)
    by_url = make_post(Found(text="x", url="https://a.example/7"), SOURCE, NOW)
    assert by_id and by_id.id == post_id("id_demo", "7")
    assert by_url and by_url.id == post_id("id_demo", "https://a.example/7")


def test_a_post_without_either_is_known_by_author_and_words() -> None:
    posts = [make_post(Found(text=text, author="a"), SOURCE, NOW) for text in ("one", "one", "two")]
    assert len({post.id for post in posts if post}) == 2


def test_what_shows_neither_words_nor_media_is_no_post() -> None:
    assert make_post(Found(title="only a title"), SOURCE, NOW) is None
    assert make_post(Found(media=(Media(kind="photo"),)), SOURCE, NOW) is not None


def test_times_are_read_in_the_zone_of_the_source() -> None:
    post = make_post(Found(text="x", published_words="2026-11-03 10:00"), SOURCE, NOW)
    assert post and post.published == datetime(2026, 11, 3, 3, 0, tzinfo=UTC)
    assert post.published_words == "2026-11-03 10:00"


@pytest.mark.parametrize(
    ("title", "text", "whole"),
    [
        ("Admin Poipet", "Gaji besar", "Admin Poipet\nGaji besar"),
        ("Admin Poipet", "ADMIN POIPET! Gaji besar", "ADMIN POIPET! Gaji besar"),
        (None, "Gaji", "Gaji"),
        ("Admin", "", "Admin"),
    ],
)
def test_a_headline_stands_before_its_text_once(title: str | None, text: str, whole: str) -> None:
    assert with_title(title, text) == whole


@pytest.mark.parametrize(
    ("words", "count"), [("2.5K", 2500), ("1,234 views", 1234), ("3万", 30_000), ("1.2M", 1_200_000), ("-", None)]
)
def test_views_are_counted_as_sites_write_them(words: str, count: int | None) -> None:
    assert count_of(words) == count


def test_gaps_are_filled_and_nothing_else() -> None:
    filled = fill_gaps(Found(text="page", author=None), Found(text="card", author="who", views=5))
    assert (filled.text, filled.author, filled.views) == ("page", "who", 5)


def test_dates_in_numbers_are_read_in_the_order_of_the_page() -> None:
    post = make_post(Found(text="x", published_words="03/04/2026"), SOURCE, NOW, order=DateOrder.MONTH_DAY)
    assert post is not None and post.published == datetime(2026, 3, 4, tzinfo=UTC)
