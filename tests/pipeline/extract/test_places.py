"""Places are found by all their names, and what only looks like a place is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.records import Label, Mention
from pipeline.gazetteer import place_finder, places_by_id
from pipeline.reader import load_reader


def places(text: str, lang: str | None = None) -> list[Mention]:
    reading = load_reader().read(text, post_id="p", lang=lang)
    return [mention for mention in reading.mentions if mention.label is Label.LOC]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("kerja di Sihanoukville", "KH/sihanoukville"),
        ("去西港上班", "KH/sihanoukville"),
        ("ไปปอยเปต", "KH/poipet"),
        ("làm ở Mộc Bài", "VN/moc-bai"),
        ("မြဝတီမှာ", "MM/myawaddy"),
        ("នៅភ្នំពេញ", "KH/phnom-penh"),
        ("म्यांमार में नौकरी", "MM"),
        ("ໄປລາວ", "LA"),
        ("캄보디아에서 일", "KH"),
        ("kerja ke 🇰🇭 segera", "KH"),
        ("trabaho sa KAMBODYA o sa Cambodia", "KH"),
        ("KK Park hiring", "MM/kk-park"),
        ("office in Dubai", "AE/dubai"),
    ],
)
def test_a_place_is_found_in_every_script(text: str, value: str) -> None:
    assert value in [mention.value for mention in places(text)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("bisa bahasa Indonesia dan bahasa Inggris", "id"),
        ("tiếng Nhật giao tiếp", "vi"),
        ("会越南语优先", "zh"),
        ("ภาษาจีน", "th"),
        ("anak saya hilang", "id"),
        ("kirim surat lamaran", "id"),
        ("lagi cari kerja", "id"),
        ("ออนไลน์", "th"),
        ("中国公司诚聘", "zh"),
        ("The job is nice, tak takut", "en"),
        ("J-Shan will call you", "en"),
        ("ditipu sindiket Macau Scam", "ms"),
        ("naik KH Contoh", "id"),
        ("harga kota dan laut", "id"),
    ],
)
def test_what_is_no_place_is_left_alone(text: str, lang: str) -> None:
    assert [mention.surface for mention in places(text, lang) if mention.value != "CN"] == []


def test_a_place_tells_where_it_lies() -> None:
    [mention] = places("Interview in Phnom Penh")
    assert mention.attributes["country"] == "KH"
    assert mention.attributes["name"] == "Phnom Penh"
    assert 11 < float(str(mention.attributes["lat"])) < 12
    assert mention.attributes["kind"] == "town"


def test_the_company_around_decides_between_namesakes() -> None:
    assert places("Kerja di JB, Malaysia", "ms")[0].value == "MY/johor-bahru"
    assert places("招聘 JB 客服", "zh")[0].value == "KH/phnom-penh"


def test_the_word_for_town_or_province_belongs_to_the_name() -> None:
    assert [mention.surface for mention in places("ทำงาน จ.ชลบุรี", "th")] == ["จ.ชลบุรี"]
    assert [mention.surface for mention in places("di Kabupaten Pacitan", "id")] == ["Kabupaten Pacitan"]


def test_two_readings_of_a_place_have_one_id() -> None:
    values = {places(text)[0].attributes["place_id"] for text in ("di Phnom Penh", "在金边", "នៅភ្នំពេញ")}
    assert len(values) == 1


def test_every_alias_of_ours_leads_to_a_place_we_know() -> None:
    from pipeline.tables import read_table

    known = places_by_id()
    rows = read_table("place_aliases", ("alias", "place", "when", "langs"))
    assert [row["alias"] for row in rows if row["place"] not in known and row["when"] != "never"] == []
    assert {row["when"] for row in rows} <= {"any", "capital", "capitals", "alone", "never"}


def test_every_place_has_a_country_of_two_letters() -> None:
    assert place_finder() is place_finder()
    assert all(len(place.country) == 2 and place.country.isupper() for place in places_by_id().values())


@pytest.mark.parametrize(
    ("text", "lang", "surface", "value"),
    [
        ("kerja di bali", "id", "bali", "ID/bali"),
        ("Penempatan Bekasi Selatan", "id", "Bekasi Selatan", "ID/bekasi-selatan"),
        ("地点：金边市中心", "zh", "金边市中心", "KH/phnom-penh"),
        ("from United Arab Emirates (UAE) to", "en", "United Arab Emirates (UAE)", "AE"),
        ("老家广东省", "zh", "广东省", "CN/guangdong"),
        ("कुमाऊँ, उत्तर प्रदेश में", "hi", "उत्तर प्रदेश", "IN/uttar-pradesh"),
        ("ไปอำเภอพานทอง", "th", "อำเภอพานทอง", "TH/phan-thong"),
        ("kerja di Sihanukville", "id", "Sihanukville", "KH/sihanoukville"),
    ],
)
def test_a_name_is_cut_as_careful_readers_do(text: str, lang: str, surface: str, value: str) -> None:
    found = {mention.surface: mention.value for mention in places(text, lang) if mention.extractor == "places"}
    assert found.get(surface, "") == value


def test_a_street_and_a_quarter_are_where_the_known_places_around_are() -> None:
    found = {mention.surface: mention.value for mention in places("Elysee Building, Diamond Island, Phnom Penh", "en")}
    assert found["Elysee Building"] == "KH/elysee-building"
    assert "Legok" in {mention.surface for mention in places("Penempatan kerja di Legok, Kab. Tangerang", "id")}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("သို့သော် ကန်သာယာကုန်းရွာသည် ဝေးသည်", "ကန်သာယာကုန်းရွာ"),
        ("၂၀၁၄ခုနှစ်တွင်ကန်သာယာကုန်းကျေးရွာအုပ်စု၌", "ကန်သာယာကုန်းကျေးရွာအုပ်စု"),
        ("ကိုးကန့်ကိုယ်ပိုင်အုပ်ချုပ်ခွင့်ရဒေသ၌", "ကိုးကန့်ကိုယ်ပိုင်အုပ်ချုပ်ခွင့်ရဒေသ"),
        ("ရန်ကုန်၏", "ရန်ကုန်"),
    ],
)
def test_a_burmese_place_ends_before_a_particle_and_begins_behind_one(text: str, surface: str) -> None:
    assert surface in {mention.surface for mention in places(text, "my")}


def test_a_text_that_is_a_town_and_its_region_is_one_place() -> None:
    assert [(mention.surface, mention.value) for mention in places("Jolo, Sulu", "tl")] == [("Jolo, Sulu", "PH/jolo")]
    assert len(places("sa Jolo, Sulu", "tl")) == 2


@given(
    st.text(
        alphabet=st.sampled_from([*"aAb ,.-\n", "ม", "ี", "က", "်", "金", "边", "市", "🇰", "🇭", "\u200b"]), max_size=30
    )
)
def test_a_place_in_any_surroundings_is_cut_out_of_the_text(around: str) -> None:
    text = f"{around} di Poipet, Legok, Kamboja {around}"
    for mention in places(text, "id"):
        assert text[mention.start : mention.end] == mention.surface
        assert mention.surface.strip() == mention.surface
