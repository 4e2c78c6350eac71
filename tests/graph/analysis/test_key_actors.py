"""Key recruiters of a network, and its communities."""

from __future__ import annotations

from casefile.records import Connections, Network
from graph.analysis.descriptions import describe
from graph.analysis.key_actors import KeyActor, communities_in, divided, find_key_actors
from graph.analysis.witnesses import witnesses_of
from graph.connect import connect
from tests.graph.making import MYAWADDY, POIPET, Named, company, phone, read_post, unlike

NUMBERS = ("+6281200000001", "+6281200000002", "+6281200000003")
FAJAR, SENJA = "PT Fajar Contoh", "PT Senja Contoh"
# The first and the last share nothing; the second works for both companies, and alone sends to Myawaddy.
POSTS = [
    read_post(1, f"{unlike(1)} {NUMBERS[0]} {FAJAR} Poipet", {NUMBERS[0]: phone(NUMBERS[0]), FAJAR: company(FAJAR), "Poipet": POIPET}, author="one"),
    read_post(2, f"{unlike(2)} {NUMBERS[1]} {FAJAR} Poipet", {NUMBERS[1]: phone(NUMBERS[1]), FAJAR: company(FAJAR), "Poipet": POIPET}, author="two"),
    read_post(3, f"{unlike(3)} {NUMBERS[1]} {SENJA} Myawaddy", {NUMBERS[1]: phone(NUMBERS[1]), SENJA: company(SENJA), "Myawaddy": MYAWADDY}, author="two"),
    read_post(4, f"{unlike(4)} {NUMBERS[2]} {SENJA} Poipet", {NUMBERS[2]: phone(NUMBERS[2]), SENJA: company(SENJA), "Poipet": POIPET}, author="three"),
]  # fmt: skip


def _found() -> tuple[Connections, Network, list[KeyActor]]:
    connections = connect(POSTS)
    (network,) = connections.networks
    return connections, network, find_key_actors(connections, network)


def test_the_one_between_two_others_is_key_and_without_it_they_fall_apart() -> None:
    _, _, (first, *others) = _found()
    assert first.actor.identifiers == (f"phone:{NUMBERS[1]}",)
    assert len(first.parts) == 2
    assert all(len(key.parts) == 1 for key in others)
    assert first.betweenness > max(key.betweenness for key in others)


def test_what_only_one_tells_is_lost_without_it() -> None:
    _, _, keys = _found()
    lost = {key.actor.identifiers[0]: key for key in keys}
    second = lost[f"phone:{NUMBERS[1]}"]
    assert second.destinations_lost == ("place:MM/myawaddy",)
    assert second.contacts_lost == (f"phone:{NUMBERS[1]}",)
    assert set(second.posts_lost) == {POSTS[1].post.id, POSTS[2].post.id}
    assert lost[f"phone:{NUMBERS[0]}"].destinations_lost == ()


def test_what_belongs_to_a_network_is_enough_to_find_its_key_recruiters() -> None:
    connections, network, keys = _found()
    assert find_key_actors(divided(connections)[network.id], network) == keys


def test_communities_hold_every_recruiter_once() -> None:
    connections, network, keys = _found()
    circles = communities_in(connections, network)
    assert sorted(actor for circle in circles for actor in circle) == sorted(key.actor.id for key in keys)
    assert circles == communities_in(connections, network)


def test_a_description_comes_from_the_posts_of_the_described() -> None:
    connections, _, keys = _found()
    named: dict[str, Named] = {"PT Lain Contoh": company("PT Lain Contoh")}
    stranger = read_post(9, f"{unlike(9)} PT Lain Contoh", named)
    told = describe([key.actor for key in keys], [*POSTS, stranger], witnesses_of(connections))
    assert (told.recruiters, told.contacts, told.posts, told.texts) == (3, 3, 4, 4)
    assert set(told.companies) == {"org:pt fajar contoh", "org:pt senja contoh"}
    assert told.destinations[0] == "place:KH/poipet"
    assert told.in_words(lambda identity: identity).startswith("3 recruiters with 3 contacts for org:")
