"""Networks: what hangs together, and what must stay out."""

from __future__ import annotations

from casefile.records import Network, PostKind, ReadPost
from graph.connect import connect
from tests.graph.making import MEDAN, MYAWADDY, POIPET, Named, company, phone, place, read_post, unlike


def number(n: int) -> str:
    return f"+6281200000{n:03}"


def offer(
    n: int,
    contact: str,
    town: str = "Poipet",
    where: Named = POIPET,
    *,
    org: str | None = None,
    words: str | None = None,
    suspect: float = 0.9,
    author: str | None = None,
    day: int = 0,
) -> ReadPost:
    text = f"{words or unlike(n)} {town} {contact} {org or ''}"
    named = {town: where, contact: phone(contact)} | ({org: company(org)} if org else {})
    return read_post(n, text, named, suspect=suspect, author=author, day=day)


def network_of(networks: tuple[Network, ...], member: str) -> Network | None:
    return next((network for network in networks if member in network.members), None)


def test_recruiters_of_one_company_are_one_network() -> None:
    posts = [offer(n, number(n), org="PT Fajar Demo") for n in range(3)]
    (network,) = connect(posts).networks
    assert {f"phone:{number(n)}" for n in range(3)} | {"org:pt fajar demo"} <= set(network.members)
    assert network.destinations == ("place:KH/poipet",)
    assert network.posts == tuple(sorted(read.post.id for read in posts))


def test_recruiters_who_send_one_text_are_one_network() -> None:
    posts = [offer(n, number(n), words=unlike(99)) for n in range(3)]
    (network,) = connect(posts).networks
    assert any(member.startswith("text:") for member in network.members)
    assert {f"phone:{number(n)}" for n in range(3)} <= set(network.members)


def test_sending_to_the_same_town_makes_no_network() -> None:
    posts = [offer(2 * n + copy, number(n), words=unlike(n)) for n in range(4) for copy in range(2)]
    networks = connect(posts).networks
    assert len(networks) == 4
    assert len({network_of(networks, f"phone:{number(n)}").id for n in range(4)}) == 4


def test_honest_offers_are_in_no_network_even_beside_recruiters() -> None:
    posts = [offer(n, number(n), org="PT Fajar Demo") for n in range(3)]
    posts += [offer(10 + n, number(50), org="PT Fajar Demo", suspect=0.1, author="hotel jujur") for n in range(3)]
    (network,) = connect(posts).networks
    assert f"phone:{number(50)}" not in network.members


def test_a_single_suspicious_offer_with_one_contact_is_no_network() -> None:
    assert connect([offer(1, number(1))]).networks == ()


def test_a_company_that_everybody_names_holds_nothing_together() -> None:
    posts = [offer(2 * n + copy, number(n), org="Facebook") for n in range(20) for copy in range(2)]
    assert len(connect(posts).networks) == 20


def test_warnings_add_nobody_to_a_network() -> None:
    posts = [offer(n, number(n), org="PT Fajar Demo") for n in range(2)]
    named = {number(0): phone(number(0)), number(77): phone(number(77))}
    posts.append(read_post(9, f"Awas {number(0)}, lapor {number(77)}", named, kind=PostKind.WARNING))
    (network,) = connect(posts).networks
    assert f"phone:{number(77)}" not in network.members
    assert posts[-1].post.id not in network.posts


def test_a_country_is_no_destination_where_a_town_in_it_is_named() -> None:
    land = place("KH", "Cambodia", "destination")
    posts = [offer(1, number(1)), offer(2, number(1), "Kamboja", land), offer(3, number(1), "Myawaddy", MYAWADDY)]
    (network,) = connect(posts).networks
    assert set(network.destinations) == {"place:KH/poipet", "place:MM/myawaddy"}


def test_origins_are_told_apart_from_destinations() -> None:
    named = {"Medan": MEDAN, "Poipet": POIPET, number(1): phone(number(1))}
    posts = [read_post(n, f"{unlike(n)} dari Medan ke Poipet {number(1)}", named) for n in range(2)]
    (network,) = connect(posts).networks
    assert (network.origins, network.destinations) == (("place:ID/medan",), ("place:KH/poipet",))
    assert network.name == f"Towards Poipet: {number(1)}"


def test_a_network_keeps_its_id_when_it_grows() -> None:
    before = [offer(n, number(5 + n), org="PT Fajar Demo") for n in range(2)]
    after = [*before, offer(7, number(1), org="PT Fajar Demo", day=30)]
    assert [network.id for network in connect(before).networks] == [network.id for network in connect(after).networks]


def test_a_very_large_group_is_divided_into_its_communities() -> None:
    posts = []
    for group in range(8):
        for n in range(8):
            contact = number(group * 10 + n)
            posts.append(offer(1000 + 10 * group + n, contact, words=unlike(500 + group)))
            posts.append(offer(2000 + 10 * group + n, contact, org=f"PT Demo {group}"))
        # one agent works for the next group too, so that all of it hangs together
        posts.append(offer(3000 + group, number(group * 10), org=f"PT Demo {group + 1}"))
    networks = connect(posts).networks
    assert 6 <= len(networks) <= 10
    assert max(len(network.posts) for network in networks) < len(posts) / 2


def test_a_place_that_few_posts_tell_is_no_destination_of_the_network() -> None:
    posts = [offer(n, number(1)) for n in range(8)]
    posts.append(offer(9, number(1), "Myawaddy", MYAWADDY))
    connections = connect(posts)
    assert connections.networks[0].destinations == ("place:KH/poipet",)
    assert "place:MM/myawaddy" in {link.to_id for link in connections.links}
