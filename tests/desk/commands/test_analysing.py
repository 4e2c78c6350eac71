"""Analysis by commands: more paths, routes, reasons, circles, key recruiters, times, comparisons."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.desk.commands.conftest import POSTS, Jejak

PHONE = "+6281200009101"


def _told(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_several_paths_are_shown_the_best_first_each_hop_with_posts(filled: Path, jejak: Jejak) -> None:
    (answer,) = _told(jejak("path", filled, PHONE, "KH/poipet", "--paths", 3, "--json").out)
    weights = [path["weight"] for path in answer["paths"]]
    assert len(weights) > 1
    assert weights == sorted(weights, reverse=True)
    assert all(hop["posts"] for path in answer["paths"] for hop in path["hops"])
    assert answer["hops"] == answer["paths"][0]["hops"]
    shown = jejak("path", filled, PHONE, "KH/poipet", "--paths", 3).out
    assert "way 2" in shown
    assert "not in the ways above" in shown


def test_routes_lead_from_origin_to_destination_and_cite_the_posts_of_the_file(filled: Path, jejak: Jejak) -> None:
    routes = _told(jejak("routes", filled, "--json").out)
    (medan,) = [route for route in routes if route["origin"] == "place:ID/medan"]
    assert (medan["destination"], medan["posts"], medan["stated"]) == ("place:KH/poipet", ["a1"], True)
    assert not {"w1", "p1"} & {post for route in routes for post in route["posts"]}
    assert "Poipet, KH" in jejak("routes", filled).out
    assert all(route["month"] for route in _told(jejak("routes", filled, "--month", "--json").out))


def test_why_names_each_join_its_reasons_and_what_breaks_it(filled: Path, jejak: Jejak) -> None:
    shown = jejak("actor", filled, "hr_senja_contoh", "--why").out
    assert "given together in a job offer" in shown
    assert "bits" in shown
    assert "reak" in shown
    assert "jejak judge" in shown
    (told,) = _told(jejak("actor", filled, "@hr_senja_contoh", "--why", "--json").out)
    assert len(told["chain"]) == len(told["identifiers"]) - 1
    assert all(reason["posts"] for link in told["chain"] for reason in link["reasons"])
    assert set(told["posts"]) == {"a1", "a2", "a3"}


def test_a_recruiter_is_found_by_any_of_his_contacts(filled: Path, jejak: Jejak) -> None:
    ids = {_told(jejak("actor", filled, typed, "--json").out)[0]["id"] for typed in (PHONE, "hr_senja_contoh", "9102")}
    assert len(ids) == 1
    assert PHONE in jejak("actor", filled, PHONE).out


@pytest.mark.parametrize("command", ["actor", "timeline"])
def test_a_place_is_no_recruiter(command: str, filled: Path, jejak: Jejak) -> None:
    answer = jejak(command, filled, "KH/poipet")
    assert answer.code == 1
    assert "jejak actors" in answer.err


def test_the_circle_of_a_contact_is_that_of_its_recruiter(filled: Path, jejak: Jejak) -> None:
    (circle,) = _told(jejak("ego", filled, PHONE, "--json").out)
    assert circle["centre"].startswith("actor:")
    assert {"telegram:hr_senja_contoh", "place:KH/poipet"} <= {one["id"] for one in circle["neighbours"]}
    assert all(one["posts"] for one in circle["neighbours"])
    assert "Poipet" in jejak("ego", filled, "KH/poipet").out


def test_key_recruiters_are_told_of_all_networks_and_of_one(filled: Path, jejak: Jejak) -> None:
    (network,) = _told(jejak("key", filled, "--json").out)
    assert set(network["key"]["posts"]) == {"a1", "a2", "a3"}
    (one,) = _told(jejak("key", filled, 1, "--json").out)
    assert one["key_actors"][0] == network["key"]
    assert sum(len(circle["actors"]) for circle in one["communities"]) == len(one["key_actors"])
    assert "PT Contoh Senja" in jejak("key", filled, 1).out
    assert "towards Poipet" in jejak("key", filled).out


def test_the_timeline_counts_the_posts_of_a_recruiter_or_network(filled: Path, jejak: Jejak) -> None:
    for who in ("hr_senja_contoh", 1):
        (told,) = _told(jejak("timeline", filled, who, "--json").out)
        assert sorted(post for step in told["steps"] for post in step["posts"]) == ["a1", "a2", "a3"]
        assert told["undated"] == 3
    assert "without a date: the day of first being seen" in jejak("timeline", filled, 1).out


def test_posts_without_time_have_no_rhythm(filled: Path, jejak: Jejak) -> None:
    assert "No post tells its time" in jejak("rhythm", filled).out
    (told,) = _told(jejak("rhythm", filled, 1, "--json").out)
    assert (told["moments"], told["untimed"], told["hint_only"]) == (0, 3, True)


def test_a_hidden_post_is_in_no_route_and_no_rhythm(filled: Path, jejak: Jejak) -> None:
    assert jejak("judge", filled, "hide", "post:a1", "--because", "a test").code == 0
    assert not any("a1" in route["posts"] for route in _told(jejak("routes", filled, "--json").out))


def test_a_hidden_place_is_in_no_route_no_timeline_and_no_report(filled: Path, jejak: Jejak) -> None:
    assert "Poipet (Cambodia)" in _report(filled, jejak)
    assert jejak("judge", filled, "hide", "KH/poipet", "--because", "a test").code == 0
    for command, *what in (("routes",), ("timeline", 1), ("key", 1), ("key",)):
        assert "poipet" not in jejak(command, filled, *what).out.casefold()
    assert "Poipet (Cambodia)" not in _report(filled, jejak)


def _report(folder: Path, jejak: Jejak) -> str:
    assert jejak("report", folder).code == 0
    return (folder / "exports" / "report.html").read_text(encoding="utf-8")


def test_a_network_is_not_compared_with_itself(filled: Path, jejak: Jejak) -> None:
    answer = jejak("compare", filled, 1, 1)
    assert answer.code == 1
    assert "one network" in answer.err


def _state(folder: Path) -> dict[str, tuple[str, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(p.relative_to(folder)): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns) for p in files
    }


def test_what_links_two_cases_is_found_and_neither_is_touched(filled: Path, tmp_path: Path, jejak: Jejak) -> None:
    given = tmp_path / "other.jsonl"
    other = {"id": "b1", "text": POSTS[0]["text"].replace("9101", "9177").replace("Medan", "Surabaya")}
    given.write_text(json.dumps(other) + "\n", encoding="utf-8")
    second = tmp_path / "second"
    for command in (("new", second), ("import", second, given), ("process", second, "--workers", 1)):
        assert jejak(*command).code == 0
    before = _state(filled), _state(second)
    (told,) = _told(jejak("common", filled, second, "--json").out)
    shown = jejak("common", filled, second)
    assert (_state(filled), _state(second)) == before
    kinds = {one["kind"]: one for one in told["found"]}
    assert kinds["contact"]["left"] == "telegram:hr_senja_contoh"
    assert {"contact", "text", "company", "destination"} <= set(kinds)
    assert told["same_posts"] == []
    assert "telegram:hr_senja_contoh" in shown.out


def test_two_cases_of_the_same_posts_are_one_witness(filled: Path, jejak: Jejak) -> None:
    assert "one witness, not two" in jejak("common", filled, filled).out


def test_a_case_without_database_is_told_and_none_is_made(filled: Path, tmp_path: Path, jejak: Jejak) -> None:
    assert jejak("new", tmp_path / "empty").code == 0
    (tmp_path / "empty" / "case.db").unlink()
    answer = jejak("common", filled, tmp_path / "empty")
    assert answer.code == 1
    assert "jejak process" in answer.err
    assert not (tmp_path / "empty" / "case.db").exists()


@pytest.mark.parametrize("command", [("routes",), ("key",), ("rhythm",)])
def test_an_empty_case_says_so(command: tuple[str, ...], tmp_path: Path, jejak: Jejak) -> None:
    jejak("new", tmp_path / "case")
    answer = jejak(*command, tmp_path / "case")
    assert answer.code == 0
    assert answer.out.strip()
