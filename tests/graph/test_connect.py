"""Connecting as a whole: what holds for any case."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import SettingsError
from casefile.records import Connections, PostKind, ReadPost
from casefile.settings import CONFIG_FOLDER, CaseSettings
from graph.connect import connect, connect_case
from graph.settings import load_settings
from tests.graph.making import MEDAN, MYAWADDY, POIPET, Named, company, handle, person, phone, read_post, unlike

WORDS = (
    "",
    "kerja admin",
    unlike(1),
    unlike(2),
    "เปิดรับสมัครแอดมินตอบแชทรายได้ดีมีที่พักและอาหารฟรีออกค่าเดินทางให้",
    "急招客服高薪包吃住报销机票无需学历经验有护照即可公司环境优越",
)
NAMED: dict[str, Named] = {
    **{f"+62812000000{n:02}": phone(f"+62812000000{n:02}") for n in range(9)},
    **{f"@demo{n}": handle(f"telegram:demo{n}") for n in range(3)},
    "WA-1": handle("whatsapp:+6281200000001"),
    "1343": phone("1343"),
    "PT Fajar": company("PT Fajar"),
    "Công ty Demo": company("Công ty Demo"),
    "Pak Contoh": person("Pak Contoh"),
    "Poipet": POIPET,
    "Myawaddy": MYAWADDY,
    "Medan": MEDAN,
}


@st.composite
def cases(draw: st.DrawFn) -> list[ReadPost]:
    posts = []
    for number in range(draw(st.integers(0, 12))):
        surfaces = draw(st.lists(st.sampled_from(sorted(NAMED)), unique=True, max_size=6))
        posts.append(
            read_post(
                number,
                " ".join([draw(st.sampled_from(WORDS)), *surfaces]),
                {surface: NAMED[surface] for surface in surfaces},
                kind=draw(
                    st.sampled_from([PostKind.RECRUITMENT, PostKind.RECRUITMENT, PostKind.WARNING, PostKind.PLEA])
                ),
                suspect=draw(st.sampled_from([0.1, 0.6, 0.9])),
                source=draw(st.sampled_from(["xx_one", "xx_two"])),
                author=draw(st.sampled_from([None, "agen a", "agen b", "admin"])),
                day=draw(st.integers(0, 3)),
                confidence=draw(st.sampled_from([0.4, 0.95])),
            )
        )
    return posts


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_posts_does_not_matter(posts: list[ReadPost], chance: random.Random) -> None:
    shuffled = list(posts)
    chance.shuffle(shuffled)
    assert connect(shuffled) == connect(posts)


@given(cases())
@settings(max_examples=40, deadline=None)
def test_everything_is_proved_by_posts_that_exist(posts: list[ReadPost]) -> None:
    connections = connect(posts)
    known = {read.post.id for read in posts}
    nodes = {entity.id for entity in connections.entities} | {actor.id for actor in connections.actors}
    for link in connections.links:
        assert link.posts
        assert set(link.posts) <= known
        assert {link.from_id, link.to_id} <= nodes
        assert 0 < link.confidence < 1
    for actor in connections.actors:
        assert actor.posts
        for join in actor.joins:
            assert join.posts
            assert set(join.posts) <= known
            assert {join.left, join.right} <= set(actor.identifiers)
    for network in connections.networks:
        assert set(network.posts) <= known
        assert {*network.members, *network.destinations, *network.origins} <= nodes


@given(cases())
@settings(max_examples=40, deadline=None)
def test_each_contact_of_an_offer_belongs_to_at_most_one_recruiter(posts: list[ReadPost]) -> None:
    connections = connect(posts)
    identifiers = [identifier for actor in connections.actors for identifier in actor.identifiers]
    assert len(identifiers) == len(set(identifiers))
    offered = {m.value for read in posts if read.reading.kind is PostKind.RECRUITMENT for m in read.reading.mentions}
    assert {identifier.removeprefix("phone:") for identifier in identifiers} <= offered


@given(cases())
@settings(max_examples=40, deadline=None)
def test_the_joins_of_a_recruiter_hold_all_its_identifiers_together(posts: list[ReadPost]) -> None:
    for actor in connect(posts).actors:
        reached = {actor.identifiers[0]}
        for _ in actor.identifiers:
            reached |= {
                end for join in actor.joins if {join.left, join.right} & reached for end in (join.left, join.right)
            }
        assert reached == set(actor.identifiers)


@given(cases())
@settings(max_examples=30, deadline=None)
def test_no_member_is_in_two_networks_and_its_record_says_in_which(posts: list[ReadPost]) -> None:
    connections = connect(posts)
    network_of = {member: network.id for network in connections.networks for member in network.members}
    assert len(network_of) == sum(len(network.members) for network in connections.networks)
    for record in (*connections.entities, *connections.actors):
        assert record.network == network_of.get(record.id)


def test_records_of_each_kind_are_ordered_by_id() -> None:
    posts = [
        read_post(n, f"{unlike(n)} Poipet @demo{n % 3}", {"Poipet": POIPET, f"@demo{n % 3}": NAMED[f"@demo{n % 3}"]})
        for n in range(9)
    ]
    connections = connect(posts)
    for records in (connections.entities, connections.actors, connections.links, connections.networks):
        assert records
        assert all(left.id < right.id for left, right in pairwise(records))


def test_an_empty_case_has_no_connections() -> None:
    assert connect([]) == Connections(entities=(), actors=(), links=(), networks=())


def test_a_post_with_ten_thousand_numbers_is_connected() -> None:
    numbers = [f"+628120{n:07}" for n in range(10_000)]
    text = " ".join(numbers)
    base = read_post(1, text, {})
    mentions = [read_post(1, number, {number: phone(number)}).reading.mentions[0] for number in numbers]
    post = replace(base, reading=replace(base.reading, mentions=tuple(mentions)))
    connections = connect([post, replace(post, post=replace(post.post, id="f" * 32))])
    assert len(connections.actors) == 10_000


def test_the_middle_of_a_chain_is_most_central() -> None:
    named = {surface: NAMED[surface] for surface in ("PT Fajar", "Poipet", "@demo0")}
    connections = connect([read_post(1, "PT Fajar Poipet @demo0", named)])
    entity = {entity.id: entity for entity in connections.entities}
    assert entity["org:pt fajar"].degree == 2
    assert entity["place:KH/poipet"].betweenness == 0.0


def test_the_weights_in_config_are_complete() -> None:
    assert load_settings(CONFIG_FOLDER / "graph.yml").joins.enough > 0


def test_every_mistake_in_the_weights_is_told(tmp_path: Path) -> None:
    path = tmp_path / "graph.yml"
    path.write_text("joins: {enough: 7}\nsurprise: 1\n", encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load_settings(path)
    assert {"joins.enough", "surprise", "links"} <= {mistake.where for mistake in raised.value.mistakes}


def test_a_case_without_posts_is_connected_and_saved(tmp_path: Path) -> None:
    wanted = CaseSettings(title="t", purpose="p", legal_basis="l", contact="desk@ours.example")
    with Case.create(tmp_path / "case", wanted) as case:
        assert connect_case(case).actors == 0
        assert case.store.connections() == connect([])
