"""Organisations by form, kind and fame."""

from __future__ import annotations

import pytest

from casefile.records import Label, Mention
from pipeline.reader import load_reader


def orgs(text: str) -> list[Mention]:
    return [mention for mention in load_reader().read(text, post_id="p").mentions if mention.label is Label.ORG]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lowongan di PT. Maju Contoh Sejahtera untuk operator", "PT. Maju Contoh Sejahtera"),
        ("Kerja kosong di Contoh Maju (Malaysia) Sdn. Bhd. bulan ini", "Contoh Maju (Malaysia) Sdn. Bhd."),
        ("Apply to Sample River Trading Co., Ltd. today", "Sample River Trading Co., Ltd."),
        ("Công ty TNHH Ví Dụ tuyển dụng", "Công ty TNHH Ví Dụ"),
        ("ติดต่อ บริษัท ตัวอย่าง จำกัด (มหาชน)", "บริษัท ตัวอย่าง จำกัด (มหาชน)"),
        ("示例贸易有限公司诚聘会计", "示例贸易有限公司"),
        ("【示例远通集团】直招", "示例远通集团"),
        ("公司：示例海湾集团（西港）", "示例海湾集团"),
        ("उदाहरण टेक्सटाइल्स प्राइवेट लिमिटेड को ऑपरेटर चाहिए", "उदाहरण टेक्सटाइल्स प्राइवेट लिमिटेड"),
        ("ឧទាហរណ៍\nក្រុមហ៊ុន ឧទាហរណ៍ កាត់ដេរ នៅភ្នំពេញ", "ឧទាហរណ៍ កាត់ដេរ"),
        ("Sample Star Group Head Office", "Sample Star Group"),
        ("ayon sa Bureau of Sample Affairs (BSA) kahapon", "Bureau of Sample Affairs (BSA)"),
        ("di Puskesmas Contohsari kemarin", "Puskesmas Contohsari"),
        ("lapor ke KBRI Phnom Penh", "KBRI Phnom Penh"),
        ("CONTOHINDO saat ini membutuhkan kasir", "CONTOHINDO"),
    ],
)
def test_an_organisation_is_found_with_its_form(text: str, name: str) -> None:
    assert [mention.surface for mention in orgs(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Business Development Manager wanted",
        "kirim CV anda sekarang",
        "公司直招客服",
        "We are a fast growing company",
        "Hubungi Pak Budi di kantor",
        "Pekerja Migran Indonesia (PMI)",
        "บริษัทต้องการพนักงาน",
    ],
)
def test_what_names_no_organisation_is_left_alone(text: str) -> None:
    assert orgs(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Menurut Kementerian Koperasi dan UKM jumlahnya naik", "Kementerian Koperasi dan UKM"),
        ("oleh PT Contoh Jaya (Persero) kemarin", "PT Contoh Jaya (Persero)"),
    ],
)
def test_a_name_goes_on_over_a_bracket_or_a_second_half(text: str, name: str) -> None:
    assert name in [mention.surface for mention in orgs(text)]


def test_what_is_only_places_or_only_a_trade_is_no_organisation() -> None:
    assert orgs("阿联酋迪拜，高薪诚聘设计师") == []
    assert orgs("游戏集团直招客服") == []


def test_a_legal_form_is_told() -> None:
    assert [mention.attributes.get("form") for mention in orgs("PT Maju Contoh Tbk")] == ["PT"]
    assert [mention.attributes.get("form") for mention in orgs("Sample Star Group")] == [None]


def test_a_short_form_is_found_again() -> None:
    found = orgs("The Sample Harbour Authority (SHA) warns. SHA has no vacancies.")
    assert [mention.surface for mention in found] == ["Sample Harbour Authority (SHA)", "SHA"]
