"""Recruiters: what joins contacts, and what must not."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from casefile.records import Actor, Connections, PostKind, ReadPost
from graph.connect import connect
from tests.graph.making import company, email, handle, phone, read_post, unlike

A, B, C, D = "+6281200000001", "+6281200000002", "+6281200000003", "+6281200000004"

WORDS = (
    "Dibutuhkan segera admin chat, gaji tinggi, tiket dan paspor diurus kantor, makan dan mes gratis, tanpa pengalaman",
    "Tuyển nhân viên trực chat lương cao, bao ăn ở, bao vé máy bay, không cần bằng cấp, làm việc tại văn phòng mới",
    "รับสมัครแอดมินตอบแชท รายได้ดี มีที่พักอาหารฟรี ออกค่าเดินทางให้ ไม่จำกัดวุฒิ ไม่ต้องมีประสบการณ์ เริ่มงานทันที",
    "急招聊天客服,高薪包吃住,报销机票,无需学历经验,有护照即可,公司环境优越,每月按时发薪,欢迎有意者联系咨询,名额有限先到先得",
)


def actor_of(connections: Connections, contact: str) -> Actor | None:
    return next((actor for actor in connections.actors if contact in actor.identifiers), None)


def together(posts: list[ReadPost], left: str, right: str) -> bool:
    actor = actor_of(connect(posts), left)
    return actor is not None and right in actor.identifiers


@pytest.mark.parametrize("words", WORDS)
def test_contacts_given_together_in_an_offer_are_one_recruiter(words: str) -> None:
    post = read_post(1, f"{words} {A} @hr_satu", {A: phone(A), "@hr_satu": handle("telegram:hr_satu")})
    actor = actor_of(connect([post]), f"phone:{A}")
    assert actor is not None
    assert actor.identifiers == (f"phone:{A}", "telegram:hr_satu")
    assert [join.posts for join in actor.joins] == [(post.post.id,)]
    assert actor.posts == (post.post.id,)


@pytest.mark.parametrize("kind", [PostKind.WARNING, PostKind.NEWS, PostKind.PLEA, PostKind.OTHER])
def test_contacts_outside_offers_make_no_recruiter(kind: PostKind) -> None:
    post = read_post(1, f"{WORDS[0]} {A} {B}", {A: phone(A), B: phone(B)}, kind=kind)
    connections = connect([post])
    assert connections.actors == ()
    assert {entity.id for entity in connections.entities} >= {f"phone:{A}", f"phone:{B}"}


def test_a_warning_joins_no_contacts_that_offers_keep_apart() -> None:
    posts = [
        read_post(1, f"{WORDS[0]} {A}", {A: phone(A)}),
        read_post(2, f"{WORDS[1]} {B}", {B: phone(B)}),
        read_post(3, f"Hati-hati penipuan {A} dan {B}", {A: phone(A), B: phone(B)}, kind=PostKind.WARNING),
    ]
    assert not together(posts, f"phone:{A}", f"phone:{B}")


def test_contacts_of_one_account_are_one_recruiter() -> None:
    posts = [
        read_post(1, f"{WORDS[0]} {A}", {A: phone(A)}, author="agen budi"),
        read_post(2, f"{WORDS[1]} {B}", {B: phone(B)}, author="Agen Budi", day=40),
    ]
    assert together(posts, f"phone:{A}", f"phone:{B}")


def test_accounts_of_two_sources_with_one_name_are_two() -> None:
    posts = [
        read_post(1, f"{WORDS[0]} {A}", {A: phone(A)}, author="agen budi", source="xx_one"),
        read_post(2, f"{WORDS[1]} {B}", {B: phone(B)}, author="agen budi", source="xx_two"),
    ]
    assert not together(posts, f"phone:{A}", f"phone:{B}")


@pytest.mark.parametrize("author", ["Admin", "แอดมิน", "管理员", "Quản trị viên"])
def test_an_author_name_that_many_share_joins_nobody(author: str) -> None:
    posts = [
        read_post(1, f"{WORDS[0]} {A}", {A: phone(A)}, author=author),
        read_post(2, f"{WORDS[1]} {B}", {B: phone(B)}, author=author),
    ]
    assert not together(posts, f"phone:{A}", f"phone:{B}")


def test_an_account_that_speaks_for_many_joins_nobody() -> None:
    numbers = [f"+62812000010{number:02}" for number in range(20)]
    posts = [
        read_post(n, f"{unlike(n)} lowongan {number}", {number: phone(number)}, author="info loker")
        for n, number in enumerate(numbers, 1)
    ]
    assert {len(actor.identifiers) for actor in connect(posts).actors} == {1}


def test_a_busy_account_that_sends_one_text_with_changing_numbers_is_one_recruiter() -> None:
    numbers = [f"+62812000010{number:02}" for number in range(8)]
    posts = [
        read_post(n, f"{WORDS[0]} hubungi {number}", {number: phone(number)}, author="agen budi")
        for n, number in enumerate(numbers, 1)
    ]
    assert [len(actor.identifiers) for actor in connect(posts).actors] == [8]


def test_a_forwarded_post_says_nothing_of_who_forwards_it() -> None:
    posts = [
        read_post(1, f"{WORDS[0]} {A}", {A: phone(A)}, author="kanal info", forwarded_from="Agen A"),
        read_post(2, f"{WORDS[1]} {B}", {B: phone(B)}, author="kanal info", forwarded_from="Agen B"),
    ]
    assert not together(posts, f"phone:{A}", f"phone:{B}")


def test_recruiters_in_one_list_are_not_one() -> None:
    text = f"Daftar agen: {A} lalu {B} lalu {C} lalu {D}"
    posts = [read_post(n, text, {number: phone(number) for number in (A, B, C, D)}, author="daftar") for n in range(3)]
    assert {len(actor.identifiers) for actor in connect(posts).actors} == {1}


def test_one_number_on_phone_and_messenger_is_one_recruiter_even_in_a_list() -> None:
    text = f"Daftar: {A} WA6281200000001 lalu {B} lalu {C}"
    named = {A: phone(A), "WA6281200000001": handle("whatsapp:+6281200000001"), B: phone(B), C: phone(C)}
    actor = actor_of(connect([read_post(1, text, named)]), f"phone:{A}")
    assert actor is not None
    assert actor.identifiers == (f"phone:{A}", "whatsapp:+6281200000001")


@pytest.mark.parametrize("number", ["1300", "+661300", "+62110", "110", "+8696110", "+911930"])
def test_a_public_short_number_is_no_recruiter(number: str) -> None:
    post = read_post(1, f"{WORDS[0]} {A} {number}.", {A: phone(A), f"{number}.": phone(number)})
    assert [actor.identifiers for actor in connect([post]).actors] == [(f"phone:{A}",)]


def test_a_portals_own_number_joins_nobody() -> None:
    portal = "+622150000000"
    posts = []
    for n in range(30):
        number = f"+62812000020{n:02}"
        named = {number: phone(number), portal: phone(portal), "PT X": company(f"PT X{n}")}
        posts.append(read_post(n, f"{unlike(n)} PT X {number} {portal}", named, author=f"pemasang {n}"))
    connections = connect(posts)
    assert {len(actor.identifiers) for actor in connections.actors} == {1}
    assert actor_of(connections, f"phone:{portal}") is None


def test_a_number_that_is_mostly_warned_with_is_rather_a_hotline() -> None:
    hotline = "+66200000000"
    posts = [read_post(1, f"{WORDS[2]} {A} {hotline}", {A: phone(A), hotline: phone(hotline)})]
    posts += [
        read_post(10 + n, f"ระวังมิจฉาชีพ {unlike(n)} {hotline}", {hotline: phone(hotline)}, kind=PostKind.WARNING)
        for n in range(6)
    ]
    assert actor_of(connect(posts), f"phone:{hotline}") is None


def test_an_actor_keeps_its_id_when_it_grows() -> None:
    before = [read_post(1, f"{WORDS[0]} {B}", {B: phone(B)})]
    after = [*before, read_post(2, f"{WORDS[1]} {A} {B}", {A: phone(A), B: phone(B)}, day=3)]
    assert [actor.id for actor in connect(before).actors] == [actor.id for actor in connect(after).actors]


def test_a_doubtful_reading_joins_less_than_a_sure_one() -> None:
    named = {A: phone(A), "hr@maju.example": email("hr@maju.example")}
    text = f"{WORDS[0]} {A} hr@maju.example"
    assert together([read_post(1, text, named)], f"phone:{A}", "email:hr@maju.example")
    assert not together([read_post(1, text, named, confidence=0.3)], f"phone:{A}", "email:hr@maju.example")


def test_a_huge_chain_of_weak_joins_is_taken_apart() -> None:
    numbers = [f"+6281200003{number:03}" for number in range(80)]
    posts = [
        read_post(n, f"{WORDS[n % 4]} {left} {right}", {left: phone(left), right: phone(right)}, confidence=0.7)
        for n, (left, right) in enumerate(pairwise(numbers))
    ]
    assert max(len(actor.identifiers) for actor in connect(posts).actors) <= 30


def test_an_offer_that_was_recognised_with_doubt_makes_nobody_a_recruiter() -> None:
    sure = read_post(1, f"{WORDS[0]} {A}", {A: phone(A)}, author="agen budi")
    doubtful = replace(sure, reading=replace(sure.reading, kind_confidence=0.4))
    assert connect([sure]).actors
    connections = connect([doubtful])
    assert connections.actors == ()
    assert not any(entity.label == "ACCOUNT" for entity in connections.entities)
