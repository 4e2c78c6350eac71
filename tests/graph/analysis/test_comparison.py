"""Two networks side by side."""

from __future__ import annotations

from dataclasses import replace

from casefile.records import Campaign, Connections
from graph.analysis.comparison import Aspect, compare_networks, translated_texts
from graph.connect import connect
from tests.graph.making import MYAWADDY, POIPET, company, phone, read_post, unlike

A, B = "+6281200000001", "+6281200000002"
FAJAR, SENJA = "PT Fajar Contoh", "PT Senja Contoh"


def _connections(shared_town: bool) -> Connections:
    towns = {"Poipet": POIPET, "Myawaddy": MYAWADDY}
    posts = []
    for n, (number, firm) in enumerate(((A, FAJAR), (A, FAJAR), (B, SENJA), (B, SENJA))):
        town = "Poipet" if shared_town or number == A else "Myawaddy"
        named = {number: phone(number), firm: company(firm), town: towns[town]}
        posts.append(read_post(n, f"{unlike(n)} {number} {firm} {town}", named, author=number))
    return connect(posts)


def _aspects(connections: Connections) -> dict[str, Aspect]:
    left, right = sorted(connections.networks, key=lambda network: f"phone:{A}" not in network.members)
    return {aspect.what: aspect for aspect in compare_networks(connections, left, right)}


def test_what_only_one_network_has_is_told_on_its_side() -> None:
    aspects = _aspects(_connections(shared_town=False))
    assert aspects["contacts"].only_left == (f"phone:{A}",)
    assert aspects["contacts"].only_right == (f"phone:{B}",)
    assert aspects["companies"].only_left == ("org:pt fajar contoh",)
    assert aspects["destinations"].both == ()
    assert aspects["contacts"].share == 0


def test_a_town_in_common_is_in_both() -> None:
    aspects = _aspects(_connections(shared_town=True))
    assert aspects["destinations"].both == ("place:KH/poipet",)
    assert aspects["destinations"].share == 1
    assert aspects["companies"].both == ()


def test_a_text_translated_from_the_others_is_a_hint() -> None:
    connections = _connections(shared_town=True)
    left, right = connections.networks
    campaigns = (
        Campaign(id="text:one", posts=left.posts, template="a"),
        Campaign(id="text:two", posts=right.posts, template="b", translation_of="text:one"),
    )
    assert translated_texts(connections, left, right) == []
    told = replace(connections, campaigns=campaigns)
    assert translated_texts(told, left, right) == [("text:two", "text:one")]
