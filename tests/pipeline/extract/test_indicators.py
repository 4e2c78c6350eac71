"""Warning signs, and their denial."""

from __future__ import annotations

import pytest

from casefile.records import Label, Mention
from pipeline.extract.indicators import indicators, known_indicators
from pipeline.lexicon import find_senses
from pipeline.plain import make_plain
from pipeline.reader import load_reader
from pipeline.tables import read_table


def signs(text: str) -> list[Mention]:
    return [mention for mention in load_reader().read(text, post_id="p").mentions if mention.label is Label.INDICATOR]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("tanpa pengalaman", "no-experience-no-degree"),
        ("包吃包住，机票报销，无需经验", "travel-paid-by-employer"),
        ("không cần kinh nghiệm", "no-experience-no-degree"),
        ("ไม่ต้องมีประสบการณ์", "no-experience-no-degree"),
    ],
)
def test_a_sign_is_found_in_every_language(text: str, sign: str) -> None:
    assert sign in [mention.value for mention in signs(text)]


def test_a_sign_names_the_ilos_indicator() -> None:
    [mention] = [mention for mention in signs("paspor ditahan perusahaan") if mention.value == "document-retention"]
    assert "identity documents" in str(mention.attributes["ilo"])
    assert mention.attributes["title"] and mention.attributes["weight"] == "strong"


@pytest.mark.parametrize(
    "text", ["No registration fee", "Walang placement fee", "不收中介费", "tidak ada biaya pendaftaran"]
)
def test_a_denied_sign_is_told_and_hardly_counts(text: str) -> None:
    [mention] = signs(text)
    assert mention.attributes["negated"] is True and mention.confidence < 0.5


def test_every_sign_of_the_lexicon_is_known_or_serves_another_part() -> None:
    senses = {row["sense"] for row in read_table("lexicon", ("sense",))}
    plain = {"job-title", "advert-part", "easy-money", "grey-trade"}
    assert senses <= known_indicators().keys() | plain


def test_pay_in_dollars_is_a_sign_only_where_pay_is_in_another_coin() -> None:
    assert "pay-in-usd-or-crypto" in [sign.value for sign in signs("Lowongan kerja, gaji 900 USD per bulan")]
    assert "pay-in-usd-or-crypto" not in [sign.value for sign in signs("ប្រាក់ខែ 300 USD")]


def found(text: str) -> list[Mention]:
    plain = make_plain(text)
    return list(indicators(plain, find_senses(plain, "en")))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Dibutuhkan wanita usia 20-30 tahun", "sex-asked"),
        ("Kerja kilang, lelaki sahaja", "sex-asked"),
        ("Male/female, 18 to 35 years old", "sex-asked"),
        ("tuyển nam nữ đi làm ngay", "sex-asked"),
        ("รับสมัครหญิง อายุ 20-30 ปี", "sex-asked"),
        ("男女不限，包吃住", "sex-asked"),
        ("ត្រូវការនារី អាយុ 18-25", "sex-asked"),
        ("केवल महिला, उम्र 18 से 30", "sex-asked"),
        ("must be fluent in Mandarin", "language-asked"),
        ("bisa bahasa Inggris", "language-asked"),
        ("biết tiếng Trung là lợi thế", "language-asked"),
        ("พูดภาษาจีนได้", "language-asked"),
        ("精通英语", "language-asked"),
        ("ចេះភាសាចិន", "language-asked"),
        ("တရုတ်စကားပြောတတ်သူ", "language-asked"),
        ("अंग्रेजी बोलना आता हो", "language-asked"),
        ("Hiring: customer service, Makati", "job-title-named"),
    ],
)
def test_a_fact_of_an_offer_is_told_and_warns_of_nothing(text: str, fact: str) -> None:
    [mention] = [mention for mention in found(text) if mention.value == fact]
    assert mention.attributes["weight"] == "fact" and "ilo" not in mention.attributes


@pytest.mark.parametrize(
    ("text", "outsized"),
    [
        ("ทำงานที่บ้าน รายได้วันละ 3,000 บาท", True),
        ("thu nhập 800k/ngày, làm tại nhà", True),
        ("upah 1,3jt per hari", True),
        ("ค่าแรงวันละ 450 บาท", False),
        ("lương 250k/ngày", False),
        ("Gaji 15 juta per bulan", False),
    ],
)
def test_a_days_pay_far_above_the_legal_minimum_is_a_sign_on_its_words(text: str, outsized: bool) -> None:
    told = [sign.surface for sign in signs(text) if sign.value == "outsized-pay" and sign.confidence == 0.6]
    assert bool(told) is outsized and all(any(char.isdigit() for char in surface) for surface in told)
