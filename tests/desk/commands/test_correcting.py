"""What a person sets right in a reading: networks and search follow, and it holds whatever is done to the case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import Connections, PostKind, Reading
from casefile.search.engines import engine_of
from tests.desk.commands.conftest import Jejak
from tests.desk.commands.test_judgements_hold import AFTER, OTHER, shown


def reading(folder: Path, post: str) -> Reading:
    with Case.open(folder) as case:
        found = case.store.reading(case.store.find_post(post).id)
    assert found is not None
    return found


def connections(folder: Path) -> Connections:
    with Case.open(folder) as case:
        return case.store.connections()


def found(folder: Path, query: str) -> set[str | None]:
    with Case.open(folder) as case:
        return {hit.post.native_id for hit in engine_of(case).search(query).hits}


@pytest.mark.parametrize("after", AFTER)
def test_a_kind_holds(filled: Path, jejak: Jejak, after: str) -> None:
    assert shown(connections(filled)).in_actor(OTHER)
    assert jejak("correct", filled, "a2", "warning", "--because", "he warns of them").code == 0
    AFTER[after](filled, jejak)
    assert reading(filled, "a2").kind is PostKind.WARNING
    assert "a2" in found(filled, "kind:warning") and "a2" not in found(filled, "kind:recruitment")
    if "new posts" not in after and after != "all of it":  # there others give the number again
        assert not shown(connections(filled)).in_actor(OTHER)
    assert jejak("verify", filled).code == 0


@pytest.mark.parametrize("after", AFTER)
def test_words_hold(filled: Path, jejak: Jejak, after: str) -> None:
    assert jejak("correct", filled, "a2", "phone", "0812-0000-9102", "--nothing", "-b", "an order").code == 0
    assert jejak("correct", filled, "a2", "loc", "Batam", "--role", "transit", "-b", "a stop").code == 0
    AFTER[after](filled, jejak)
    mentions = {(m.label.value, m.surface): m for m in reading(filled, "a2").mentions}
    assert ("PHONE", "0812-0000-9102") not in mentions
    assert mentions["LOC", "Batam"].attributes["role"] == "transit"
    assert "a2" not in found(filled, "phone:+6281200009102")


@pytest.mark.parametrize("told", [("a2", "warning"), ("a2", "phone", "0812-0000-9102", "--nothing")])
def test_what_is_taken_back_is_as_if_it_was_never_said(filled: Path, jejak: Jejak, told: tuple[str, ...]) -> None:
    before, read = connections(filled), reading(filled, "a2")
    jejak("correct", filled, *told, "--because", "seen")
    assert connections(filled) != before
    number = json.loads(jejak("corrections", filled, "--json").out.splitlines()[0])["sequence"]
    assert jejak("correct", filled, "undo", number, "--because", "an error").code == 0
    assert connections(filled) == before and reading(filled, "a2") == read


def test_a_reading_that_was_made_without_a_correction_is_made_again(filled: Path, jejak: Jejak) -> None:
    stale = reading(filled, "a2")
    jejak("correct", filled, "a2", "warning", "--because", "he warns")
    with Case.open(filled) as case:  # as a `process` does that began before the correction and ends after it
        from pipeline.version import reading_version

        case.store.save_readings([stale], reading_version())
    assert reading(filled, "a2").kind is PostKind.RECRUITMENT
    assert jejak("process", filled, "--workers", 1).code == 0
    assert reading(filled, "a2").kind is PostKind.WARNING


def test_programs_are_told_what_was_set_right_and_the_audit_names_it(filled: Path, jejak: Jejak) -> None:
    told = json.loads(jejak("correct", filled, "a2", "loc", "Batam", "--role", "transit", "-b", "a stop", "--json").out)
    [correction] = told["corrections"]
    assert told["connected"] and correction["label"] == "LOC" and correction["value"] == "ID/batam"
    assert correction["words"]["text"] == "Batam" and correction["because"] == "a stop"
    assert "correction" in jejak("audit", filled, "--action", "correction").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a2", "phone", "not there", "-b", "x"), "does not stand in this post"),
        (("a2", "lie", "-b", "x"), "no kind and no label"),
        (("a2", "warning"), "needs a reason"),
        (("a2", "phone", "Poipet", "-b", "x"), "not understood as one telephone number"),
        (("undo", "x", "-b", "x"), "takes the number"),
        (("undo", "1", "-b", "x"), "is no correction"),
        (("nobody", "warning", "-b", "x"), "no post"),
    ],
)
def test_what_cannot_be_set_right_is_told_and_changes_nothing(
    filled: Path, jejak: Jejak, arguments: tuple[str, ...], said: str
) -> None:
    answer = jejak("correct", filled, *arguments)
    assert answer.code == 1 and said in answer.err and "→" in answer.err
    with Case.open(filled) as case:
        assert case.corrections() == ()
