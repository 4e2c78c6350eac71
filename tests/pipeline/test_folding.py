"""Folding shows what disguised text says, and always finds the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folding import fold

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]), max_size=300)


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("๐๘๑", "081"),
        ("០៩២", "092"),
        ("၀၉၁", "091"),
        ("ဝ၉ဝ၁", "0901"),  # the letter WA for zero
        ("໐໒໐", "020"),
        ("०९८", "098"),
        ("০১৭", "017"),
        ("０８１", "081"),
        ("①⓪❷", "102"),
        ("0️⃣8️⃣1️⃣", "081"),
        ("𝟎𝟖𝟏", "081"),
        ("0\u200b8\u20601", "081"),
        ("0\u0337\u03388\u03321", "081"),
        ("ＷｈａｔｓＡｐｐ", "WhatsApp"),
        ("𝐖𝐡𝐚𝐭𝐬", "Whats"),
        ("🅆🄰 🅦🅰", "WA WA"),
        ("ᴛᴇʟᴇ", "TELE"),
        ("15–20 − 3", "15-20 - 3"),
        ("a\u00a0b\u3000c", "a b c"),
        ("khoˆng", "khoˆng"),
        ("kh\u006f\u0302ng", "không"),
        ("vie\u0323\u0302c", "việc"),
        ("ทำงาน ຄຳ", "ทำงาน ຄຳ"),
        ("ဝန်ထမ်း", "ဝန်ထမ်း"),
    ],
)
def test_disguised_text_is_folded_to_what_it_says(disguised: str, plain: str) -> None:
    assert fold(disguised).text == plain


def test_a_keycap_digit_spans_all_its_parts() -> None:
    text = "☎ 0️⃣8️⃣ x"
    folded = fold(text)
    start, end = folded.span(2, 4)
    assert text[start:end] == "0️⃣8️⃣"


def test_an_invisible_character_after_the_span_is_left_out() -> None:
    folded = fold("a\u200b12\u200bb")
    assert folded.text == "a12b"
    assert folded.span(1, 3) == (2, 4)


@given(ANY_TEXT)
def test_every_span_lies_in_the_text_and_spans_keep_their_order(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(ANY_TEXT)
def test_what_a_span_shows_folds_to_the_same_text(text: str) -> None:
    folded = fold(text)
    for i, char in enumerate(folded.text):
        start, end = folded.span(i, i + 1)
        assert char in fold(text[start:end]).text or char == "0" or unicodedata.combining(text[end - 1])


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert fold(text).text == text


@given(ANY_TEXT)
def test_an_empty_span_stays_empty(text: str) -> None:
    folded = fold(text)
    for at in (0, len(folded.text)):
        start, end = folded.span(at, at)
        assert start == end <= len(text)
