"""Routes: from where, through where and to where offers send people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from casefile.records import Connections, Label, Mention, PostKind, ReadPost
from graph.analysis.routes import Route, find_routes
from graph.connect import connect
from tests.graph.making import MEDAN, POIPET, Named, phone, place, read_post, unlike

A, B = "+6281200000001", "+6281200000002"
KUALA_LUMPUR = place("MY/kuala-lumpur", "Kuala Lumpur", "transit", 3.1, 101.7)
BANGKOK = place("TH/bangkok", "Bangkok", "transit", 13.7, 100.5)


def _connected(posts: Sequence[ReadPost]) -> Connections:
    by_id = {read.post.id: read for read in posts}
    return connect(posts, read=lambda ids: [by_id[one] for one in ids])


def _routes(posts: Sequence[ReadPost], **options: bool) -> list[Route]:
    return find_routes(posts, _connected(posts), **options)


def _offer(number: int, words: str = "", **more: object) -> ReadPost:
    text = f"{words or unlike(number)} Medan Poipet {A}"
    return read_post(number, text, {"Medan": MEDAN, "Poipet": POIPET, A: phone(A)}, **more)  # type: ignore[arg-type]


def test_copies_of_a_text_are_one_witness_and_every_post_is_named() -> None:
    posts = [_offer(1, unlike(1)), _offer(2, unlike(1), source="xx_other"), _offer(3, unlike(3))]
    (route,) = _routes(posts)
    assert (route.origin, route.destination) == ("place:ID/medan", "place:KH/poipet")
    assert route.witnesses == 2
    assert route.sources == 2
    assert set(route.posts) == {read.post.id for read in posts}


def test_transit_is_told_in_the_order_of_the_text() -> None:
    named: dict[str, Named] = {"Medan": MEDAN, "Bangkok": BANGKOK, "Kuala Lumpur": KUALA_LUMPUR, "Poipet": POIPET}
    forth = read_post(1, f"{unlike(1)} Medan Kuala Lumpur Bangkok Poipet", named)
    back = read_post(2, f"{unlike(2)} Medan Bangkok Kuala Lumpur Poipet", named)
    assert {route.transit for route in _routes([forth, back])} == {
        ("place:MY/kuala-lumpur", "place:TH/bangkok"),
        ("place:TH/bangkok", "place:MY/kuala-lumpur"),
    }


def test_an_inferred_destination_is_told_apart_from_a_stated_one() -> None:
    told = [_offer(number) for number in range(3)]
    untold = read_post(9, f"{unlike(9)} Medan {A}", {"Medan": MEDAN, A: phone(A)})
    stated, inferred = sorted(_routes([*told, untold]), key=lambda route: not route.stated)
    assert stated.stated
    assert not inferred.stated
    assert inferred.destination == stated.destination
    assert inferred.posts == (untold.post.id,)
    assert untold.post.id not in stated.posts


def test_nothing_is_inferred_where_two_recruiters_share_a_post() -> None:
    named = {"Medan": MEDAN, A: phone(A), B: phone(B)}
    connections = _connected([_offer(1)])
    both = read_post(9, f"{unlike(9)} Medan {A} {B}", named)
    shared = replace(connections.actors[0], posts=(both.post.id,))
    other = replace(shared, id="actor:other", identifiers=(f"phone:{B}",))
    assert find_routes([both], replace(connections, actors=(shared, other))) == []


def test_a_warning_tells_no_route() -> None:
    assert _routes([_offer(1, kind=PostKind.WARNING), _offer(2, kind=PostKind.PLEA)]) == []


def test_what_is_denied_is_no_destination() -> None:
    read = _offer(1)
    mentions = tuple(
        replace(m, attributes={**m.attributes, "negated": True}) if m.value == "KH/poipet" else m
        for m in read.reading.mentions
    )
    assert _routes([replace(read, reading=replace(read.reading, mentions=mentions))]) == []


def test_a_route_is_told_month_by_month_the_latest_first() -> None:
    posts = [_offer(n, published=datetime(2026, month, 5, tzinfo=UTC)) for n, month in enumerate((1, 2, 2))]
    routes = _routes(posts, by_month=True)
    assert [(route.month, len(route.posts)) for route in routes] == [("2026-02", 2), ("2026-01", 1)]


def test_posts_without_a_date_are_counted_as_such() -> None:
    dated = _offer(1, published=datetime(2026, 2, 5, tzinfo=UTC))
    (route,) = _routes([dated, _offer(2)])
    assert route.undated == 1


def test_towns_can_be_told_together_as_countries() -> None:
    (route,) = _routes([_offer(1)], countries=True)
    assert (route.origin, route.destination) == ("place:ID", "place:KH")


def test_a_country_on_the_way_is_no_destination() -> None:
    named: dict[str, Named] = {
        "Bangkok": place("TH/bangkok", "Bangkok", "origin"),
        "Thailand": place("TH", "Thailand", "destination"),
        "Poipet": POIPET,
    }
    (route,) = _routes([read_post(1, f"{unlike(1)} Bangkok Thailand Poipet", named)])
    assert route.destination == "place:KH/poipet"


_ROLES = st.sampled_from(["origin", "transit", "destination", "worksite", "mention", "nonsense"])
_VALUES = st.sampled_from(["KH", "KH/poipet", "TH", "TH/bangkok", "ID/medan", "MM/myawaddy"])


@given(st.lists(st.lists(st.tuples(_VALUES, _ROLES), max_size=8), max_size=6))
def test_no_route_leads_from_a_place_to_itself_and_each_names_posts(told: list[list[tuple[str, str]]]) -> None:
    posts = []
    for number, places in enumerate(told):
        text = " ".join(value for value, _ in places)
        read = read_post(number, text)
        mentions, at = [], 0
        for value, role in places:
            mentions.append(
                Mention(
                    label=Label.LOC, start=at, end=at + len(value), surface=value, value=value, confidence=0.9,
                    extractor="hand", attributes={"role": role, "country": value[:2], "name": value},
                )
            )  # fmt: skip
            at += len(value) + 1
        posts.append(replace(read, reading=replace(read.reading, mentions=tuple(mentions))))
    for route in find_routes(posts, Connections(entities=(), actors=(), links=(), networks=())):
        assert route.posts
        assert route.origin != route.destination
        assert not {route.origin, route.destination} & set(route.transit)
        assert route.stated
        assert 1 <= route.witnesses <= len(route.posts)
