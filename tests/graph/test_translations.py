"""Campaigns that seem to be one text in two languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from graph.translations import Written, find_translations
from tests.graph.making import START

CONTACT = "telegram:misal"
ENGLISH = "🔥 Chat agents for ⟨place⟩ ✅ Age 18-35 ✅ Salary ⟨salary⟩ plus bonus ✅ 12 hours 📩 ⟨contact⟩"
TRANSLATED = {
    "id": "🔥 Dicari admin chat di ⟨place⟩ ✅ Umur 18-35 ✅ Gaji ⟨salary⟩ dan bonus ✅ 12 jam 📩 ⟨contact⟩",
    "my": "🔥 ⟨place⟩ တွင် စာရိုက်ဝန်ထမ်း ✅ အသက် ၁၈-၃၅ ✅ လစာ ⟨salary⟩ ✅ ၁၂ နာရီ 📩 ⟨contact⟩",
    "zh": "🔥 ⟨place⟩急招客服 ✅ 年龄18-35岁 ✅ 月薪⟨salary⟩加提成 ✅ 每天12小时 📩 ⟨contact⟩",
    "th": "🔥 รับแอดมินที่ ⟨place⟩ ✅ อายุ 18-35 ปี ✅ เงินเดือน ⟨salary⟩ ✅ วันละ 12 ชม. 📩 ⟨contact⟩",
}


def written(number: int, language: str, template: str, *contacts: str) -> Written:
    return Written(f"text:{number}", START + timedelta(days=number), language, template, frozenset(contacts))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translated_text_leads_to_the_earlier_one(language: str) -> None:
    campaigns = [written(2, language, TRANSLATED[language], CONTACT), written(1, "en", ENGLISH, CONTACT, "phone:+1")]
    assert find_translations(campaigns) == {"text:2": "text:1"}


@pytest.mark.parametrize(
    "other",
    [
        written(2, "id", TRANSLATED["id"], "telegram:lain"),
        written(2, "en", ENGLISH.replace("Chat agents", "Typists"), CONTACT),
        written(2, "id", "Gaji ⟨salary⟩ ✅ ✅ di ⟨place⟩, umur 20-40, 8 jam 📞", CONTACT),
        written(2, "id", "Admin di ⟨place⟩ ✅ gaji ⟨salary⟩ ⟨contact⟩", CONTACT),
    ],
    ids=["no common contact", "same language", "another structure", "too few signs"],
)
def test_without_both_signs_there_is_no_hint(other: Written) -> None:
    assert find_translations([written(1, "en", ENGLISH, CONTACT), other]) == {}


def test_the_nearest_of_several_is_named_and_the_order_given_does_not_matter() -> None:
    near, far = ENGLISH, ENGLISH.replace("✅ 12 hours", "")
    campaigns = [
        written(1, "en", far, CONTACT),
        written(2, "vi", near, CONTACT),
        written(3, "id", TRANSLATED["id"], CONTACT),
    ]
    assert find_translations(campaigns)["text:3"] == "text:2"
    assert find_translations(campaigns) == find_translations(reversed(campaigns))


def test_a_contact_of_thousands_of_campaigns_costs_no_more_than_its_share() -> None:
    campaigns = [
        written(n, "en" if n % 2 else "id", ENGLISH if n % 2 else TRANSLATED["id"], CONTACT) for n in range(1000)
    ]
    assert len(find_translations(campaigns)) == 999
