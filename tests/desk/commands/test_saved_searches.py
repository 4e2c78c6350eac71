"""Saved searches on the command line and on the page."""

from __future__ import annotations

import json
from pathlib import Path

from casefile.case import Case
from casefile.saved_searches import saved_searches
from tests.desk.commands.conftest import Jejak


def test_a_saved_search_finds_what_it_found_and_can_be_narrowed_down(filled: Path, jejak: Jejak) -> None:
    saved = json.loads(jejak("search", filled, "poipet", "kind:recruitment", "--save", "Offers", "--json").out)
    again = json.loads(jejak("search", filled, "--saved", "Offers", "--json").out)
    narrower = json.loads(jejak("search", filled, "--saved", "Offers", "medan", "--json").out)
    assert saved == again and 0 < narrower["total"] < again["total"]
    assert json.loads(jejak("searches", filled, "--json").out) == {"name": "Offers", "query": "poipet kind:recruitment"}
    assert "poipet kind:recruitment" in jejak("searches", filled).out


def test_what_is_saved_and_removed_is_noted_by_its_name(filled: Path, jejak: Jejak) -> None:
    jejak("search", filled, "poipet", "--save", "Offers")
    assert jejak("searches", filled, "--remove", "Offers").code == 0
    with Case.open(filled) as case:
        noted = [(entry.action, entry.details) for entry in case.audit_log() if "search " in entry.action]
    assert noted == [("search saved", {"name": "Offers"}), ("search removed", {"name": "Offers"})]
    assert saved_searches(filled) == {}


def test_a_search_that_is_not_there_or_cannot_be_narrowed_is_told(filled: Path, jejak: Jejak) -> None:
    jejak("search", filled, "poipet", "OR", "medan", "--save", "Either")
    unknown = jejak("search", filled, "--saved", "Nothing")
    assert unknown.code == 1 and "there are: Either" in unknown.err
    both = json.loads(jejak("search", filled, "--saved", "Either", "batam", "--json").out)
    assert {post["native_id"] for post in both["posts"]} == {"a2"}
    assert jejak("search", filled, "--saved", "Either", "batam", "OR", "bekasi").code == 1
