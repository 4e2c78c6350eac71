from datetime import UTC, datetime, timedelta

from casefile.identity import post_id
from casefile.records import Media, Post, PostHistory, Precision
from crawlers.revisits import choose, settle
from crawlers.steady import steady

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def post(name: str, text: str = "x", **more: object) -> Post:
    return Post(id=post_id("xx_a", name), source="xx_a", url=f"https://a.example/{name}", text=text, **more)  # type: ignore[arg-type]


def seen(name: str, days_ago: int, gone: bool = False) -> PostHistory:
    last = NOW - timedelta(days=days_ago)
    return PostHistory(post_id=name, first_seen=last, last_seen=last, gone_at=NOW if gone else None)


def test_the_latest_and_the_longest_unseen_are_looked_for_first() -> None:
    histories = [seen(str(days), days) for days in range(1, 9)]
    assert set(choose(histories, set(), 4)) == {"1", "2", "7", "8"}


def test_what_was_met_or_is_gone_already_is_not_looked_for() -> None:
    assert choose([seen("a", 1), seen("b", 2, gone=True), seen("c", 3)], {"a"}, 9) == ["c"]


def test_a_known_post_keeps_what_its_listing_told_and_takes_new_words() -> None:
    known, other = post("1", "old", author="Ibu Contoh", native_id="7"), post("2")
    held, missing = settle([known, other], [post("1", "new")])
    assert (held[0].text, held[0].author, held[0].native_id) == ("new", "Ibu Contoh", "7")
    assert missing == [other]


def test_a_post_is_known_again_by_its_address() -> None:
    known = post("1", native_id="7")
    again = Post(id="another id", source="xx_a", url=known.url, text="x")
    assert settle([known], [again]) == ([known], [])


def test_others_on_the_page_are_kept_too() -> None:
    held, _ = settle([post("1")], [post("1"), post("2")])
    assert {one.url for one in held} == {"https://a.example/1", "https://a.example/2"}


def test_the_first_sight_of_a_relative_time_is_the_best() -> None:
    first = post("1", published=NOW, published_precision=Precision.DAY, published_words="2 hours ago")
    later = post("1", published=NOW + timedelta(days=1), published_precision=Precision.DAY, published_words="1 day ago")
    assert steady(later, first) == first
    assert steady(later, None) == later


def test_new_addresses_of_the_same_media_are_no_edit_and_new_media_are() -> None:
    first = post("1", media=(Media(kind="photo", url="https://cdn.example/a?token=1"),))
    same = post("1", media=(Media(kind="photo", url="https://cdn.example/a?token=2"),))
    more = post("1", media=(*same.media, Media(kind="video")))
    assert steady(same, first) == first
    assert steady(more, first) == more
