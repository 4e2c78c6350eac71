"""`new-since` on a small case that grew."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casefile.case import Case
from tests.desk.commands.conftest import POSTS, Jejak


def test_what_was_imported_later_is_told_as_growth(filled: Path, jejak: Jejak) -> None:
    with Case.open(filled) as case:
        first = max(read.first_seen for read in case.store.read_posts())
    text = POSTS[0]["text"].replace("0812-0000-9101", "0812-0000-9177").replace("Poipet", "Myawaddy")
    given = filled.parent / "later.jsonl"
    given.write_text(json.dumps({"id": "a5", "text": text, "author": "HR Senja"}) + "\n", encoding="utf-8")
    jejak("import", filled, given)
    jejak("process", filled, "--workers", 1)
    with Case.open(filled) as case:
        (later,) = {read.first_seen for read in case.store.read_posts()} - {first}
    told = jejak("new-since", filled, later.isoformat(), "--json").out
    assert {json.loads(line)["kind"] for line in told.splitlines()} == {"grown", "moved"}


def test_everything_is_new_since_before_the_case(filled: Path, jejak: Jejak) -> None:
    (change,) = [json.loads(line) for line in jejak("new-since", filled, "2020-01-01", "--json").out.splitlines()]
    assert change["kind"] == "new"
    assert "phone:+6281200009101" in change["contacts"]
    assert "Poipet" in jejak("new-since", filled, "2020-01-01").out


def test_nothing_is_new_since_tomorrow(filled: Path, jejak: Jejak) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert "Nothing changed" in jejak("new-since", filled, f"{tomorrow:%Y-%m-%d}").out
    assert jejak("new-since", filled, f"{tomorrow:%Y-%m-%d}", "--json").out == ""


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "", "0001-01-01T00:00+14:00", "9" * 400])
def test_a_day_that_is_none_is_refused(filled: Path, jejak: Jejak, typed: str) -> None:
    answer = jejak("new-since", filled, typed)
    assert answer.code == 2
    assert "2026-03-01" in answer.err
