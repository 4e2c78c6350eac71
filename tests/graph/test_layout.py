"""Where nodes are drawn."""

from __future__ import annotations

import random

from casefile.records import ReadPost
from graph.connect import connect
from graph.layout import positions
from tests.graph.making import POIPET, company, phone, read_post, unlike


def some_posts() -> list[ReadPost]:
    numbers = [f"+62812000000{n:02}" for n in range(6)]
    named = {"Poipet": POIPET, "PT Fajar": company("PT Fajar")}
    return [read_post(n, f"{unlike(n)} Poipet PT Fajar {m}", {**named, m: phone(m)}) for n, m in enumerate(numbers)]


def test_all_nodes_of_a_network_lie_in_the_unit_square_apart_from_each_other() -> None:
    connections = connect(some_posts())
    (network,) = connections.networks
    placed = positions(connections, network.id)
    assert set(placed) == {*network.members, *network.destinations, *network.origins}
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in placed.values())
    assert len(set(placed.values())) == len(placed)


def test_the_same_network_is_always_drawn_the_same() -> None:
    connections = connect(some_posts())
    first = positions(connections, None, seed=7)
    random.seed(99)
    assert positions(connections, None, seed=7) == first


def test_sources_are_not_drawn() -> None:
    assert not any(node.startswith("source:") for node in positions(connect(some_posts()), None))


def test_a_whole_case_of_many_nodes_is_drawn() -> None:
    numbers = [f"+6281200001{n:03}" for n in range(500)]
    connections = connect([read_post(n, f"{unlike(n)} {m}", {m: phone(m)}) for n, m in enumerate(numbers)])
    placed = positions(connections, None)
    assert len(placed) >= 1000
    assert placed == positions(connections, None)


def test_what_is_not_there_is_drawn_as_nothing() -> None:
    assert positions(connect([]), None) == {}
    assert positions(connect(some_posts()), "network:unknown") == {}
