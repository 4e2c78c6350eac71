"""Who may be told of outside the case."""

from __future__ import annotations

import pytest

from casefile.records import PostKind, ReadPost
from graph.connect import connect
from graph.export.shield import Fate, who_is_named
from tests.graph.making import MYAWADDY, POIPET, person, phone, read_post

A, FAMILY = "+6281200000001", "+6281200000077"

OFFER = read_post(
    1, f"kerja Poipet {A} Pak Contoh", {"Poipet": POIPET, A: phone(A), "Pak Contoh": person("Pak Contoh")}
)
PLEA = read_post(
    2,
    f"Tolong Pak Contoh dibawa {A} ke Myawaddy, hubungi kami {FAMILY}",
    {"Pak Contoh": person("Pak Contoh"), A: phone(A), FAMILY: phone(FAMILY), "Myawaddy": MYAWADDY},
    kind=PostKind.PLEA,
    author="Keluarga",
)


def fates(posts: list[ReadPost]) -> dict[str, Fate]:
    named = who_is_named(posts)
    return {entity.id: named.fate(entity) for entity in connect(posts).entities}


def test_who_asks_for_help_is_left_out() -> None:
    assert fates([OFFER, PLEA])[f"phone:{FAMILY}"] is Fate.LEFT_OUT


def test_the_recruiter_whom_a_plea_names_is_told() -> None:
    assert fates([OFFER, PLEA])[f"phone:{A}"] is Fate.TOLD


def test_a_person_whom_a_plea_names_has_a_pseudonym() -> None:
    assert fates([OFFER])["person:pak contoh"] is Fate.TOLD
    assert fates([OFFER, PLEA])["person:pak contoh"] is Fate.PSEUDONYM


def test_an_account_that_wrote_a_plea_has_a_pseudonym() -> None:
    offer = read_post(3, f"kerja {A}", {A: phone(A)}, author="keluarga")
    assert fates([offer])["account:xx_board/keluarga"] is Fate.TOLD
    assert fates([offer, PLEA])["account:xx_board/keluarga"] is Fate.PSEUDONYM


@pytest.mark.parametrize("kind", [PostKind.WARNING, PostKind.NEWS, PostKind.OTHER])
def test_a_contact_that_only_warnings_news_or_talk_name_has_a_pseudonym(kind: PostKind) -> None:
    other = read_post(10, f"{FAMILY}", {FAMILY: phone(FAMILY)}, kind=kind)
    assert fates([OFFER, other])[f"phone:{FAMILY}"] is Fate.PSEUDONYM
    assert fates([OFFER, other, PLEA])[f"phone:{FAMILY}"] is Fate.LEFT_OUT
