from datetime import UTC, datetime

import pytest

from casefile.records import Media
from crawlers.importing.pages import read_html

from .given import Result, read


def _block(head: str, text: str, time: str) -> str:
    return (
        f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{head}</h2>'
        f'<div class="_3-95 _a6-p"><div>{text}</div><ul class="_a6-q"><li>Budi liked</li></ul></div>'
        f'<div class="_3-94 _a6-o"><div class="_a72d">{time}</div></div></div>'
    )


def _old_block(sender: str, text: str, time: str) -> str:
    return (
        f'<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">{sender}</div>'
        f'<div class="_3-96 _2let"><div>{text}</div></div><div class="_3-94 _2lem">{time}</div></div>'
    )


def _read(*blocks: str, title: str = "Loker KH") -> Result:
    return read(read_html, f"<html><head><title>{title}</title></head><body>{''.join(blocks)}</body></html>", "m.html")


@pytest.mark.parametrize("block", [_block, _old_block])
def test_a_chat_is_read_message_by_message(block: object) -> None:
    assert callable(block)
    times = ("Jul 12, 2026, 10:35 PM", "Jul 12, 2026, 10:36 PM", "Jul 12, 2026, 10:37 PM")
    said = (("Ayu", "butuh admin"), ("Budi", "berapa?"), ("Ayu", "800 USD"))
    result = _read(*(block(author, text, time) for (author, text), time in zip(said, times, strict=True)))
    assert [(post.author, post.text) for post in result.posts] == list(said)
    assert (result.posts[0].thread, result.posts[0].published) == (
        "Loker KH",
        datetime(2026, 7, 12, 22, 35, tzinfo=UTC),
    )


def test_posts_in_groups_tell_who_wrote_and_where() -> None:
    (post,) = _read(_block("Ayu posted in Kerja Luar Negeri.", "loker admin", "Jul 12, 2026, 10:35 PM")).posts
    assert (post.author, post.thread, post.text) == ("Ayu", "Kerja Luar Negeri", "loker admin")


def test_a_caption_of_instagram_is_the_text_of_its_picture() -> None:
    blocks = [
        _block(f"Lowongan {number} Kamboja", '<img src="media/posts/a.jpg">', "Jul 12, 2026 10:35 pm").replace(
            '<ul class="_a6-q"><li>Budi liked</li></ul>', ""
        )
        for number in range(3)
    ]
    posts = _read(*blocks).posts
    assert [post.text for post in posts] == ["Lowongan 0 Kamboja", "Lowongan 1 Kamboja", "Lowongan 2 Kamboja"]
    assert posts[0].media == (Media(kind="photo", name="media/posts/a.jpg"),)
