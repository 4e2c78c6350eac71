"""`actors`, `campaigns`, `links` on a small case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from casefile.case import Case
from casefile.identity import link_id
from casefile.records import Link, LinkKind
from desk.answers.programs import destinations
from tests.desk.commands.conftest import Jejak


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_programs_get_one_recruiter_a_line_with_the_ids_of_the_file(filled: Path, jejak: Jejak) -> None:
    (senja,) = [
        a for a in _lines(jejak("actors", filled, "--json").out) if "telegram:hr_senja_contoh" in a["identifiers"]
    ]
    assert {"phone:+6281200009101", "phone:+6281200009102"} <= set(senja["identifiers"])
    assert set(senja["posts"]) == {"a1", "a2", "a3"}
    assert {"country": "KH", "place": "poipet"} in senja["destinations"]
    assert 0 < senja["confidence"] < 1


def test_an_honest_advertiser_is_not_called_a_recruiter(filled: Path, jejak: Jejak) -> None:
    roles = {i: a["role"] for a in _lines(jejak("actors", filled, "--json").out) for i in a["identifiers"]}
    assert roles["email:hrd@contohmakmur.example"] == "advertiser"
    assert roles["telegram:hr_senja_contoh"] == "recruiter"


def test_campaigns_name_the_posts_that_are_one_text(filled: Path, jejak: Jejak) -> None:
    found = _lines(jejak("campaigns", filled, "--json").out)
    assert any({"a1", "a3"} <= set(campaign["posts"]) and campaign["template"] for campaign in found)
    assert not any({"h1", "w1", "p1"} & set(campaign["posts"]) for campaign in found)


def test_every_link_for_programs_cites_posts(filled: Path, jejak: Jejak) -> None:
    found = _lines(jejak("links", filled, "--json").out)
    assert found
    assert all(link["posts"] and 0 < link["confidence"] <= 1 and link["from"] and link["to"] for link in found)
    known = {"a1", "a2", "a3", "h1", "w1", "p1"}
    assert set().union(*(link["posts"] for link in found)) <= known


def test_links_of_one_kind_can_be_asked_for(filled: Path, jejak: Jejak) -> None:
    found = _lines(jejak("links", filled, "--kind", "sends_to", "--json").out)
    assert {link["kind"] for link in found} == {"sends_to"}
    assert "place:KH/poipet" in {link["to"] for link in found}


def test_people_get_tables(filled: Path, jejak: Jejak) -> None:
    assert "+6281200009101" in jejak("actors", filled).out
    assert "posts" in jejak("campaigns", filled).out
    assert "sends_to" in jejak("links", filled).out


def test_an_empty_case_says_what_to_do(tmp_path: Path, jejak: Jejak) -> None:
    jejak("new", tmp_path / "case")
    for command in ("actors", "campaigns", "links"):
        assert "jejak process" in jejak(command, tmp_path / "case").out
        assert jejak(command, tmp_path / "case", "--json").out == ""


def test_an_imported_post_keeps_its_id_source_author_time_and_address(tmp_path: Path, jejak: Jejak) -> None:
    post = {
        "id": "kept-1",
        "source": "papan_contoh",
        "author": "Rina Contoh",
        "published": "2026-03-04T05:06:07Z",
        "url": "https://papan.example/1",
        "text": "Lowongan kerja di kota",
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(post) + "\n", encoding="utf-8")
    jejak("new", tmp_path / "case")
    jejak("import", tmp_path / "case", tmp_path / "one.jsonl")
    with Case.open(tmp_path / "case") as case:
        (kept,) = case.store.posts()
        assert case.store.native_ids() == {kept.id: "kept-1"}
    assert (kept.thread, kept.author, kept.url) == ("papan_contoh", "Rina Contoh", "https://papan.example/1")
    assert kept.published is not None
    assert kept.published.isoformat() == "2026-03-04T05:06:07+00:00"


def test_a_native_id_that_two_posts_have_names_neither(tmp_path: Path, jejak: Jejak) -> None:
    jejak("new", tmp_path / "case")
    for name in ("one", "two"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "7", "text": f"Kerja {name}"}), encoding="utf-8")
        jejak("import", tmp_path / "case", tmp_path / f"{name}.jsonl")
    with Case.open(tmp_path / "case") as case:
        assert case.store.native_ids() == {}


def _sent(place: str, *posts: str) -> Link:
    return Link(
        id=link_id("actor:x", LinkKind.SENDS_TO, place),
        from_id="actor:x",
        to_id=place,
        kind=LinkKind.SENDS_TO,
        confidence=0.9,
        posts=posts,
    )


def test_what_hardly_a_post_tells_is_no_destination() -> None:
    told = [_sent("place:KH/bavet", *"abcdefgh"), _sent("place:KH", *"abcd"), _sent("place:LA/vientiane", "z")]
    assert destinations(told) == [{"country": "KH", "place": "bavet"}]


def test_two_towns_make_their_country_the_most_told() -> None:
    told = [_sent("place:MM/myawaddy", *"abc"), _sent("place:KH/bavet", *"def"), _sent("place:KH/poipet", *"ghi")]
    assert {d["place"] for d in destinations(told)} == {"myawaddy", "bavet", "poipet"}


def test_a_country_alone_is_a_destination_without_a_place() -> None:
    assert destinations([_sent("place:LA", "a")]) == [{"country": "LA", "place": None}]


def test_nobody_sent_anywhere_has_no_destination() -> None:
    assert destinations([]) == []
