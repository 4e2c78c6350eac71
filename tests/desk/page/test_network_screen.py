"""The screen of a network, asked without a browser."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from casefile.records import LinkKind
from casefile.search.query import parse_query
from desk.page.asked import asked_of
from desk.page.drawings import Drawing, Group, Sieve, drawing_of
from desk.page.opened import Ties
from desk.page.selecting import export_address
from tests.desk.page.conftest import ORIGIN, Desk
from tests.desk.page.test_screens import links_of, words_of
from tests.desk.report.sample import link

NETWORK = "/network/network:1"
PHONE = "phone:+6281200001111"
SMALL = Drawing("network:1", ("a", "b"), (), {}, {"a": 0, "b": 1}, (Group("one", ("a",)), Group("two", ("b",))))


def drawn(desk: Desk, network: str = "network:1") -> Any:
    return desk.client.get(f"/network/{network}/drawing").json()


def post(desk: Desk, what: str, **fields: str) -> int:
    form = {"mark": desk.mark(), **fields}
    return desk.client.post(f"{NETWORK}/{what}", data=form, headers={"origin": ORIGIN}).status_code


def test_the_drawing_holds_the_members_their_places_and_the_links_between_them(desk: Desk) -> None:
    network = next(one for one in desk.case.store.connections().networks if one.id == "network:1")
    nodes, links = drawn(desk)["nodes"], drawn(desk)["links"]
    assert set(nodes["id"]) == {*network.members, *network.destinations, *network.origins} & set(nodes["id"])
    assert {"actor:lautan", "place:KH/poipet"} <= set(nodes["id"])
    assert not any(one.startswith("source:") for one in nodes["id"])
    assert len({len(column) for name, column in nodes.items() if name not in ("pinned", "noted")}) == 1
    assert {len(column) for column in links.values()} == {7}
    assert links["sure"] == sorted(links["sure"], reverse=True)


def test_all_networks_together_are_groups_with_the_places_between_them(desk: Desk) -> None:
    told = drawn(desk, "all")
    ties = Ties.of(desk.case.store.connections())
    assert {ties.networks[one].name for one in ties.ranked} <= set(told["groups"])
    assert "All networks together" in words_of(desk.client.get("/network/all").text)


def test_a_drawing_is_made_once(desk: Desk) -> None:
    ties = Ties.of(desk.case.store.connections())
    assert drawing_of(ties, "network:1") is drawing_of(ties, "network:1")


@pytest.mark.parametrize(
    ("sieve", "passes"),
    [
        (Sieve(), True),
        (Sieve(sure=0.8), True),
        (Sieve(sure=0.81), False),
        (Sieve(kinds=frozenset({LinkKind.POSTED})), True),
        (Sieve(kinds=frozenset({LinkKind.MENTIONS})), False),
        (Sieve(after=date(2026, 3, 9)), True),
        (Sieve(after=date(2026, 3, 10)), False),
        (Sieve(before=date(2026, 3, 2)), True),
        (Sieve(before=date(2026, 3, 1)), False),
    ],
)
def test_a_link_passes_when_it_is_sure_enough_of_the_kind_and_was_seen_in_the_time(sieve: Sieve, passes: bool) -> None:
    seen = replace(
        link("a", LinkKind.POSTED, "b", ["p"], 0.8),
        first_seen=datetime(2026, 3, 2, 9, tzinfo=UTC),
        last_seen=datetime(2026, 3, 9, 9, tzinfo=UTC),
    )
    assert sieve.lets(seen) is passes


def test_a_link_whose_time_nobody_knows_passes_every_time() -> None:
    assert Sieve(after=date(2026, 1, 1), before=date(2026, 1, 2)).lets(link("a", LinkKind.POSTED, "b", ["p"]))


def test_what_is_chosen_is_told_with_its_proof_in_the_address_alone(desk: Desk) -> None:
    page = desk.client.get(NETWORK, params={"chosen": "actor:lautan"}).text
    panel = page[page.index('class="panel"') : page.index('class="twin"')]
    assert "uses the contact" in panel and "/post/" in panel
    assert any("from=actor%3Alautan" in one for one in links_of(panel))


def test_a_line_is_told_with_the_first_words_of_its_posts(desk: Desk) -> None:
    page = desk.client.get(NETWORK + "/beside", params={"chosen": "actor:lautan", "with": PHONE}).text
    assert "LOWONGAN ADMIN ONLINE" in words_of(page)


def test_a_path_is_told_hop_by_hop_and_obeys_the_sieve(desk: Desk) -> None:
    ends = {"from": "0812 0000 1111", "to": "KH/poipet"}
    told = words_of(desk.client.get(NETWORK, params=ends).text)
    assert "Way 1" in told and "sends to 0.90" in told
    told = words_of(desk.client.get(NETWORK, params={**ends, "sure": "0.91"}).text)
    assert "No chain of the lines that are shown" in told


def test_an_end_that_nothing_is_called_by_is_said(desk: Desk) -> None:
    answer = desk.client.get(NETWORK, params={"from": "nobody-here", "to": "KH/poipet"})
    assert answer.status_code == 400 and "nobody-here" in words_of(answer.text)


def test_the_table_holds_what_the_sieve_leaves(desk: Desk) -> None:
    page = desk.client.get(NETWORK, params={"sure": "0.9"}).text
    assert "4 members, 3 links" in words_of(page)
    assert "PT Lautan Demo" not in page[page.index('class="twin"') :]


def test_a_note_is_shown_where_it_was_put_until_it_is_taken_away(desk: Desk) -> None:
    assert post(desk, "note", on=PHONE, words="on a poster in Medan") == 303
    page = desk.client.get(NETWORK, params={"chosen": PHONE}).text
    assert "on a poster in Medan" in words_of(page)
    assert drawn(desk)["nodes"]["noted"] == [drawn(desk)["nodes"]["id"].index(PHONE)]
    assert "on a poster in Medan" in words_of(desk.client.get(f"/node/{PHONE}").text)
    number = next(entry.sequence for entry in desk.case.audit_log() if entry.action == "note")
    assert post(desk, "note", on=PHONE, away=str(number)) == 303
    assert "on a poster" not in words_of(desk.client.get(NETWORK, params={"chosen": PHONE}).text)


def test_a_pin_holds_its_place(desk: Desk) -> None:
    assert post(desk, "pin", on=PHONE, x="12.5", y="-40") == 303
    nodes = drawn(desk)["nodes"]
    number = nodes["id"].index(PHONE)
    assert (nodes["x"][number], nodes["y"][number], nodes["pinned"]) == (12.5, -40.0, [number])
    assert post(desk, "pin", on=PHONE, away="yes") == 303
    assert drawn(desk)["nodes"]["pinned"] == []


@pytest.mark.parametrize(
    "fields", [{"on": "nobody", "words": "x"}, {"on": PHONE, "words": ""}, {"on": PHONE, "away": "1"}]
)
def test_what_cannot_be_noted_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    assert post(desk, "note", **fields) in (400, 403, 404)
    assert [entry for entry in desk.case.audit_log() if entry.action.startswith("note")] == []


def test_a_form_leads_back_to_its_state_and_nowhere_else(desk: Desk) -> None:
    for back, leads in (
        (f"/network/network%3A1?chosen={PHONE}", f"/network/network%3A1?chosen={PHONE}"),
        ("//evil.example", "/network/network%3A1"),
    ):
        form = {"mark": desk.mark(), "on": PHONE, "words": "a note", "back": back}
        answer = desk.client.post(f"{NETWORK}/note", data=form, headers={"origin": ORIGIN})
        assert answer.headers["location"] == leads.replace("network%3A1", "network%3A1")


@given(
    st.dictionaries(
        st.sampled_from(["sure", "kind", "after", "before", "open", "chosen", "with", "from", "to", "at", "row"]),
        st.text(max_size=20),
    )
)
def test_any_address_is_understood_and_says_the_same_when_read_again(told: dict[str, str]) -> None:
    asked = asked_of(SMALL, QueryParams(told))
    again = asked_of(SMALL, QueryParams(urlsplit(asked.address()).query))
    assert (again.values, again.sieve, again.opened) == (asked.values, asked.sieve, asked.opened)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, {"network": "network:1"}),
        ({"chosen": "actor:lautan"}, {"actor": "actor:lautan"}),
        ({"chosen": PHONE}, {"search": 'phone:"+6281200001111"'}),
        ({"after": "2026-03-05"}, {"search": "network:network:1 after:2026-03-05"}),
    ],
)
def test_what_is_chosen_can_be_exported(desk: Desk, query: dict[str, str], told: dict[str, str]) -> None:
    ties = Ties.of(desk.case.store.connections())
    drawing = drawing_of(ties, "network:1")
    address = export_address(ties, drawing, asked_of(drawing, QueryParams(query)))
    found = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert found == {"recipient": "own", **told}
    assert parse_query(found.get("search", "")) and desk.client.get(address).status_code == 200


def figure(desk: Desk, network: str = "network:1", **fields: str) -> tuple[bytes, str]:
    form = {"mark": desk.mark(), "format": "svg", "state": f"/network/{network}?sure=0.3", **fields}
    answer = desk.client.post(f"/network/{network}/figure", data=form, headers={"origin": ORIGIN})
    assert answer.status_code == 200
    return answer.content, answer.headers["content-disposition"]


def test_a_figure_is_marked_told_in_the_journal_and_names_no_bystander(desk: Desk) -> None:
    body, name = figure(desk)
    words = " ".join(ElementTree.fromstring(body).itertext())
    assert "TLP:AMBER+STRICT" in words and "Poipet" in words and "+6281200001111" in words
    assert "+6281300009999" not in words and "contact 1" in words
    [entry] = [entry for entry in desk.case.audit_log() if entry.action == "figure"]
    assert entry.details["sha256"] == hashlib.sha256(body).hexdigest() and name.endswith('.svg"')


def test_a_figure_holds_what_the_sieve_leaves_and_closed_groups_as_one(desk: Desk) -> None:
    whole, _ = figure(desk)
    fewer, _ = figure(desk, state="/network/network:1?sure=0.91")
    closed, _ = figure(desk, network="all", state="/network/all?open=none")
    assert whole.count(b"<path") > fewer.count(b"<path") > 0
    assert b"network:1 (" not in closed and closed.count(b"<polygon") < whole.count(b"<polygon")


def test_a_figure_is_given_as_pixels_too(desk: Desk) -> None:
    body, name = figure(desk, format="png")
    assert body.startswith(b"\x89PNG") and name.endswith('.png"')


def test_a_figure_of_hostile_names_is_a_picture_that_does_nothing(hostile_desk: Desk) -> None:
    told = ElementTree.fromstring(figure(hostile_desk, "all", state="/network/all?open=all")[0])
    kinds = {element.tag.rpartition("}")[2] for element in told.iter()}
    assert {"text", "rect"} < kinds <= {"svg", "title", "rect", "text", "path", "circle", "polygon"}
