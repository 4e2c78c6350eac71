"""Telephone numbers are found however they are written, and nothing else is taken for one. All numbers are invented."""

from __future__ import annotations

import pytest

from pipeline.extract.phones import phones
from tests.pipeline.extract.reading import read, values


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        # plain layouts
        ("WA 0812-0000-1101", "id", "+6281200001101"),
        ("No 012-000 1106 (Ali)", "ms", "+60120001106"),
        ("text 0917 000 1105", "tl", "+639170001105"),
        ("LH 0900.003.301", "vi", "+84900003301"),
        ("โทร 081-000-1102", "th", "+66810001102"),
        ("ទូរស័ព្ទ 012 000 103", "km", "+85512000103"),
        ("ဖုန်း 09 420 000 104", "my", "+959420000104"),
        ("फोन 90000 04401", "hi", "+919000004401"),
        ("手机 138 0000 9905", "zh", "+8613800009905"),
        ("6281200001101", "id", "+6281200001101"),
        ("+62 (812) 0000-1101", "en", "+6281200001101"),
        ("(+84) 900 003 301", "vi", "+84900003301"),
        ("+84(0)900003301", "vi", "+84900003301"),
        ("0062 812 0000 1101", "en", "+6281200001101"),
        ("(021) 5000 0705", "id", "+622150000705"),
        ("HP081200001101", "id", "+6281200001101"),
        ("081200001101Budi", "id", "+6281200001101"),
        ("855 12 000 103 telegram", "en", "+85512000103"),
        # digits of other scripts
        ("โทร ๐๘๑-๐๐๐-๑๑๐๒", "th", "+66810001102"),
        ("ទូរស័ព្ទ ០១២ ០០០ ១០៣", "km", "+85512000103"),
        ("ဖုန်း ၀၉-၄၂၀၀၀၀၁၀၄", "my", "+959420000104"),
        ("ဖုန်း ဝ၉ ၄၂ဝဝဝဝ၁ဝ၄", "my", "+959420000104"),
        ("फोन ९००००४४०१०", "hi", "+919000044010"),
        ("কল ০১৭০০০০০১০৭", "bn", "+8801700000107"),
        ("手机：１３８００００９９０５", "zh", "+8613800009905"),
        ("📞0️⃣8️⃣1️⃣2️⃣0️⃣0️⃣0️⃣0️⃣1️⃣1️⃣0️⃣1️⃣", "id", "+6281200001101"),
        ("WA ⓪⑧①②⓪⓪⓪⓪①①⓪①", "id", "+6281200001101"),
        # letters for digits
        ("Hub: O812 OOOO 11Ol", "id", "+6281200001101"),
        ("wa O8l2OOOOllOl", "id", "+6281200001101"),
        ("lh o9oo oo3 3o1", "vi", "+84900003301"),
        # digits as words
        ("nol delapan satu dua nol nol nol nol satu satu nol satu", "id", "+6281200001101"),
        ("kosong lapan satu dua 0000 1101", "id", "+6281200001101"),
        ("call zero nine one seven zero zero zero one one zero five", "tl", "+639170001105"),
        ("zalo không chín không không không không ba ba không một", "vi", "+84900003301"),
        ("โทร ศูนย์แปดหนึ่ง ศูนย์ศูนย์ศูนย์ หนึ่งหนึ่งศูนย์สอง", "th", "+66810001102"),
        ("电话一三八零零零零九九零五", "zh", "+8613800009905"),
        # split
        ("08🌸12🌸0000🌸1101 wa", "id", "+6281200001101"),
        ("0812\u200b0000\u200b1101", "id", "+6281200001101"),
        ("081*200*00*1101", "id", "+6281200001101"),
        ("ทักมา 0 8 1 0 0 0 1 1 0 2 ค่ะ", "th", "+66810001102"),
        ("hubungi 0812.0000.\n1101", "id", "+6281200001101"),
        ("liên hệ 090 . 000 . 330 . 1 gặp Lan", "vi", "+84900003301"),
        ("chat zalo.me/0900003301 to apply", "en", "+84900003301"),
        ("WA:\n0812 0000\n1101", "id", "+6281200001101"),
        ("0812 (hapus spasi) 0000 (ini) 1101 wa", "id", "+6281200001101"),
        ("wa 0812 lalu 0000 lalu 1101", "id", "+6281200001101"),
        # links
        ("https://wa.me/6281200001101", "id", "+6281200001101"),
        ("https://api.whatsapp.com/send?phone=6281200001101&text=hi", "id", "+6281200001101"),
        ("https//wa.me//6281200001101", "id", "+6281200001101"),
        ("t.me/+85512000103", "en", "+85512000103"),
        ("zalo.me/0900003301", "vi", "+84900003301"),
        ('<a href="tel:+66810001102">', "th", "+66810001102"),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, lang: str, number: str) -> None:
    assert [mention.value for mention in read(phones, text, lang)] == [number]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Order no. 081200001101", "id"),
        ("No. Rekening BCA 0812000011 a.n. Budi", "id"),
        ("NIK 3201012304950001", "id"),
        ("Gaji 10.000.000 - 15.000.000", "id"),
        ("12/05/2024 08:30 - 17:00", "id"),
        ("2024-05-12", "en"),
        ("08.30-17.00 น.", "th"),
        ("13.7563, 100.5018", "th"),
        ("-6.2088, 106.8456", "id"),
        ("เลขที่ใบอนุญาต 0105500000000", "th"),
        ("tracking 0812000011012", "id"),
        ("md5 0812000011abcdef0812345678abcdef", "id"),
        ("https://forum.example/status/0812000011012", "id"),
        ("tahun 2019-2020 dan 2021-2022", "id"),
        ("กรุงเทพ 10110 20160", "th"),
        ("订单号 13800009905", "zh"),
        ("身份证 440301199001011234", "zh"),
        ("15000-20000 บาท", "th"),
        ("12345678", "en"),
        ("ISBN 978-602-03-1234-5", "id"),
        ("SIUP No. 0812/3456/7890", "id"),
        ("QQ 123456789", "zh"),
        ("mã số thuế 0312345678", "vi"),
        ("stk 0900003301 vietcombank", "vi"),
        ("0.0812345678", "en"),
        ("umur 18-35 tahun, tinggi 160 cm", "id"),
        ("88 88 88 88 88 88", "id"),
        ("hubungi +62812****101", "id"),
        ("wx:mm_168", "zh"),
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str, lang: str) -> None:
    assert read(phones, text, lang) == []


