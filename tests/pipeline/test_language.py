"""Languages of short and mixed posts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language import detect_language, detect_languages


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Lowongan kerja untuk karyawan toko, gaji tiga juta rupiah", "id"),
        ("Jawatan kosong kerani di pejabat, sila hantar resume, tak perlu pengalaman", "ms"),
        ("Tuyển nhân viên, lương tháng tám triệu", "vi"),
        ("Naghahanap po kami ng kasama sa bahay", "tl"),
        ("We need a driver with a licence for our office", "en"),
        ("รับสมัครพนักงานขาย", "th"),
        ("ຮັບສະໝັກພະນັກງານ", "lo"),
        ("ជ្រើសរើសបុគ្គលិក", "km"),
        ("အလုပ်ခေါ်စာ", "my"),
        ("招聘客服，包吃住", "zh"),
        ("कंपनी में नौकरी है", "hi"),
        ("ghar baithe kaam karo, paisa milega", "hi"),
        ("직원을 모집합니다", "ko"),
        ("スタッフを募集しています", "ja"),
        ("কর্মী প্রয়োজন", "bn"),
    ],
)
def test_each_language_is_told(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize("text", ["", "   ", "0812 3456 7890", "🇰🇭💰✈️", "https://example.org/jobs"])
def test_what_holds_no_words_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Can I start at once? My sister may come too", "en"),
        ("is it safe there or not", "en"),
        ("May tumawag sa akin kanina, legit po ba ito?", "tl"),
        ("nk kerja kat sana leh ke? gaji brapa", "ms"),
        ("gajinya berapa ya kak, tempatnya di mana", "id"),
        ("can tuyen nguoi lam viec luong thang cao", "vi"),
        ("Wir suchen Fahrer für unsere Firma", "de"),
        ("Busco trabajo en una empresa de transporte", "es"),
        ("naa koy trabaho ngadto sa siyudad, unsa imong ngalan", "ceb"),
    ],
)
def test_short_chat_without_accents_or_grammar_is_told(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("text", "langs"),
    [
        ("招聘客服，包吃住，底薪八千，有经验优先\nWe are hiring now, please contact us", ("zh", "en")),
        ("Naghahanap po kami ng kasama. We are looking for somebody with experience and a licence", ("en", "tl")),
        ("Dibutuhkan kasir, gaji bagus", ("id",)),
        ("0812 3456 7890", ()),
    ],
)
def test_every_language_of_a_mixed_post_is_told_the_main_one_first(text: str, langs: tuple[str, ...]) -> None:
    assert detect_languages(text) == langs


def test_links_and_accounts_do_not_tell_a_language() -> None:
    assert detect_language("招聘 https://example.org/we-are-hiring-for-the-job @the_boss_of_us #jobs") == "zh"
    assert detect_languages("@the_boss_of_us https://example.org/this/that") == ()


def test_a_tag_without_spaces_does_not_hide_the_language() -> None:
    assert detect_language("#招聘#今天开始招人，包吃住") == "zh"


def test_english_terms_in_a_chinese_advert_do_not_make_it_english() -> None:
    assert detect_language("[Remote] Acme 诚聘 Senior Backend Engineer 工程师 薪水面议 Telegram") == "zh"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_some_language(text: str) -> None:
    assert detect_language(text)
