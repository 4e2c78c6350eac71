import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsel import Selector

from crawlers.reading.visible import clean, visible_text


def shown(markup: str, drop: str | None = None, *, contacts: bool = False) -> str:
    return visible_text(Selector(text=f"<div id=x>{markup}</div>").css("#x")[0], drop, contacts=contacts)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Lowongan<br>Kamboja", "Lowongan\nKamboja"),
        ("<p>Việc nhẹ</p><p>lương cao</p>", "Việc nhẹ\nlương cao"),
        ("<b>สมัคร</b>งาน", "สมัครงาน"),
        ("高薪<span>招聘</span>客服", "高薪招聘客服"),
        ("<ul><li>အလုပ်</li><li>ជាង</li></ul>", "အလုပ်\nជាង"),
        ("a<script>alert(1)</script>b<style>p{}</style>c<noscript>d</noscript>e", "abce"),
        ("a<!-- never -->b", "ab"),
        ("one\n  two\t three", "one two three"),
        ("<pre>one\n two</pre>", "one\ntwo"),
        ("<table><tr><td>Gaji</td><td>10 juta</td></tr><tr><td>Kota</td></tr></table>", "Gaji 10 juta\nKota"),
        ('hubungi <img class=emoji alt="📞"> <img alt="a photo of the office">', "hubungi 📞"),
        ("a<br><br><br><br>b", "a\n\nb"),
        ("\x00a\x07b\x1f", "ab"),
    ],
)
def test_a_text_is_what_a_visitor_reads(markup: str, text: str) -> None:
    assert shown(markup) == text


def test_dropped_parts_are_left_out_and_what_follows_them_stays() -> None:
    assert shown("<blockquote>quoted</blockquote>answer<p class=sig>-- me</p>end", "blockquote, .sig") == "answer\nend"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<a href="https://wa.me/6281200000001">Chat</a> kami', "Chat kami\nhttps://wa.me/6281200000001"),
        ('<a href="tel:+85500000001">Call</a>', "Call\ntel:+85500000001"),
        ('<a href="https://t.me/hr_invented_demo">@hr_invented_demo</a>', "@hr_invented_demo"),
        ('<a href="tel:+855 00 000 001">+855-00-000-001</a>', "+855-00-000-001"),
        ('<a href="https://shop.example/wa.me">shop</a>', "shop"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
    ],
)
def test_a_contact_that_only_a_link_holds_follows_the_text(markup: str, text: str) -> None:
    assert shown(markup, contacts=True) == text


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_cleaning_is_done_after_one_time(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    assert not any(ord(c) < 32 and c != "\n" for c in clean(text))


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_any_markup_is_read_without_an_error(markup: str) -> None:
    shown(markup, contacts=True)


def test_elements_nested_beyond_all_reason_raise_nothing() -> None:
    assert visible_text(Selector(text="top" + "<div>" * 100_000 + "deep")).startswith("top")
