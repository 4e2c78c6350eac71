"""What joins two contacts and what speaks against it: account, text, name, number, and whose contact it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.judgements import NOTHING_JUDGED, InForce
from casefile.records import LinkKind, PostKind, ReadPost
from graph.actors import actor_id, find_joins, former_ids
from graph.connect import connect
from graph.evidence import IN_TURN
from graph.ground import MemoryGround
from graph.joins import Joiner
from graph.observation import observe
from graph.settings import load_settings
from graph.texts import campaign_id
from tests.graph.making import MYAWADDY, POIPET, company, email, handle, person, phone, read_post, unlike
from tests.graph.test_actors import actor_of
from tests.graph.test_update import crowd

A, B, C = "+6281200000001", "+6281200000002", "+6281200000003"


def offer(number: int, *contacts: str, words: str | None = None, author: str | None = None, day: int = 0) -> ReadPost:
    named = {contact: phone(contact) if contact.startswith("+") else handle(contact) for contact in contacts}
    return read_post(number, " ".join([words or unlike(number), *contacts]), named, author=author, day=day)


def together(posts: list[ReadPost], left: str, right: str, judged: InForce = NOTHING_JUDGED) -> bool:
    left, right = (contact if ":" in contact else f"phone:{contact}" for contact in (left, right))
    actor = actor_of(connect(posts, judged=judged), left)
    return actor is not None and right in actor.identifiers


def test_a_superior_named_beside_is_another_recruiter() -> None:
    posts = [offer(n, A, author="agen a", day=n) for n in range(4)]
    posts += [offer(10 + n, B, author="agen b", day=n) for n in range(4)]
    assert not together([*posts, offer(20, A, B, author="agen a", day=9)], A, B)


def test_a_text_that_two_accounts_share_makes_them_no_recruiter() -> None:
    posts = [offer(n, A, words=unlike(99), author="agen a", day=2 * n) for n in range(4)]
    posts += [offer(10 + n, B, words=unlike(99), author="agen b", day=2 * n + 1) for n in range(4)]
    assert not together(posts, A, B)


def test_a_new_number_of_an_account_is_the_same_recruiter() -> None:
    posts = [offer(n, A, author="agen a", day=n) for n in range(3)]
    assert together([*posts, *(offer(10 + n, B, author="agen a", day=10 + n) for n in range(3))], A, B)


def test_an_account_that_took_another_name_is_the_same_recruiter() -> None:
    posts = [offer(n, A, author="agen a", day=n) for n in range(3)]
    posts += [offer(10 + n, B, author="agen baru", day=10 + n) for n in range(3)]
    assert not together(posts, A, B)
    assert together([of_profile(post, "https://www.board.example/u/41") for post in posts], A, B)


def test_namesakes_with_two_profiles_are_two_recruiters() -> None:
    posts = [offer(n, A, author="andi", day=n) for n in range(3)]
    posts += [offer(10 + n, B, author="andi", day=10 + n) for n in range(3)]
    profiles = [f"https://board.example/member?u={1 if A in read.post.text else 2}" for read in posts]
    assert together(posts, A, B)
    assert not together(list(map(of_profile, posts, profiles)), A, B)


@pytest.mark.parametrize("address", ["https://board.example/", "https://board.example/channel"])
def test_what_a_whole_site_or_channel_lies_under_is_nobodys_profile(address: str) -> None:
    posts = [offer(n, A, author="agen a", day=n) for n in range(3)]
    posts += [offer(10 + n, B, author="agen b", day=10 + n) for n in range(3)]
    posts = [
        replace(read, post=replace(read.post, url=f"https://board.example/channel/{read.post.id}")) for read in posts
    ]
    assert not together([of_profile(post, address) for post in posts], A, B)


def of_profile(read: ReadPost, address: str) -> ReadPost:
    return replace(read, post=replace(read.post, author_url=address))


def test_who_passes_a_post_on_owns_no_contact_in_it() -> None:
    posts = [offer(1, A, words=unlike(1), author="agen a"), offer(2, B, words=unlike(2), author="agen b")]
    posts += [
        offer(11, A, words=unlike(1), author="kanal", day=3),
        offer(12, B, words=unlike(2), author="kanal", day=4),
    ]
    assert not together(posts, A, B)


def test_a_name_that_counts_up_is_the_same_recruiter() -> None:
    posts = [offer(n, "telegram:budisantoso_01", day=n) for n in range(3)]
    posts += [offer(10 + n, "telegram:budisantoso_02", day=20 + n) for n in range(3)]
    assert together(posts, "telegram:budisantoso_01", "telegram:budisantoso_02")


def test_a_name_of_many_running_numbers_is_anybodys() -> None:
    posts = [offer(n, f"telegram:lowongan_{n:02}", day=n) for n in range(20)]
    assert {len(actor.identifiers) for actor in connect(posts).actors} == {1}


def test_a_number_that_turns_up_elsewhere_after_a_long_pause_has_a_new_owner() -> None:
    posts = [offer(n, A, B, author="agen a", day=n) for n in range(3)]
    posts += [offer(10 + n, A, C, author="agen b", day=500 + n) for n in range(3)]
    owners = [actor.identifiers for actor in connect(posts).actors if f"phone:{A}" in actor.identifiers]
    assert owners == [(f"phone:{A}", f"phone:{B}"), (f"phone:{A}", f"phone:{C}")] or owners == [
        (f"phone:{A}", f"phone:{C}"),
        (f"phone:{A}", f"phone:{B}"),
    ]


@pytest.mark.parametrize("word", ["Hotline", "KBRI", "Đại sứ quán", "สายด่วน", "大使馆", "दूतावास", "သံရုံး"])
def test_what_is_called_a_help_line_is_no_recruiters(word: str) -> None:
    post = read_post(1, f"{unlike(1)} hubungi {A}, sudah dicek: {word} {B}", {A: phone(A), B: phone(B)})
    assert actor_of(connect([post]), f"phone:{B}") is None
    assert actor_of(connect([post]), f"phone:{A}") is not None


def test_a_contact_of_every_kind_in_one_post_is_a_list() -> None:
    contacts = ["+6281200000001", "telegram:siti", "line:rina", "wechat:bayu"]
    assert {len(actor.identifiers) for actor in connect([offer(1, *contacts)]).actors} == {1}


def test_every_reason_says_its_bits_and_those_against_it_too() -> None:
    posts = [offer(n, A, author="agen a", day=n) for n in range(3)] + [offer(9, A, B, author="agen b", day=9)]
    actor = actor_of(connect(posts), f"phone:{A}")
    assert actor is not None
    assert all(reason.bits > 0 for reason in actor.joins if not reason.reason.startswith("against"))
    assert all(reason.bits < 0 for reason in actor.joins if reason.reason.startswith("against"))


def test_what_was_judged_to_be_one_or_two_is_so() -> None:
    pair = (f"phone:{A}", f"phone:{B}")
    apart = [offer(1, A), offer(2, B)]
    assert together(apart, A, B, InForce(same=frozenset({pair})))
    beside = [offer(1, A, B), offer(2, A, C, author="x"), offer(3, B, C, author="x")]
    assert not together(beside, A, B, InForce(different=frozenset({pair})))
    assert not together([offer(1, A, B)], A, B, InForce(rejected=frozenset({pair})))


def test_a_rejected_link_is_gone_and_a_confirmed_one_is_certain() -> None:
    post = read_post(1, f"{unlike(1)} Poipet {A}", {"Poipet": POIPET, A: phone(A)})
    claim = (f"phone:{A}", "sends_to", "place:KH/poipet")
    assert not any(
        k.kind is LinkKind.SENDS_TO for k in connect([post], judged=InForce(rejected=frozenset({claim}))).links
    )
    links = connect([post], judged=InForce(confirmed=frozenset({claim}))).links
    assert [link.confidence for link in links if link.kind is LinkKind.SENDS_TO] == [1.0]


def test_a_recruiters_destinations_are_where_most_of_its_posts_send_people() -> None:
    posts = [read_post(n, f"{unlike(n)} Poipet {A}", {"Poipet": POIPET, A: phone(A)}) for n in range(6)] + [
        read_post(9, f"{unlike(9)} Myawaddy {A}", {"Myawaddy": MYAWADDY, A: phone(A)})
    ]
    actor = actor_of(connect(posts), f"phone:{A}")
    assert actor is not None
    assert actor.destinations == ("place:KH/poipet",)


def test_the_ids_of_recruiters_that_became_one_lead_to_it() -> None:
    before = connect([offer(1, A), offer(2, B, day=1)]).actors
    (after,) = connect([offer(1, A), offer(2, B, day=1), offer(3, A, B, day=2)]).actors
    assert {after.id, *former_ids(after)} >= {actor.id for actor in before}
    assert after.id == actor_id(f"phone:{A}")


def test_who_is_named_in_the_offer_of_one_company_works_for_it() -> None:
    named = {
        "PT Fajarindah": company("PT Fajarindah"),
        "Pak Contoh": person("Pak Contoh"),
        "hr@fajarindah.example": email("hr@fajarindah.example"),
    }
    links = connect([read_post(1, f"{unlike(1)} {' '.join(named)}", named)]).links
    works = {(link.from_id, link.to_id) for link in links if link.kind is LinkKind.WORKS_FOR}
    assert works == {
        ("person:pak contoh", "org:pt fajarindah"),
        ("email:hr@fajarindah.example", "org:pt fajarindah"),
    }


def test_who_is_warned_of_is_still_a_recruiter_and_the_number_to_call_is_not() -> None:
    posts = [offer(n, A, author="agen a", day=n) for n in range(3)] + [offer(5, A, B, author="agen a", day=5)]
    for n in range(4):
        named = {A: phone(A), B: phone(B)}
        posts.append(read_post(20 + n, f"Awas {unlike(n)} {A} telepon {B}", named, kind=PostKind.WARNING))
    connections = connect(posts)
    assert actor_of(connections, f"phone:{A}") is not None
    assert actor_of(connections, f"phone:{B}") is None


def test_an_account_that_posts_for_two_with_accounts_of_their_own_makes_them_no_recruiter() -> None:
    posts = [offer(n, A, author="agen a", day=n) for n in range(3)]
    posts += [offer(10 + n, B, author="agen b", day=n) for n in range(3)]
    posts += [offer(20 + n, A, author="admin grup", day=n) for n in range(3)]
    posts += [offer(30 + n, B, author="admin grup", day=10 + n) for n in range(3)]
    assert not together(posts, A, B)


def test_an_account_that_sends_several_texts_under_many_numbers_posts_for_others() -> None:
    texts = [unlike(200), unlike(201)]
    posts = [
        offer(2 * number + n, f"+62812000001{number:02}", words=texts[n], author="kanal loker", day=number)
        for number in range(8)
        for n in range(2)
    ]
    assert {len(actor.identifiers) for actor in connect(posts).actors} == {1}


def test_one_change_among_many_posts_says_more_than_among_few() -> None:
    def bits(times: int) -> float:
        posts = [offer(n, A, author="agen a", day=n) for n in range(times)]
        posts += [offer(20 + n, B, author="agen a", day=20 + n) for n in range(times)]
        (actor,) = connect(posts).actors
        return next(reason.bits for reason in actor.joins if reason.reason == IN_TURN)

    assert bits(2) < bits(5)


def test_two_contacts_of_one_list_are_not_the_likelier_one_recruiter_for_it() -> None:
    alone = [offer(n, A, author="agen a", day=n) for n in range(2)]
    alone += [offer(10 + n, B, author="agen a", day=5 + n) for n in range(2)]
    listed = [*alone, offer(30, A, B, C, "+6281200000004", author="grup loker", day=9)]

    def sure(posts: list[ReadPost]) -> float:
        actor = actor_of(connect(posts), f"phone:{A}")
        return actor.confidence if actor is not None and f"phone:{B}" in actor.identifiers else 0.0

    assert sure(listed) <= sure(alone)


def test_a_number_beside_unrelated_people_in_offers_and_warnings_is_a_help_line_whatever_it_is_called() -> None:
    line = "+6281200000099"
    numbers = [f"+62812000002{n:02}" for n in range(6)]
    offers = [offer(20 + n, numbers[n % 3], line, author=f"agen {n % 3}", day=n) for n in range(9)]
    warnings = [
        read_post(
            10 + n, f"{unlike(n)} {numbers[n]} {line}", {numbers[n]: phone(numbers[n]), line: phone(line)}, kind=kind
        )
        for n, kind in zip(range(3, 6), [PostKind.WARNING, PostKind.NEWS, PostKind.WARNING], strict=True)
    ]
    assert actor_of(connect([*offers, *warnings]), f"phone:{line}") is None
    assert actor_of(connect([*offers, *warnings[:1]]), f"phone:{line}") is not None


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_no_pair_that_is_not_looked_at_would_be_joined(seed: int) -> None:
    weights = load_settings()
    observed = [
        observe(read, campaign_id(read.post.text[:60], telling=True), weights.guards) for read in crowd(seed, 40)
    ]
    ground = MemoryGround(observed)
    joiner = Joiner(ground, weights)
    nodes = [profile.node for contact in ground.contacts() for profile in joiner.profiles(contact)]
    found = find_joins(nodes, joiner)
    for pair in combinations(sorted(nodes), 2):
        join = joiner.join(*pair)
        assert (join is not None and join.probability >= joiner.enough) == (pair in found)
