"""Phrases are found as whole words of their script, and their places lead back to the text."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.phrases import PhraseFinder, together
from pipeline.plain import make_plain


def found_in(text: str, *phrases: str) -> list[str]:
    plain = make_plain(text)
    finder = PhraseFinder((phrase, phrase) for phrase in phrases)
    spans = [plain.span(found.start, found.end) for found in finder.find(plain)]
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Banglore", "bang"),
        ("subang", "bang"),
        ("ตาราง", "ตาร"),
        ("เลขา", "ลข"),
        ("ကျွန်တော်", "ကျွ"),
        ("ខ្មែរ", "ខ"),
        ("नेपाली", "नेपाल"),
    ],
)
def test_part_of_a_word_is_not_found(text: str, phrase: str) -> None:
    assert found_in(text, phrase) == []


@pytest.mark.parametrize(
    ("text", "phrase", "surface"),
    [
        ("ke KAMBOJA!", "Kamboja", "KAMBOJA"),
        ("ทำงานที่ปอยเปตด่วน", "ปอยเปต", "ปอยเปต"),
        ("去 柬 埔 寨 工作", "柬埔寨", "柬 埔 寨"),
        ("မြန်မာ နိုင်ငံ မှာ", "မြန်မာနိုင်ငံ", "မြန်မာ နိုင်ငံ"),
        ("P\u200bo\u200bi\u200bpet", "Poipet", "P\u200bo\u200bi\u200bpet"),
        ("kerja diMalaysia", "Malaysia", "Malaysia"),
        ("캄보디아에서", "캄보디아", "캄보디아"),
        ("Ｍａｎｉｌａ", "Manila", "Ｍａｎｉｌａ"),
    ],
)
def test_a_phrase_is_found_however_it_is_written(text: str, phrase: str, surface: str) -> None:
    assert found_in(text, phrase) == [surface]


def test_the_longest_phrase_wins() -> None:
    assert found_in("in Ho Chi Minh City", "Ho Chi", "Ho Chi Minh City", "City") == ["Ho Chi Minh City"]


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_a_phrase_between_spaces_is_always_found(before: str, after: str) -> None:
    assert "Sihanoukville" in found_in(f"{before} \n Sihanoukville \n {after}", "sihanoukville")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_every_place_in_plain_text_leads_back(text: str) -> None:
    plain = make_plain(text)
    for at in range(len(plain.text)):
        start, end = plain.span(at, at + 1)
        assert 0 <= start < end <= len(text)


def test_finders_that_search_together_find_what_each_finds_alone() -> None:
    places = [("Ho Chi Minh City", "place"), ("City", "place")]
    words = [("in", "word"), ("Ho Chi", "word"), ("city life", "word"), ("City", "word")]
    plain = make_plain("In Ho Chi Minh City, city life")
    as_one = [together(partial(PhraseFinder, phrases)) for phrases in (places, words)]
    assert [get().find(plain) for get in as_one] == [PhraseFinder(phrases).find(plain) for phrases in (places, words)]
