"""Languages of short and mixed posts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language import detect_language


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


def test_english_terms_in_a_chinese_advert_do_not_make_it_english() -> None:
    assert detect_language("[Remote] Acme 诚聘 Senior Backend Engineer 工程师 薪水面议 Telegram") == "zh"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_some_language(text: str) -> None:
    assert detect_language(text)
