"""Tokens: every piece stands where it says, and any substring of a script without spaces is found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.search.tokens import folded, index_words, tokens
from tests.casefile.evidence.test_posts_json import any_text
from tests.casefile.making import a_post

UNSPACED = {
    "thai": "รับสมัครงานแอดมินที่กัมพูชาเงินเดือนดีมีที่พักฟรีน้ำกำ",
    "khmer": "ជ្រើសរើសបុគ្គលិកធ្វើការនៅប៉ោយប៉ែតប្រាក់ខែខ្ពស់",
    "burmese": "အလုပ်ခေါ်စာမြဝတီတွင်လစာကောင်းနေစရာပေးသည်",
    "lao": "ຮັບສະໝັກພະນັກງານເງິນເດືອນສູງມີທີ່ພັກ",
    "chinese": "高薪诚聘客服柬埔寨西港包吃包住〇々",
    "japanese": "カスタマーサービス募集ひらがな",
}


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def holds(inner: list[str], outer: list[str]) -> bool:
    return any(outer[at : at + len(inner)] == inner for at in range(len(outer) - len(inner) + 1))


@given(any_text)
def test_every_token_stands_where_it_says(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= last or token.end == last  # one character may be several tokens
        assert folded(text[token.start : token.end]) or token.word
        last = token.end


@given(st.sampled_from(sorted(UNSPACED)), st.data())
def test_any_substring_of_a_script_without_spaces_is_found(script: str, data: st.DataObject) -> None:
    letters = data.draw(st.text(UNSPACED[script], min_size=1, max_size=60))
    whole = [at for at in range(len(letters)) if not unicodedata.category(letters[at]).startswith("M")]
    if not whole:
        return
    start = data.draw(st.sampled_from(whole))
    end = data.draw(st.sampled_from([*(at for at in whole if at > start), len(letters)]))
    inner = words(letters[start:end])
    assert inner
    assert holds(inner, words(letters))
    assert holds(inner, words(f"job {letters} now"))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("VIỆC LÀM", "viec lam"),
        ("Đồng Nai", "dong nai"),
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "STRASSE"),
        ("café", "cafe\u0301"),
    ],
)
def test_words_are_found_without_case_width_and_accents(written: str, typed: str) -> None:
    assert words(written) == words(typed)


def test_indonesian_and_english_words_are_whole() -> None:
    assert words("Lowongan kerja, gaji $800/bln!") == ["lowongan", "kerja", "gaji", "800", "bln"]


def test_title_author_and_text_do_not_run_into_each_other() -> None:
    assert index_words(a_post(text="c d", title="a b", author=None)) == "a b _ c d"


def test_a_million_characters_are_cut_in_one_pass() -> None:
    assert sum(1 for _ in tokens("งาน job " * 125_000)) == 500_000
