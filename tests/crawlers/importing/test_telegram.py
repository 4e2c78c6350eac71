import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from casefile.records import Media
from crawlers.importing.model import Options
from crawlers.importing.telegram import read_telegram

from .given import Result, read


def _message(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "type": "message", "date": "2026-07-12T22:35:10", "from": "Ayu", "text": "halo", **more}


def _chat(*messages: Any, **more: Any) -> dict[str, Any]:
    return {"name": "Loker KH", "type": "public_supergroup", "id": 4411, "messages": list(messages), **more}


def _read(export: Any, options: Options | None = None) -> Result:
    content = export if isinstance(export, str) else json.dumps(export, ensure_ascii=False, indent=1)
    return read(read_telegram, content, "result.json", options or Options(source="file_test"))


def test_a_single_chat_becomes_posts() -> None:
    export = _chat(_message(7, date_unixtime="1783895710", from_id="user4242", reply_to_message_id=5))
    (post,) = _read(export).posts
    assert (post.text, post.author, post.thread, post.native_id) == ("halo", "Ayu", "Loker KH", "4411/7")
    assert post.published == datetime.fromtimestamp(1783895710, UTC)
    assert (post.reply_to, post.author_url) == ("4411/5", "tg://user?id=4242")


def test_a_whole_account_becomes_posts_of_all_its_chats() -> None:
    other = {**_chat(_message(1, text="dua")), "id": 5522, "name": "Lain"}
    export = {
        "about": "x",
        "chats": {"about": "y", "list": [_chat(_message(1)), other]},
        "left_chats": {"list": [_chat(_message(2))]},
    }
    result = _read(export)
    assert [(post.thread, post.text, post.native_id) for post in result.posts] == [
        ("Loker KH", "halo", "4411/1"), ("Lain", "dua", "5522/1"), ("Loker KH", "halo", "4411/2"),
    ]  # fmt: skip


def test_a_text_in_parts_is_put_together_and_hidden_addresses_follow() -> None:
    parts = [
        "Lamar ",
        {"type": "bold", "text": "di"},
        " ",
        {"type": "text_link", "text": "sini", "href": "https://t.me/contoh_loker"},
    ]
    buttons = [[{"type": "url", "text": "Daftar", "data": "https://daftar.example/x"}]]
    (post,) = _read(_chat(_message(1, text=parts, inline_bot_buttons=buttons))).posts
    assert post.text == "Lamar di sini\nhttps://t.me/contoh_loker\nhttps://daftar.example/x"


def test_contacts_polls_and_places_are_text() -> None:
    contact = {"first_name": "Agen", "last_name": "", "phone_number": "+855 00 000 000"}
    poll = {"question": "Siap?", "answers": [{"text": "Ya"}, {"text": "Tidak"}]}
    place = {"latitude": 10.5, "longitude": 103.5}
    export = _chat(
        _message(1, text="", contact_information=contact),
        _message(2, text="", poll=poll),
        _message(3, text="", place_name="Kantor", location_information=place),
    )
    assert _read(export).texts == ["Agen +855 00 000 000", "Siap?\nYa\nTidak", "Kantor\n10.5, 103.5"]


def test_messages_in_a_topic_are_filed_under_it() -> None:
    export = _chat(
        {"id": 2, "type": "service", "action": "topic_created", "title": "Kamboja"},
        _message(3, reply_to_message_id=2),
        _message(4, reply_to_message_id=3),
        _message(5),
        {"id": 6, "type": "service", "action": "topic_edit", "title": "Poipet", "reply_to_message_id": 2},
        _message(7, reply_to_message_id=2),
    )
    threads = [post.thread for post in _read(export).posts]
    assert threads == ["Loker KH / Kamboja", "Loker KH / Kamboja", "Loker KH", "Loker KH / Poipet"]


