"""What is around a recruiter or thing, and whom it leads to."""

from __future__ import annotations

import pytest

from casefile.errors import NotFound
from casefile.records import Connections
from graph.analysis.circles import circle_of
from graph.connect import connect
from tests.graph.making import POIPET, company, phone, read_post, unlike

A, B = "+6281200000001", "+6281200000002"


def _two_recruiters(shared: str, what: object) -> Connections:
    return connect(
        [
            read_post(n, f"{unlike(n)} {number} {shared}", {number: phone(number), shared: what}, author=f"HR {n}")  # type: ignore[dict-item]
            for n, number in enumerate((A, B))
        ]
    )


def _actor(connections: Connections, number: str) -> str:
    return next(actor.id for actor in connections.actors if f"phone:{number}" in actor.identifiers)


def test_a_company_leads_to_another_recruiter_with_its_posts() -> None:
    connections = _two_recruiters("PT Fajar Contoh", company("PT Fajar Contoh"))
    circle = circle_of(connections, _actor(connections, A))
    (beyond,) = circle.beyond
    assert beyond.actor == _actor(connections, B)
    assert beyond.through == ("org:pt fajar contoh",)
    assert beyond.posts
    assert 0 < beyond.confidence < 1


def test_a_town_or_a_site_leads_to_nobody() -> None:
    connections = _two_recruiters("Poipet", POIPET)
    circle = circle_of(connections, _actor(connections, A))
    assert circle.beyond == ()
    assert next(one for one in circle.neighbours if one.id == "place:KH/poipet").everybodys


def test_every_neighbour_is_proved_by_posts() -> None:
    connections = _two_recruiters("PT Fajar Contoh", company("PT Fajar Contoh"))
    circle = circle_of(connections, "org:pt fajar contoh")
    assert {_actor(connections, A), _actor(connections, B)} <= {one.id for one in circle.neighbours}
    assert all(one.posts for one in circle.neighbours)


def test_an_unknown_thing_is_told() -> None:
    with pytest.raises(NotFound, match="org:nothing"):
        circle_of(connect([]), "org:nothing")
