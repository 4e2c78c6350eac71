"""Persons by title, office, contact and speech."""

from __future__ import annotations

import pytest

from casefile.records import Label
from pipeline.reader import load_reader


def persons(text: str) -> list[str]:
    return [
        mention.surface for mention in load_reader().read(text, post_id="p").mentions if mention.label is Label.PERSON
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hubungi Pak Budi 0812 0000 1234", "Budi"),
        ("Contact Person: Ms. Jane Sample, 3rd floor", "Jane Sample"),
        ("reach out to Ayu at ayu@sample.example", "Ayu"),
        ("WA 0812-0000-1234 (Melati)", "Melati"),
        ("nasagip ng pulisya si Juan Halimbawa kahapon", "Juan Halimbawa"),
        ("Datuk Seri Ahmad Contoh berkata demikian", "Ahmad Contoh"),
        ("according to spokesperson Nino Sample", "Nino Sample"),
        ("Ali Contoh, 33 tahun, mengaku tidak bersalah", "Ali Contoh"),
        ("联系人：王小明 13800000000", "王小明"),
        ("昨天，李先生报了警", "李先生"),
        ("昨天，王小明先生报了警", "王小明"),
        ("Perdana Menteri Malaysia Ahmad Contoh berkata demikian", "Ahmad Contoh"),
        ("ติดต่อ คุณสมหญิง 02-000-1234", "คุณสมหญิง"),
        ("Liên hệ: Ms Hoa 0900 000 123", "Hoa"),
        ("Cashier\nSokha Sample  HR Manager", "Sokha Sample"),
    ],
)
def test_a_named_person_is_found(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi kami sekarang",
        "คุณสมบัติ: เพศหญิง",
        "联系方式：微信",
        "Dear Customer, welcome",
        "tiếng Anh: Intermediate",
        "Contact HR Department",
        "Interested candidates may apply",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert persons(text) == []


def test_a_family_name_is_found_again() -> None:
    assert persons("Inaresto si Juan Halimbawa. Itinanggi ito ng Halimbawa.") == ["Juan Halimbawa", "Halimbawa"]