def test_an_account_that_only_a_mention_names_stays_findable() -> None:
    parts = ["tanya ", {"type": "mention_name", "text": "Kak Ayu", "user_id": 4242}]
    assert _read(_chat(_message(1, text=parts))).texts == ["tanya Kak Ayu\ntg://user?id=4242"]


def test_polls_and_lists_whose_words_are_marked_are_text() -> None:
    poll = {
        "question": ["Siap ", {"type": "bold", "text": "kerja?"}],
        "answers": [{"text": [{"type": "plain", "text": "Ya"}]}],
    }
    todo = {"title": "Syarat", "items": [{"id": 1, "text": "paspor"}, {"id": 2, "text": "foto"}]}
    export = _chat(_message(1, text="", poll=poll), _message(2, text="", todo_list=todo))
    assert _read(export).texts == ["Siap kerja?\nYa", "Syarat\npaspor\nfoto"]


def test_what_telegram_wrote_is_left_out_and_counted() -> None:
    result = _read(_chat({"id": 1, "type": "service", "action": "join_group_by_link"}, _message(2)))
    assert result.texts == ["halo"]
    assert "1 line that Telegram wrote itself" in result.notes


def test_media_and_forwards_are_kept() -> None:
    export = _chat(
        _message(1, text="", photo="photos/p1.jpg", forwarded_from="Kanal Kerja"),
        _message(2, text="", file="(File not included.)", media_type="voice_message"),
        _message(3, text="", file="files/kontrak.pdf", file_name="kontrak.pdf", mime_type="application/pdf"),
    )
    posts = _read(export).posts
    assert posts[0].forwarded_from == "Kanal Kerja"
    assert [post.media for post in posts] == [
        (Media(kind="photo", name="photos/p1.jpg"),), (Media(kind="voice"),), (Media(kind="file", name="kontrak.pdf"),),
    ]  # fmt: skip


def test_an_old_export_without_unix_time_is_read_in_the_zone_that_was_told() -> None:
    told = Options(source="x", zone=ZoneInfo("Asia/Phnom_Penh"), zone_is_told=True)
    assert _read(_chat(_message(1)), told).posts[0].published == datetime(2026, 7, 12, 15, 35, 10, tzinfo=UTC)
    assert "read as UTC" in _read(_chat(_message(1))).notes


def test_half_a_file_gives_the_messages_before_the_break() -> None:
    whole = json.dumps(_chat(*(_message(number) for number in range(50))))
    result = _read(whole[: len(whole) // 2])
    assert 20 < len(result.posts) < 26
    assert "broken from there on" in result.set_aside[0].reason


def test_a_broken_message_is_set_aside_and_the_next_is_read() -> None:
    text = json.dumps(_chat(_message(1, text="AAA"), _message(2), 7)).replace('"AAA"', "AAA")
    result = _read(text)
    assert result.texts == ["halo"]
    assert [part.where for part in result.set_aside] == ["message 1 of Loker KH", "message 3 of Loker KH"]


def test_values_of_foreign_types_do_no_harm() -> None:
    strange = _message(
        1, text={"a": 1}, **{"from": 5, "date": [], "date_unixtime": "soon", "from_id": {}, "photo": None}
    )
    export = _chat(strange, _message(2, text=[3, None, {"text": 4}, {"text": "ok"}], poll=[], contact_information=7))
    assert _read(export).texts == ["", "ok"]


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(str.strip).filter(bool)


@settings(deadline=None)
@for_all(st.lists(st.tuples(st.integers(1, 2**31), _TEXT, st.integers(1, 2**32)), unique_by=lambda m: m[0], max_size=8))
def test_what_is_exported_is_read_back(messages: list[tuple[int, str, int]]) -> None:
    export = _chat(*(_message(number, text=text, date_unixtime=str(at)) for number, text, at in messages))
    told = [(post.native_id, post.text, post.published) for post in _read(export).posts]
    assert told == [(f"4411/{number}", text, datetime.fromtimestamp(at, UTC)) for number, text, at in messages]
