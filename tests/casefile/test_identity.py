"""Identities: the same thing has one, however it is written."""

from __future__ import annotations

import pytest

from casefile.identity import entity_id
from casefile.records import Label, Mention


def named(label: Label, value: str) -> str | None:
    return entity_id(Mention(label=label, start=0, end=1, surface="x", value=value, confidence=1.0, extractor="test"))


@pytest.mark.parametrize("name", ["PT. MEKAR CONTOH", "PT Mekar  Contoh", "pt mekar contoh,", "ＰＴ Mekar Contoh"])
def test_a_company_is_one_in_any_case_width_and_punctuation(name: str) -> None:
    assert named(Label.ORG, name) == "org:pt mekar contoh"


@pytest.mark.parametrize(
    ("label", "value", "identity"),
    [
        (Label.PHONE, "+6281200000001", "phone:+6281200000001"),
        (Label.HANDLE, "telegram:hr_contoh", "telegram:hr_contoh"),
        (Label.LOC, "KH/poipet", "place:KH/poipet"),
        (Label.EMAIL, "a.b@contoh.example", "email:a.b@contoh.example"),
    ],
)
def test_other_values_are_clean_already(label: Label, value: str, identity: str) -> None:
    assert named(label, value) == identity


def test_pay_names_nothing() -> None:
    assert named(Label.SALARY, "9000000") is None