def test_a_number_without_country_is_kept_raw_with_what_it_may_be() -> None:
    (mention,) = read(phones, "call 09170001105", "en")
    assert mention.value == "raw:09170001105"
    assert "+639170001105" in str(mention.attributes["candidates"]).split("|")
    assert "region" not in mention.attributes


def test_the_way_of_grouping_digits_tells_between_two_countries() -> None:
    text = "电话 020 8000 0701"
    assert [mention.value for mention in read(phones, text, "zh", ("VN",))] == ["+862080000701"]


def test_a_currency_tells_the_country_of_an_english_post() -> None:
    text = "RM 2,300 monthly. Call 03-2000 7703"
    assert [mention.value for mention in read(phones, text, "en")] == ["+60320007703"]


@pytest.mark.parametrize(
    ("text", "lang", "digits"),
    [
        ("สายด่วน 1300", "th", "1300"),
        ("hotline 111", "vi", "111"),
        ("拨打110报警", "zh", "110"),
        ("hubungi 110", "id", "110"),
    ],
)
def test_a_public_short_number_is_found_behind_a_hotlines_word(text: str, lang: str, digits: str) -> None:
    (mention,) = read(phones, text, lang)
    assert (mention.value, mention.attributes["kind"]) == (digits, "short code")


@pytest.mark.parametrize(
    ("text", "lang", "numbers"),
    [
        ("0900003301/0900003302", "vi", ["+84900003301", "+84900003302"]),
        ("SĐT: 0900.003.301 - 0900.003.302", "vi", ["+84900003301", "+84900003302"]),
        ("WA 0812-0000-1101 (Bu Rina) atau 0813.0000.1102", "id", ["+6281200001101", "+6281300001102"]),
        ("CP:\n0812-0000-1101 (Budi)\n0813-0000-1102 (Sari)", "id", ["+6281200001101", "+6281300001102"]),
        ("1. 0812-0000-1101\n2. 0813-0000-1102", "id", ["+6281200001101", "+6281300001102"]),
        ("Call/WA : +62 812 0000 1101 / +855 12 000 103", "id", ["+6281200001101", "+85512000103"]),
        ("09170001105 or 09180001106", "tl", ["+639170001105", "+639180001106"]),
        ("ဖုန်း-၀၉၄၂၀၀၀၀၁၀၄၊ ၀၉၄၂၀၀၀၀၁၀၅", "my", ["+959420000104", "+959420000105"]),
        ("Tel: 012 000 103 / 098 000 104", "km", ["+85512000103", "+85598000104"]),
    ],
)
def test_several_numbers_in_a_row_stay_apart(text: str, lang: str, numbers: list[str]) -> None:
    assert [mention.value for mention in read(phones, text, lang)] == numbers


def test_the_surface_holds_all_of_the_number_and_no_more() -> None:
    (mention,) = read(phones, "wa: [+62 812-0000-1101].", "id")
    assert mention.surface == "+62 812-0000-1101"


def test_a_bare_number_is_believed_less_than_one_in_a_link() -> None:
    (linked,) = read(phones, "wa.me/6281200001101", "id")
    (bare,) = read(phones, "081200001101", "id")
    assert linked.confidence > bare.confidence


@pytest.mark.parametrize("text", ["Ms. Contoh +65 8000 0195", "tanya ibu di +95 9 000 08738"])
def test_a_plus_with_a_calling_code_needs_no_word_before(text: str) -> None:
    assert [mention.value for mention in read(phones, text)] == ["+" + "".join(filter(str.isdecimal, text))]


@pytest.mark.parametrize("text", ["gaji pokok +100.000.000", "bonus +60,000,000", "+ 500 000 000 vnd"])
def test_an_amount_with_a_plus_is_no_number(text: str) -> None:
    assert read(phones, text) == []


def test_letters_for_zeros_are_no_host() -> None:
    assert values(phones, "Tel: O9OO.OOO.397", "vi") == ["+84900000397"]


def test_what_a_picture_is_sent_to_is_a_number() -> None:
    assert values(phones, "send passport pic to 0917 000 1494", "tl") == ["+639170001494"]
    assert values(phones, "passport no 0917 000 1494", "tl") == []
