"""Pay is read with amount, currency and period; other money is left alone."""

from __future__ import annotations

import pytest

from pipeline.extract.salaries import salaries
from tests.pipeline.extract.reading import read, values

Pay = tuple[float | None, float | None, str | None, str | None]


@pytest.mark.parametrize(
    ("text", "lang", "pay"),
    [
        ("Gaji 10jt", "id", (10_000_000, 10_000_000, "IDR", "month")),
        ("gaji 15-20 juta per bulan", "id", (15_000_000, 20_000_000, "IDR", "month")),
        ("Gaji Rp4,400.000", "id", (4_400_000, 4_400_000, "IDR", "month")),
        ("fee 175rb – 1,3jt per hari", "id", (175_000, 1_300_000, "IDR", "day")),
        ("gaji 7 000 000 rupiah", "id", (7_000_000, 7_000_000, "IDR", "month")),
        ("gaji sampai 12 juta", "id", (None, 12_000_000, "IDR", "month")),
        ("Gaji Rp 5 - 8 Juta / Bulan", "id", (5_000_000, 8_000_000, "IDR", "month")),
        ("GAJI Rp. 3.500.000,-", "id", (3_500_000, 3_500_000, "IDR", "month")),
        ("Gaji 7.000.000 s.d 10.000.000", "id", (7_000_000, 10_000_000, "IDR", "month")),
        ("RM10/jam", "ms", (10, 10, "MYR", "hour")),
        ("gaji bermula RM2000 ke atas", "ms", (2000, None, "MYR", "month")),
        ("P645/day", "tl", (645, 645, "PHP", "day")),
        ("P25,000.00 basic pay", "tl", (25_000, 25_000, "PHP", None)),
        ("lương 7tr5", "vi", (7_500_000, 7_500_000, "VND", "month")),
        ("thu nhập 1-3 triệu 1 ngày", "vi", (1_000_000, 3_000_000, "VND", "day")),
        ("ค่าแรง 350 บ./วัน", "th", (350, 350, "THB", "day")),
        ("เงินเดือนสูงสุด 30,000 บาท", "th", (None, 30_000, "THB", "month")),
        ("薪资15-25K·14薪", "zh", (15_000, 25_000, "CNY", "month")),
        ("底薪6000+提成", "zh", (6000, 6000, "CNY", "month")),
        ("年薪30-50万", "zh", (300_000, 500_000, "CNY", "year")),
        ("月薪2.5万泰铢", "zh", (25_000, 25_000, "THB", "month")),
        ("ប្រាក់ខែចាប់ពី 300$ ឡើង", "km", (300, None, "USD", "month")),
        ("ប្រាក់ខែ 1,200,000 រៀល", "km", (1_200_000, 1_200_000, "KHR", "month")),
        ("လစာ သိန်း ၂၀", "my", (2_000_000, 2_000_000, "MMK", "month")),
        ("လစာ (၄) သိန်း", "my", (400_000, 400_000, "MMK", "month")),
        ("လစာ ဘတ် ၁၂၀၀၀", "my", (12_000, 12_000, "THB", "month")),
        ("Rs. 25,000/- per month", "hi", (25_000, 25_000, "INR", "month")),
        ("earn between $500 and $1000 per week", "en", (500, 1000, "USD", "week")),
        ("annual salary $68,000", "en", (68_000, 68_000, "USD", "year")),
        ("gaji RM2500", "ms", (2500, 2500, "MYR", "month")),
        ("sahod 25,000 - 30,000 pesos", "tl", (25_000, 30_000, "PHP", "month")),
        ("₱40k monthly", "tl", (40_000, 40_000, "PHP", "month")),
        ("salary $800-1200", "en", (800, 1200, "USD", "month")),
        ("up to $1500 per month", "en", (None, 1500, "USD", "month")),
        ("from $900/month", "en", (900, None, "USD", "month")),
        ("$1,500+ USD monthly", "en", (1500, None, "USD", "month")),
        ("$8.50 an hour", "en", (8.5, 8.5, "USD", "hour")),
        ("25k baht per month", "en", (25_000, 25_000, "THB", "month")),
        ("lương 3 vạn tệ", "vi", (30_000, 30_000, "CNY", "month")),
        ("lương 15tr/tháng", "vi", (15_000_000, 15_000_000, "VND", "month")),
        ("lương mỗi ngày ít nhất 500k", "vi", (500_000, None, "VND", "day")),
        ("lương cứng 700-1000$ + hoa hồng", "vi", (700, 1000, "USD", "month")),
        ("รายได้วันละ 500 บาท", "th", (500, 500, "THB", "day")),
        ("เงินเดือน 3 หมื่นบาท", "th", (30_000, 30_000, "THB", "month")),
        ("เงินเดือน ๑๕,๐๐๐ บาท", "th", (15_000, 15_000, "THB", "month")),
        ("8K底薪+提成", "zh", (8000, 8000, "CNY", "month")),
        ("底薪8K-1.2W", "zh", (8000, 12_000, "CNY", "month")),
        ("月薪两万起", "zh", (20_000, None, "CNY", "month")),
        ("工资1万5", "zh", (15_000, 15_000, "CNY", "month")),
        ("日薪500-800元", "zh", (500, 800, "CNY", "day")),
        ("4000U/月", "zh", (4000, 4000, "USDT", "month")),
        ("薪水 5000-7000美金", "zh", (5000, 7000, "USD", "month")),
        ("ប្រាក់ខែ 500-800 ដុល្លារ", "km", (500, 800, "USD", "month")),
        ("លុយខែ ៦០០$", "km", (600, 600, "USD", "month")),
        ("လစာ ၁၅ သိန်း", "my", (1_500_000, 1_500_000, "MMK", "month")),
        ("वेतन 1.5 लाख", "hi", (150_000, 150_000, "INR", "month")),
        ("सैलरी ₹25,000 प्रति माह", "hi", (25_000, 25_000, "INR", "month")),
        ("earn 2,06,000 rupees a year", "hi", (206_000, 206_000, "INR", "year")),
    ],
)
def test_pay_is_read_with_amount_currency_and_period(text: str, lang: str, pay: Pay) -> None:
    (mention,) = read(salaries, text, lang)
    attributes = mention.attributes
    assert tuple(attributes[name] for name in ("amount_min", "amount_max", "currency", "period")) == pay


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("deposit 50000 rupiah", "id"),
        ("biaya 5 juta", "id"),
        ("diskon 50%", "id"),
        ("25 orang, usia 18-35", "id"),
        ("475 tahun", "id"),
        ("tahun 2019-2020", "id"),
        ("a ransom of $20,000", "en"),
        ("revenue of RM750 million a year", "en"),
        ("increased from 106 to 146 items", "en"),
        ("on its 100th birthday", "en"),
        ("ค่าปรับ 50,000 บาท", "th"),
        ("มีรายได้ ปี 2561", "th"),
        ("西元1273年", "zh"),
        ("赎金20万", "zh"),
        ("chuộc 100 triệu", "vi"),
        ("WA 081200001101", "id"),
        ("https://demo.example/gaji/5000000", "id"),
    ],
)
def test_other_money_and_other_numbers_are_left_alone(text: str, lang: str) -> None:
    assert values(salaries, text, lang) == []


def test_the_surface_holds_currency_and_period() -> None:
    (mention,) = read(salaries, "Gaji: Rp 5.000.000 / bulan, bonus", "id")
    assert mention.surface == "Rp 5.000.000 / bulan"


def test_the_country_of_a_number_tells_the_currency_of_an_english_post() -> None:
    (mention,) = read(salaries, "earn 8000-20000/day, wa.me/919000004401", "en")
    assert mention.attributes["currency"] == "INR"


def test_a_currency_between_two_numbers_belongs_to_the_first() -> None:
    assert [mention.surface for mention in read(salaries, "薪水 40k-50k RMB 18薪资", "zh")] == ["40k-50k RMB"]


def test_a_currency_that_nothing_tells_stays_open() -> None:
    (mention,) = read(salaries, "salary 3000-8000 daily", "en")
    assert mention.attributes["currency"] is None
