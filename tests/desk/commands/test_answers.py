"""`search`, `show`, `path`, `network`, `stats` on a small case."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desk.commands.conftest import Jejak


def test_a_search_finds_words_and_marks_them(filled: Path, jejak: Jejak) -> None:
    found = json.loads(jejak("search", filled, "penempatan poipet", "--json").out)
    assert {post["native_id"] for post in found["posts"]} == {"a1", "a2", "a3"}
    for post in found["posts"]:
        assert {post["text"][a:b].casefold() for a, b in post["marks"]} >= {"poipet"}


def test_a_number_is_found_however_it_is_typed(filled: Path, jejak: Jejak) -> None:
    for typed in ("phone:081200009101", "phone:+6281200009101", "0812-0000-9101", "kind:recruitment phone:81200009101"):
        found = json.loads(jejak("search", filled, typed, "--json").out)
        assert {"a1", "a3"} <= {post["native_id"] for post in found["posts"]}, typed


def test_a_search_that_cannot_be_understood_says_what_to_write(filled: Path, jejak: Jejak) -> None:
    answer = jejak("search", filled, "colour:red")
    assert answer.code == 1
    assert "colour" in answer.err
    assert "Fields:" in answer.err


def test_a_post_is_shown_with_its_mentions_and_its_evidence(filled: Path, jejak: Jejak) -> None:
    shown = json.loads(jejak("show", filled, "a1", "--json").out)
    assert {"phone:+6281200009101"} <= {
        f"phone:{m['value']}" for m in shown["reading"]["mentions"] if m["label"] == "PHONE"
    }
    (capture,) = shown["captures"]
    assert (filled / "evidence" / capture["warc_file"]).is_file()
    text = jejak("show", filled, "a1").out
    assert capture["record_id"] in text
    assert "+6281200009101" in text


def test_a_contact_is_shown_with_its_recruiter_and_posts(filled: Path, jejak: Jejak) -> None:
    for typed in ("0812 0000 9101", "๐๘๑๒ ๐๐๐๐ ๙๑๐๑"):
        shown = json.loads(jejak("show", filled, typed, "--json").out)
        assert shown["node"]["id"] == "phone:+6281200009101"
    assert any(link["kind"] == "uses_contact" and link["posts"] for link in shown["links"])


def test_a_path_leads_from_a_number_to_a_destination_and_every_step_names_posts(filled: Path, jejak: Jejak) -> None:
    found = json.loads(jejak("path", filled, "+6281200009102", "KH/poipet", "--json").out)
    assert found["hops"]
    assert all(hop["posts"] for hop in found["hops"])
    assert "steps" in jejak("path", filled, "+6281200009102", "KH/poipet").out


def test_rotating_numbers_are_one_network_and_nobody_else_is_in_it(filled: Path, jejak: Jejak) -> None:
    (network,) = [json.loads(line) for line in jejak("network", filled, "--json").out.splitlines()]
    assert {"phone:+6281200009101", "phone:+6281200009102", "telegram:hr_senja_contoh"} <= set(network["members"])
    assert "place:KH/poipet" in network["destinations"]
    assert not {"phone:+6281300009909", "email:hrd@contohmakmur.example", "phone:110"} & set(network["members"])


def test_what_is_not_there_is_said_with_a_way_out(filled: Path, jejak: Jejak) -> None:
    for command in (
        ("show", filled, "+62999"),
        ("network", filled, "nobody"),
        ("path", filled, "nobody", "KH"),
        ("stats", filled / "x"),
    ):
        answer = jejak(*command)
        assert answer.code == 1
        assert "→" in answer.err


def test_stats_count_what_is_there(filled: Path, jejak: Jejak) -> None:
    counted = json.loads(jejak("stats", filled, "--json").out)
    assert counted["counts"]["posts"] == counted["counts"]["readings"] == counted["counts"]["captures"] == 6
    assert counted["facets"]["kind"]["plea"] == 1
