"""`jejak demo`: the whole job, and what it must find in the demo web."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import Connections, Label
from desk.cli import main
from desk.demo.writing import write_content

_CONTACTS = {Label.PHONE, Label.HANDLE, Label.EMAIL}
TRUTH = write_content(1)
OWNER = {contact: network.name for network in TRUTH.networks for contact in network.contacts}


@pytest.fixture(scope="module")
def connections(demo_case: Path) -> Connections:
    """What the demo's posts connect."""
    with Case.open(demo_case) as case:
        return case.store.connections()


def contacts_of(connections: Connections, members: tuple[str, ...]) -> set[str]:
    """The telephone numbers, accounts and addresses among the members of a network."""
    contacts = {entity.id for entity in connections.entities if entity.label in _CONTACTS}
    return contacts & set(members)


def test_every_post_was_collected_once_with_its_text(demo_case: Path) -> None:
    with Case.open(demo_case) as case:
        posts = list(case.store.posts())
    # Without a Chromium the site that needs one is left out, and said to be.
    browser = any(post.source == "vn_demo_quick" for post in posts)
    expected = Counter(bare(post.text) for post in TRUTH.posts if browser or post.site != "quick")
    # An advert's headline stands before its text, if the text does not begin with it.
    found = Counter(
        text if (text := bare(post.text)) in expected else text.removeprefix(bare(post.title or "")) for post in posts
    )
    assert found == expected


def bare(text: str) -> str:
    """The text without spaces, which pages set as they like."""
    return "".join(text.split())


@pytest.mark.parametrize("name", sorted(network.name for network in TRUTH.networks))
def test_each_hidden_network_is_found_as_one(connections: Connections, name: str) -> None:
    hidden = {contact for contact, owner in OWNER.items() if owner == name}
    found = [n for n in connections.networks if hidden & contacts_of(connections, n.members)]
    assert len(found) == 1
    assert len(hidden & contacts_of(connections, found[0].members)) >= 0.6 * len(hidden)


def test_no_network_holds_a_contact_of_anybody_else(connections: Connections) -> None:
    for network in connections.networks:
        owners = {OWNER.get(contact, contact) for contact in contacts_of(connections, network.members)}
        assert len(owners) == 1, network.name
        assert owners <= {n.name for n in TRUTH.networks}, network.name


def test_each_network_leads_to_its_true_destination(connections: Connections) -> None:
    for hidden in TRUTH.networks:
        found = next(n for n in connections.networks if set(hidden.contacts) & set(n.members))
        wanted = {f"place:{place}" for place in hidden.destinations}
        assert wanted & set(found.destinations[:3]), (hidden.name, found.destinations)


def test_the_demo_can_be_made_again_but_never_over_a_case_of_ones_own(demo_case: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    with pytest.raises(SystemExit):
        main(["new", str(own), "--purpose", "mine"])
    with pytest.raises(SystemExit) as refused:
        main(["demo", str(own), "--no-open"])
    assert refused.value.code == 1
    assert (own / "case.toml").is_file()
