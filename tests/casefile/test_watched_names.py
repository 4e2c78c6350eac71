"""What is meant by a contact or a place that a watch names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.watched_names import contact_ids, place_ids


@pytest.mark.parametrize(
    ("typed", "one_of_them"),
    [
        ("+62 812-0000-1101", "phone:+6281200001101"),
        ("+62 812-0000-1101", "whatsapp:+6281200001101"),
        ("0062 812 0000 1101", "phone:+6281200001101"),
        ("+६२८१२००००११०१", "phone:+6281200001101"),
        ("@Lotus_HR", "telegram:lotus_hr"),
        ("telegram:Lotus_HR", "telegram:lotus_hr"),
        ("wechat:lotus66", "wechat:lotus66"),
        ("Instagram:lotus.hr", "instagram:lotus.hr"),
        ("@lotus.hr", "instagram:lotus.hr"),
        ("@lotus.hr", "kakaotalk:lotus.hr"),
        ("skype:live:lotus", "skype:live:lotus"),
        ("twitter:@lotus_hr", "twitter:lotus_hr"),
        ("messenger:lotus.hr", "facebook:lotus.hr"),
        ("tg: lotus_hr", "telegram:lotus_hr"),
        ("纸飞机:lotus_hr", "telegram:lotus_hr"),
        ("微信:lotus66", "wechat:lotus66"),
        ("HR@Lotus.example", "email:hr@lotus.example"),
    ],
)
def test_a_contact_is_understood_however_it_is_written(typed: str, one_of_them: str) -> None:
    assert one_of_them in contact_ids(typed)


@pytest.mark.parametrize("typed", ["0812-0000-1101", "lotus", "@", "+1", "", "org:lotus", "@a b", "+" + "9" * 40])
def test_what_may_mean_anything_is_no_contact(typed: str) -> None:
    assert contact_ids(typed) == frozenset()


@given(st.text(max_size=80))
def test_whatever_is_typed_is_understood_or_refused(typed: str) -> None:
    assert all(":" in identity for identity in contact_ids(typed))
    assert all(place[:2].isupper() for place in place_ids(typed))


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("KH/poipet", "KH/poipet"),
        ("place:KH/poipet", "KH/poipet"),
        ("kh/somewhere-new", "KH/somewhere-new"),
        ("Poipet", "KH/poipet"),
        ("西港", "KH/sihanoukville"),
        ("KH", "KH"),
        ("Cambodia", "KH"),
    ],
)
def test_a_place_is_known_by_its_id_and_by_every_name(typed: str, place: str) -> None:
    assert place in place_ids(typed)


@pytest.mark.parametrize("typed", ["Atlantis", "", "ZZ/nowhere", "KH/"])
def test_a_place_that_nobody_knows_is_none(typed: str) -> None:
    assert place_ids(typed) == frozenset()
