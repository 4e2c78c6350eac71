from datetime import UTC, datetime

import pytest

from casefile.records import Actor, Connections, Entity, Link, LinkKind, Network
from desk.report.tally import Tally
from desk.report.ties import Ties, by_network

AT = datetime(2026, 3, 2, tzinfo=UTC)
PHONE, COMPANY, ACCOUNT = "phone:+6281200001111", "org:pt lautan demo", "account:xx_test/hr"
ENTITIES = (
    Entity(id=PHONE, label="PHONE", name="+6281200001111", posts=1),
    Entity(id=COMPANY, label="ORG", name="PT Lautan Demo", posts=1),
    Entity(id=ACCOUNT, label="ACCOUNT", name="hr", posts=1),
)
ACTOR = Actor(id="actor:a", name="a", identifiers=(PHONE,), posts=("p1",), confidence=0.9, network="n")


def ties(link: Link, offered: set[str]) -> Ties:
    network = Network(
        id="n",
        name="n",
        members=(ACTOR.id, PHONE, COMPANY),
        posts=("p1", "p2"),
        destinations=(),
        origins=(),
        suspect=0.9,
    )
    connections = Connections(entities=ENTITIES, actors=(ACTOR,), links=(link,), networks=(network,))
    tally = Tally(offered=offered, offers={"p1": (AT, 0.9), "p2": (AT, 0.9), "p9": (AT, 0.1)})
    return by_network(connections, tally, [network])[0]


def link(from_id: str, kind: LinkKind, to_id: str, *posts: str) -> Link:
    return Link(id="l", from_id=from_id, to_id=to_id, kind=kind, confidence=0.9, posts=posts)


def test_a_contact_that_no_offer_names_is_not_shown_whatever_the_link_says() -> None:
    uses = link(ACTOR.id, LinkKind.USES_CONTACT, PHONE, "p1")
    assert ties(uses, offered={PHONE}).links and not ties(uses, offered=set()).links


@pytest.mark.parametrize("outside", ["actor:honest", "source:xx_test"])
def test_who_names_the_same_company_is_not_in_the_network(outside: str) -> None:
    assert not ties(link(outside, LinkKind.RECRUITS_FOR, COMPANY, "p1"), offered={COMPANY}).links


def test_who_posted_a_members_contact_is_in_the_network() -> None:
    assert ties(link(ACCOUNT, LinkKind.POSTED, PHONE, "p1"), offered={PHONE}).kinds[ACCOUNT] == "account at a source"


def test_a_link_keeps_only_the_offers_of_its_network_as_proof() -> None:
    (found,) = ties(link(ACTOR.id, LinkKind.USES_CONTACT, PHONE, "p1", "p2", "p9", "warning"), offered={PHONE}).links
    assert found.posts == ("p1", "p2")
