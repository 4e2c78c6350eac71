"""Chains of evidence."""

from __future__ import annotations

import math

import pytest

from casefile.errors import NotFound
from casefile.records import LinkKind
from graph.connect import connect
from graph.paths import evidence_path
from tests.graph.making import MYAWADDY, POIPET, company, handle, phone, read_post, unlike

A, B, C = "+6281200000001", "+6281200000002", "+6281200000003"


def test_every_hop_names_its_posts_and_the_hops_join() -> None:
    posts = [
        read_post(1, f"{unlike(1)} {A} PT Fajar", {A: phone(A), "PT Fajar": company("PT Fajar")}),
        read_post(
            2, f"{unlike(2)} {B} PT Fajar Poipet", {B: phone(B), "PT Fajar": company("PT Fajar"), "Poipet": POIPET}
        ),
    ]
    path = evidence_path(connect(posts), f"phone:{A}", "place:KH/poipet")
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
    path = evidence_path(connect(posts), f"phone:{A}", "place:MM/myawaddy")
    assert path is not None
    assert [post for hop in path.hops for post in hop.posts].count(posts[1].post.id) == len(path.hops)


def test_no_path_leads_through_a_source() -> None:
    posts = [read_post(1, f"{unlike(1)} {A}", {A: phone(A)}), read_post(2, f"{unlike(2)} {B}", {B: phone(B)})]
    connections = connect(posts)
    assert evidence_path(connections, f"phone:{A}", f"phone:{B}") is None
    assert evidence_path(connections, "source:xx_board", f"phone:{B}") is not None


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
    path = evidence_path(connect(posts), f"phone:{A}", f"phone:{B}")
    assert path is not None
    assert "org:pt fajar" in {hop.to_id for hop in path.hops}


def test_a_node_is_linked_with_itself_by_nothing() -> None:
    path = evidence_path(connect([read_post(1, A, {A: phone(A)})]), f"phone:{A}", f"phone:{A}")
    assert path is not None
    assert path.hops == ()


def test_an_unknown_node_is_told() -> None:
    with pytest.raises(NotFound, match="phone:nobody"):
        evidence_path(connect([]), "phone:nobody", "phone:nobody")
