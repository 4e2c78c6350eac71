"""Links: typed, dated, weighted, and always proved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casefile.records import Connections, Link, LinkKind, PostKind, ReadPost, Role
from graph.connect import connect
from tests.graph.making import MEDAN, MYAWADDY, POIPET, START, company, person, phone, read_post, unlike

A, B = "+6281200000001", "+6281200000002"


def links_to(connections: Connections, target: str, kind: LinkKind) -> list[Link]:
    return [link for link in connections.links if link.to_id == target and link.kind is kind]


def offer(number: int = 1, day: int = 0, words: str = "kerja", author: str | None = "agen") -> ReadPost:
    text = f"{words} dari Medan ke Poipet bersama PT Fajar Demo, hubungi {A}"
    named = {"Medan": MEDAN, "Poipet": POIPET, "PT Fajar Demo": company("PT Fajar Demo"), A: phone(A)}
    return read_post(number, text, named, day=day, author=author)


def test_an_offer_links_its_recruiter_with_company_places_and_contact() -> None:
    connections = connect([offer()])
    (actor,) = connections.actors
    found = {(link.kind, link.to_id, link.role) for link in connections.links if link.from_id == actor.id}
    assert found == {
        (LinkKind.USES_CONTACT, f"phone:{A}", None),
        (LinkKind.RECRUITS_FOR, "org:pt fajar demo", None),
        (LinkKind.SENDS_TO, "place:KH/poipet", Role.WORKSITE),
        (LinkKind.MENTIONS, "place:ID/medan", Role.ORIGIN),
    }
    assert links_to(connections, "place:KH/poipet", LinkKind.LOCATED_IN)[0].from_id == "org:pt fajar demo"


def test_a_post_links_its_source_its_account_and_the_contact() -> None:
    connections = connect([offer()])
    assert links_to(connections, "account:xx_board/agen", LinkKind.POSTED)[0].from_id == "source:xx_board"
    assert links_to(connections, f"phone:{A}", LinkKind.POSTED)[0].from_id == "account:xx_board/agen"


def test_a_source_is_linked_itself_where_no_author_is_named() -> None:
    assert links_to(connect([offer(author=None)]), f"phone:{A}", LinkKind.POSTED)[0].from_id == "source:xx_board"


def test_confidence_grows_with_independent_offers_and_never_reaches_one() -> None:
    levels = []
    for count in (1, 2, 5, 40):
        posts = [offer(n, words=unlike(n)) for n in range(count)]
        levels.append(links_to(connect(posts), "place:KH/poipet", LinkKind.SENDS_TO)[0].confidence)
    assert levels == sorted(levels)
    assert levels[0] < levels[1]
    assert levels[-1] <= 0.99


def test_a_link_is_dated_by_publication_and_else_by_capture() -> None:
    published = START - timedelta(days=90)
    text = f"kerja di Poipet {A}"
    posts = [
        read_post(1, text, {"Poipet": POIPET, A: phone(A)}, published=published),
        read_post(2, text, {"Poipet": POIPET, A: phone(A)}, day=7),
        read_post(3, text, {"Poipet": POIPET, A: phone(A)}, published=START + timedelta(days=400)),
    ]
    (link,) = links_to(connect(posts), "place:KH/poipet", LinkKind.SENDS_TO)
    assert (link.first_seen, link.last_seen) == (published, START + timedelta(days=7))


@pytest.mark.parametrize("kind", [PostKind.WARNING, PostKind.NEWS, PostKind.PLEA])
def test_what_others_say_of_a_recruiter_is_only_a_mention(kind: PostKind) -> None:
    named = {A: phone(A), "Myawaddy": MYAWADDY}
    connections = connect([offer(), read_post(2, f"Awas {A} kirim orang ke Myawaddy", named, kind=kind)])
    (actor,) = connections.actors
    assert links_to(connections, "place:MM/myawaddy", LinkKind.SENDS_TO) == []
    assert actor.id in {link.from_id for link in links_to(connections, "place:MM/myawaddy", LinkKind.MENTIONS)}


def test_who_warns_or_pleads_becomes_no_node() -> None:
    warning = read_post(2, f"Awas {A}", {A: phone(A)}, kind=PostKind.WARNING, author="ibu korban")
    connections = connect([offer(), warning])
    assert not any("ibu korban" in entity.id for entity in connections.entities)


@pytest.mark.parametrize("kind", [PostKind.WARNING, PostKind.NEWS, PostKind.PLEA, PostKind.OTHER])
def test_persons_come_from_offers_only(kind: PostKind) -> None:
    named = {"Pak Contoh": person("Pak Contoh")}
    assert "person:pak contoh" in {e.id for e in connect([read_post(1, "hubungi Pak Contoh", named)]).entities}
    assert "person:pak contoh" not in {e.id for e in connect([read_post(1, "Pak Contoh", named, kind=kind)]).entities}


def test_places_of_a_list_are_ascribed_to_none_of_its_recruiters() -> None:
    numbers = [f"+62812000000{n:02}" for n in range(10, 16)]
    named = {number: phone(number) for number in numbers} | {"Poipet": POIPET}
    connections = connect([read_post(1, f"Daftar Poipet {' '.join(numbers)}", named)])
    assert links_to(connections, "place:KH/poipet", LinkKind.SENDS_TO) == []
    assert {link.from_id for link in links_to(connections, "place:KH/poipet", LinkKind.MENTIONS)} == {"source:xx_board"}


def test_the_usual_role_and_place_are_kept() -> None:
    connections = connect([offer()])
    (poipet,) = [entity for entity in connections.entities if entity.id == "place:KH/poipet"]
    assert (poipet.name, poipet.country, poipet.lat, poipet.lon) == ("Poipet", "KH", 13.66, 102.56)
