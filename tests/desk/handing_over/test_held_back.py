"""Who is harmed is held back from everybody, whatever else the case knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.judgements import Decision
from casefile.records import Media, PostKind, ReadPost
from casefile.settings import Handling
from desk.handing_over.door import Request, give
from tests.desk.handing_over.making import ALL_BUT_PAGES, fill, written
from tests.graph.making import POIPET, handle, person, phone, read_post, unlike

A, FAMILY = "+6281200000001", "+6281200000077"
POLICE = "police"


def offer(number: int, text: str = "", author: str = "agen", **named: object) -> ReadPost:
    return read_post(number, f"{unlike(number)} Poipet {A} {text}", {"Poipet": POIPET, A: phone(A)}, author=author)


def plea(number: int = 90, text: str = "", author: str = "keluarga", **fields: object) -> ReadPost:
    told = read_post(
        number, f"Tolong {text} hubungi {FAMILY}", {FAMILY: phone(FAMILY)}, kind=PostKind.PLEA, author=author
    )
    return replace(told, post=replace(told.post, **fields))


def given(case: Case, folder: Path, recipient: str = POLICE) -> bytes:
    request = Request(
        recipient=recipient, formats=ALL_BUT_PAGES, to=folder / "out", purpose="a test", legal_basis="none needed"
    )
    give(case, request)
    return b"\n".join(content for _, content in written(folder / "out"))


def test_a_victims_word_of_a_name_stays_in_however_many_offers_use_it(case: Case, tmp_path: Path) -> None:
    fill(case, [*(offer(n, "Bersama Kembangsari", f"agen {n}") for n in range(5)), plea(author="Kembangsari")])
    assert b"kembangsari" not in given(case, tmp_path).lower()


def test_the_address_of_a_plea_stays_in_also_when_an_offer_stands_there(case: Case, tmp_path: Path) -> None:
    fill(case, [offer(1), plea(url="https://xx_board.example/1"), offer(2)])
    assert b"xx_board.example/1\n" not in given(case, tmp_path)
    assert b"xx_board.example/2" in given(case, tmp_path / "again")


def test_both_ids_of_the_account_that_asked_for_help_are_held_back(case: Case, tmp_path: Path) -> None:
    profile = "https://xx_board.example/members/7081"
    forced = offer(1, author="Mawar Rejeki")
    forced = replace(forced, post=replace(forced.post, author_url=profile))
    fill(case, [forced, offer(2), plea(author="Melati", author_url=profile)])
    content = given(case, tmp_path)
    assert b"members/7081" not in content
    assert b"melati" not in content.lower()
    assert b"shielded author" in content


def test_a_picture_of_a_plea_is_not_told_as_an_offers(case: Case, tmp_path: Path) -> None:
    picture = (Media(kind="image", url="https://pictures.example/lost-sister.jpg"),)
    with_picture = offer(1)
    fill(case, [replace(with_picture, post=replace(with_picture.post, media=picture)), offer(2), plea(media=picture)])
    assert b"lost-sister" not in given(case, tmp_path)


@pytest.mark.parametrize("name", ["Al", "李", "🌸", "E"])
def test_a_name_of_one_or_two_signs_is_taken_out_of_texts(case: Case, tmp_path: Path, name: str) -> None:
    fill(case, [offer(1, f"cari {name} sekarang"), offer(2), plea(author=name)])
    texts = given(case, tmp_path).decode("utf-8", "replace")
    assert f"cari {name} sekarang" not in texts
    assert "cari [withheld] sekarang" in texts


def test_a_site_that_is_called_as_who_pleads_gets_a_pseudonym(case: Case, tmp_path: Path) -> None:
    named = {"Poipet": POIPET, A: phone(A)}
    fill(
        case,
        [offer(1), read_post(5, f"{unlike(5)} Poipet {A}", named, source="xx_sekarwangi"), plea(author="Sekarwangi")],
    )
    content = given(case, tmp_path)
    assert b"sekarwangi" not in content.lower()
    assert b"withheld site" in content


def test_a_recruiter_keeps_a_name_that_a_bystander_bears_too(case: Case, tmp_path: Path) -> None:
    talk = read_post(7, "Selamat pagi Joy", {"Joy": person("Joy")}, kind=PostKind.OTHER, author="tetangga")
    fill(case, [offer(1, author="Ate Joy Hiring"), offer(2), talk])
    assert b"Ate Joy Hiring" in given(case, tmp_path)


@pytest.mark.parametrize(("recipient", "leaves"), [("police", True), ("platform", False), ("research", False)])
def test_digests_and_records_of_evidence_leave_only_with_full_addresses(
    case: Case, tmp_path: Path, recipient: str, leaves: bool
) -> None:
    fill(case, [offer(1), offer(2)])
    case.settings = case.settings.model_copy(update={"handling": Handling.CLEAR})
    digest = next(iter(case.store.captures(offer(1).post.id))).payload_sha256
    assert (digest.encode() in given(case, tmp_path, recipient)) is leaves


def test_what_was_hidden_is_not_in_any_text(case: Case, tmp_path: Path) -> None:
    hidden = "telegram:tersembunyi_x"
    post = read_post(
        1, f"{unlike(1)} Poipet {A} @tersembunyi_x", {"Poipet": POIPET, A: phone(A), "@tersembunyi_x": handle(hidden)}
    )
    fill(case, [post, offer(2)])
    case.judge(Decision.HIDE, [[hidden]], "not ours")
    assert b"tersembunyi" not in given(case, tmp_path)


@pytest.mark.parametrize("name", ["Shruti", "Link", "Recruitment", "Author", "A L"])
def test_whoever_is_called_as_a_word_of_our_formats_is_shielded_and_stops_no_export(
    case: Case, tmp_path: Path, name: str
) -> None:
    fill(case, [offer(1, f"cari {name} sekarang"), offer(2), plea(author=name)])
    texts = given(case, tmp_path).decode("utf-8", "replace")
    assert f"cari {name}" not in texts
    assert "cari [withheld] " in texts
