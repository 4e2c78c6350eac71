"""Chains of evidence."""

from __future__ import annotations

import math
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import NotFound
from casefile.records import Connections, Entity, Link, LinkKind
from graph.connect import connect
from graph.paths import EvidencePath, evidence_paths
from tests.graph.making import MYAWADDY, POIPET, company, handle, phone, read_post, unlike

A, B, C = "+6281200000001", "+6281200000002", "+6281200000003"


def surest_path(connections: Connections, a: str, b: str) -> EvidencePath | None:
    return next(iter(evidence_paths(connections, a, b, 1)), None)


def test_every_hop_names_its_posts_and_the_hops_join() -> None:
    posts = [
        read_post(1, f"{unlike(1)} {A} PT Fajar", {A: phone(A), "PT Fajar": company("PT Fajar")}),
        read_post(
            2, f"{unlike(2)} {B} PT Fajar Poipet", {B: phone(B), "PT Fajar": company("PT Fajar"), "Poipet": POIPET}
        ),
    ]
    path = surest_path(connect(posts), f"phone:{A}", "place:KH/poipet")
    assert path is not None
    assert path.hops[0].kind is LinkKind.USES_CONTACT
    assert not path.hops[0].forward
    assert path.hops[0].from_id == f"phone:{A}"
    assert path.hops[-1].to_id == "place:KH/poipet"
    assert all(left.to_id == right.from_id for left, right in zip(path.hops, path.hops[1:], strict=False))
    assert all(set(hop.posts) <= {read.post.id for read in posts} and hop.posts for hop in path.hops)
    assert path.confidence == pytest.approx(math.prod(hop.confidence for hop in path.hops), abs=1e-6)


def test_the_surer_way_is_taken() -> None:
    named = {A: phone(A), "@demo": handle("telegram:demo"), "Myawaddy": MYAWADDY}
    posts = [
        read_post(1, f"{unlike(1)} {A} Myawaddy", {A: phone(A), "Myawaddy": MYAWADDY}, confidence=0.2),
        read_post(2, f"{unlike(2)} {A} @demo Myawaddy", named),
    ]
    path = surest_path(connect(posts), f"phone:{A}", "place:MM/myawaddy")
    assert path is not None
    assert [post for hop in path.hops for post in hop.posts].count(posts[1].post.id) == len(path.hops)


def test_no_path_leads_through_a_source() -> None:
    posts = [read_post(1, f"{unlike(1)} {A}", {A: phone(A)}), read_post(2, f"{unlike(2)} {B}", {B: phone(B)})]
    connections = connect(posts)
    assert surest_path(connections, f"phone:{A}", f"phone:{B}") is None
    assert surest_path(connections, "source:xx_board", f"phone:{B}") is not None


def test_a_way_around_a_crowded_town_is_preferred() -> None:
    posts = [
        read_post(n, f"{unlike(n)} Poipet @x{n}", {"Poipet": POIPET, f"@x{n}": handle(f"telegram:x{n}")})
        for n in range(60)
    ]
    org = {"PT Fajar": company("PT Fajar")}
    posts += [
        read_post(100, f"{unlike(100)} Poipet {A} PT Fajar", {"Poipet": POIPET, A: phone(A), **org}),
        read_post(101, f"{unlike(101)} Poipet {B} PT Fajar", {"Poipet": POIPET, B: phone(B), **org}),
    ]
    path = surest_path(connect(posts), f"phone:{A}", f"phone:{B}")
    assert path is not None
    assert "org:pt fajar" in {hop.to_id for hop in path.hops}


def test_a_node_is_linked_with_itself_by_nothing() -> None:
    path = surest_path(connect([read_post(1, A, {A: phone(A)})]), f"phone:{A}", f"phone:{A}")
    assert path is not None
    assert path.hops == ()


def test_an_unknown_node_is_told() -> None:
    with pytest.raises(NotFound, match="phone:nobody"):
        surest_path(connect([]), "phone:nobody", "phone:nobody")


NODES = ("org:a", "org:b", "org:c", "org:d", "place:e", "source:f")


@given(st.dictionaries(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), st.floats(0.05, 0.99), max_size=14))
def test_the_paths_are_the_best_of_all_simple_paths(sure: dict[tuple[str, str], float]) -> None:
    links = tuple(
        Link(id=f"{a} {b}", from_id=a, to_id=b, kind=LinkKind.MENTIONS, confidence=confidence, posts=("p",))
        for (a, b), confidence in sure.items()
        if a != b
    )
    entities = tuple(Entity(id=node, label="ORG", name=node, posts=1) for node in NODES)
    found = evidence_paths(Connections(entities=entities, actors=(), links=links, networks=()), "org:a", "org:b", 4)
    best: dict[frozenset[str], float] = {}
    for link in links:
        pair = frozenset((link.from_id, link.to_id))
        best[pair] = max(link.confidence, best.get(pair, 0.0))
    inner = NODES[2:5]
    ways = [("org:a", *middle, "org:b") for size in range(4) for middle in permutations(inner, size)]
    steps = [[frozenset(pair) for pair in pairwise(way)] for way in ways]
    every = sorted((math.prod(best[s] for s in way) for way in steps if all(s in best for s in way)), reverse=True)
    assert [path.confidence for path in found] == pytest.approx(every[:4], abs=1e-5)
    assert [path.weight for path in found] == pytest.approx(every[:4], abs=1e-5)


def test_fewer_paths_are_given_where_no_more_lead_there() -> None:
    connections = connect([read_post(1, f"{unlike(1)} {A} Poipet", {A: phone(A), "Poipet": POIPET})])
    assert 1 <= len(evidence_paths(connections, f"phone:{A}", "place:KH/poipet", 50)) < 50
    assert evidence_paths(connections, f"phone:{A}", "source:xx_board", 3)
