"""What a watch may name, and what is meant by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import SettingsError
from casefile.watch_settings import Channels, contact_ids, place_ids, read_channels, read_watches


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


def test_every_mistake_in_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "one.yml").write_text("title: One\nplaces: [Atlantis]\n", encoding="utf-8")
    (tmp_path / "watch" / "two.yml").write_text("contacts: ['+6281200001101']\n", encoding="utf-8")
    (tmp_path / "watch" / "three.yaml").write_text("title: Three\n", encoding="utf-8")
    (tmp_path / "watch" / "four.yml").write_text("a: &a [1]\nb: *a\n", encoding="utf-8")
    (tmp_path / "watch" / "Five Six.yml").write_text("title: F\nplaces: [KH]\n", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        read_watches(tmp_path)
    assert {mistake.file for mistake in told.value.mistakes} == {
        f"watch/{name}" for name in ("one.yml", "two.yml", "three.yaml", "four.yml", "Five Six.yml")
    }


def test_without_a_file_alerts_stay_in_the_terminal(tmp_path: Path) -> None:
    assert read_channels(tmp_path / "none.yml") == Channels()
