import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from casefile.records import Media
from crawlers.importing.downloads import mend, read_download

from .given import Result, read

AT = 1783895710
MOMENT = datetime(2026, 7, 12, 22, 35, 10, tzinfo=UTC)


def _broken(text: str) -> str:
    """A text as Facebook writes it: each byte of its UTF-8 as a letter."""
    return text.encode().decode("latin-1")


def _read(download: Any) -> Result:
    return read(read_download, json.dumps(download), "posts.json")


def test_a_post_of_facebook_is_mended_and_its_link_stays_findable() -> None:
    post = {
        "timestamp": AT,
        "title": _broken("Ayu posted in Loker KH – Kamboja."),
        "data": [{"post": _broken("Tuyển dụng việc nhẹ lương cao 💰 รับสมัคร")}, {"update_timestamp": AT}],
        "attachments": [
            {"data": [{"external_context": {"url": "https://t.me/contoh_loker"}}]},
            {"data": [{"media": {"uri": "photos_and_videos/a.jpg", "description": "x"}}]},
        ],
    }
    (found,) = _read([post]).posts
    assert found.text == "Tuyển dụng việc nhẹ lương cao 💰 รับสมัคร\nhttps://t.me/contoh_loker"
    assert (found.author, found.thread, found.published) == ("Ayu", "Loker KH – Kamboja", MOMENT)
    assert found.media == (Media(kind="photo", name="photos_and_videos/a.jpg"),)


def test_group_posts_and_comments_are_posts() -> None:
    comment = {"timestamp": AT, "comment": "berapa gajinya?", "author": "Budi", "group": "Loker KH"}
    posts = _read({"group_posts_v2": [{"timestamp": AT, "data": [{"post": "loker admin"}]}]}).posts
    comments = _read({"comments_v2": [{"timestamp": AT, "title": "x", "data": [{"comment": comment}]}]}).posts
    assert [post.text for post in posts] == ["loker admin"]
    assert [(post.text, post.author, post.thread) for post in comments] == [("berapa gajinya?", "Budi", "Loker KH")]


def test_a_chat_is_named_by_what_stands_behind_its_messages() -> None:
    messages = [
        {"sender_name": _broken("Trần"), "timestamp_ms": AT * 1000, "content": _broken("việc nhẹ"), "type": "Generic"},
        {"sender_name": "Ayu", "timestamp_ms": AT * 1000, "photos": [{"uri": "messages/photos/1.jpg"}]},
        {"sender_name": "Ayu", "timestamp_ms": AT * 1000, "content": "lihat", "share": {"link": "https://wa.me/6281200000001"}},
        {"sender_name": "Ayu", "timestamp_ms": AT * 1000, "content": "gone", "is_unsent": True},
    ]  # fmt: skip
    result = _read({"participants": [{"name": "Ayu"}], "messages": messages, "title": _broken("Kerja Tết")})
    assert [(post.author, post.text, post.thread) for post in result.posts] == [
        ("Trần", "việc nhẹ", "Kerja Tết"),
        ("Ayu", "", "Kerja Tết"),
        ("Ayu", "lihat\nhttps://wa.me/6281200000001", "Kerja Tết"),
    ]
    assert result.posts[1].media == (Media(kind="photo", name="messages/photos/1.jpg"),)
    assert "1 message that its author had deleted" in result.notes


def test_posts_stories_and_comments_of_instagram_are_posts() -> None:
    picture = {"uri": "media/posts/a.jpg", "creation_timestamp": AT, "title": _broken("Lowongan 🇰🇭")}
    video = {"uri": "media/stories/b.mp4", "creation_timestamp": AT, "title": ""}
    assert [(p.text, p.published) for p in _read([{"media": [picture]}]).posts] == [("Lowongan 🇰🇭", MOMENT)]
    assert _read([{"title": "dua", "creation_timestamp": AT, "media": [video, video]}]).texts == ["dua"]
    assert _read({"ig_stories": [video]}).posts[0].media == (Media(kind="video", name="media/stories/b.mp4"),)


@pytest.mark.parametrize("names", [("Comment", "Media Owner", "Time"), ("Komentar", "Pemilik Media", "Waktu")])
def test_a_comment_on_instagram_is_read_in_every_language_of_its_names(names: tuple[str, str, str]) -> None:
    told = dict(zip(names, ({"value": "minat kak"}, {"value": "agen_contoh"}, {"timestamp": AT}), strict=True))
    for download in ([{"string_map_data": told}], {"comments_media_comments": [{"string_map_data": told}]}):
        (post,) = _read(download).posts
        assert (post.text, post.thread, post.published) == ("minat kak", "agen_contoh", MOMENT)


def test_an_entry_without_words_is_counted_and_a_cut_file_is_read_to_the_cut() -> None:
    assert "2 parts without text or media" in _read([{"timestamp": AT}] * 2).notes
    whole = json.dumps([{"timestamp": AT, "data": [{"post": f"loker {number}"}]} for number in range(50)])
    result = read(read_download, whole[: len(whole) // 2], "posts.json")
    assert 20 < len(result.posts) < 26
    assert "broken from there on" in result.set_aside[0].reason


def test_values_of_foreign_types_do_no_harm() -> None:
    strange = {"timestamp": [], "data": [7, {"post": {}}, {"post": "ok"}], "attachments": {"data": 1}, "title": 5}
    result = _read([strange, 7, {"sender_name": None, "content": ["a"]}, {"string_map_data": {"a": 1}}])
    assert result.texts == ["ok"]


def test_two_like_posts_stay_two_and_keep_their_ids() -> None:
    entry = {"timestamp": AT, "data": [{"post": "loker"}]}
    first, second = _read([entry, entry]).posts
    assert first.id != second.id
    assert [post.id for post in _read([entry, entry, entry]).posts[:2]] == [first.id, second.id]


@settings(deadline=None)
@for_all(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back_from_its_broken_form(text: str) -> None:
    assert mend(_broken(text)) == text


@settings(deadline=None)
@for_all(st.text(st.characters(min_codepoint=0x100, exclude_categories=["Cs"]), min_size=1))
def test_a_text_that_is_whole_is_left_alone(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize("timestamp", [10**400, 1e308, -1, "soon", True])
def test_a_time_that_is_none_leaves_the_post_without_one(timestamp: Any) -> None:
    (post,) = _read([{"timestamp": timestamp, "data": [{"post": "loker admin"}]}]).posts
    assert (post.text, post.published) == ("loker admin", None)
