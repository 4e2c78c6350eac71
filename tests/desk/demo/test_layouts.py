"""The disguises of a contact hide nothing from the truth."""

from __future__ import annotations

import unicodedata

import pytest

from desk.demo.layouts import contact_id, lay_out

PHONE_LAYOUTS = [
    ("national", "0812-0000-1101"),
    ("international", "+62 812-0000-1101"),
    ("plus", "+6281200001101"),
    ("bare", "6281200001101"),
    ("zeros", "006281200001101"),
    ("brackets", "(+62) 812 000 011 01"),
    ("dots", "081.200.001.101"),
    ("spaced", "0 8 1 2 0 0 0 0 1 1 0 1"),
    ("letters", "O8l2OOOOllOl"),
    ("stars", "081*200*001*101"),
    ("wame", "https://wa.me/6281200001101"),
    ("zalo", "zalo.me/081200001101"),
    ("thai", "๐๘๑๒๐๐๐๐๑๑๐๑"),
    ("burmese", "၀၈၁၂၀၀၀၀၁၁၀၁"),
    ("khmer", "០៨១២០០០០១១០១"),
    ("devanagari", "०८१२००००११०१"),
    ("wide", "０８１２００００１１０１"),
]


@pytest.mark.parametrize(("layout", "written"), PHONE_LAYOUTS)
def test_a_number_is_written_in_every_layout(layout: str, written: str) -> None:
    assert lay_out("+6281200001101", layout) == written


@pytest.mark.parametrize("layout", ["thai", "burmese", "khmer", "devanagari", "wide", "keycaps", "spaced", "stars"])
def test_a_disguised_number_keeps_its_digits(layout: str) -> None:
    written = lay_out("+6281200001101", layout)
    digits = "".join(str(unicodedata.digit(c)) for c in written if c.isdecimal())
    assert digits == "081200001101"


@pytest.mark.parametrize(
    ("layout", "written"),
    [("at", "@abc_demo"), ("upper", "@ABC_DEMO"), ("link", "https://t.me/abc_demo"), ("short", "t.me/abc_demo")],
)
def test_a_handle_is_written_in_every_layout(layout: str, written: str) -> None:
    assert lay_out("telegram:abc_demo", layout) == written


def test_a_contact_id_is_the_entity_id_of_the_case_file() -> None:
    values = ["+6281200001101", "telegram:abc_demo", "hr@abc.example", "https://abc.example/x"]
    assert [contact_id(value) for value in values] == [
        "phone:+6281200001101",
        "telegram:abc_demo",
        "email:hr@abc.example",
        "url:https://abc.example/x",
    ]
