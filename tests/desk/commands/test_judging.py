"""`judge`, `judgements`, `review` on a small case."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import Decision
from tests.desk.commands.conftest import Jejak

BECAUSE = ("--because", "seen on the pages")
ONE, OTHER = "+6281200009101", "+6281200009102"


def judgements_of(folder: Path) -> list[tuple[Decision, tuple[tuple[str, ...], ...], str | None]]:
    with Case.open(folder) as case:
        return [(j.decision, j.subjects, j.kind) for j in case.judgements() if j.undone_by is None]


def actors_of(folder: Path) -> list[set[str]]:
    with Case.open(folder) as case:
        return [set(actor.identifiers) for actor in case.store.connections().actors]


def test_what_was_typed_is_kept_as_raw_identifiers(filled: Path, jejak: Jejak) -> None:
    answer = jejak("judge", filled, "same", "0812 0000 9101", "@hr_senja_contoh", *BECAUSE)
    assert answer.code == 0, answer
    assert judgements_of(filled) == [(Decision.SAME, ((f"phone:{ONE}",), ("telegram:hr_senja_contoh",)), None)]
    assert "telegram:hr_senja_contoh" in answer.out
    assert "undo" in answer.out


def test_a_contact_that_no_offer_gives_is_said_to_wait(filled: Path, jejak: Jejak) -> None:
    answer = jejak("judge", filled, "same", ONE, "0813-0000-9909", *BECAUSE)
    assert answer.code == 0
    assert "phone:+6281300009909 is no recruiter's contact now" in answer.out
    assert all("phone:+6281300009909" not in identifiers for identifiers in actors_of(filled))


def test_an_actor_is_kept_as_all_its_identifiers(filled: Path, jejak: Jejak) -> None:
    with Case.open(filled) as case:
        actor = next(a for a in case.store.connections().actors if f"phone:{ONE}" in a.identifiers)
    assert jejak("judge", filled, "confirm", actor.id, *BECAUSE).code == 0
    assert judgements_of(filled) == [(Decision.CONFIRM, (tuple(sorted(actor.identifiers)),), None)]


def test_a_link_is_judged_by_its_id_and_by_its_ends(filled: Path, jejak: Jejak) -> None:
    with Case.open(filled) as case:
        link = next(link for link in case.store.connections().links if link.kind == "sends_to")
    assert jejak("judge", filled, "reject", link.id, *BECAUSE).code == 0
    assert jejak("judge", filled, "confirm", ONE, "sends_to", "KH/poipet", *BECAUSE).code == 0
    first, second = judgements_of(filled)
    assert (first[0], first[1][1], first[2]) == (Decision.REJECT, (link.to_id,), "sends_to")
    assert second == (Decision.CONFIRM, ((f"phone:{ONE}",), ("place:KH/poipet",)), "sends_to")


def test_two_things_that_are_no_contacts_are_judged_by_their_links(filled: Path, jejak: Jejak) -> None:
    answer = jejak("judge", filled, "reject", "org:pt contoh senja", "KH/poipet", *BECAUSE, "--json")
    assert answer.code == 0, answer
    assert {j["kind"] for j in json.loads(answer.out)["judgements"]} == {"located_in"}


def test_a_post_is_hidden_by_its_own_id(filled: Path, jejak: Jejak) -> None:
    with Case.open(filled) as case:
        post = case.store.find_post("a1").id
    assert jejak("judge", filled, "hide", "post:a1", *BECAUSE).code == 0
    assert judgements_of(filled) == [(Decision.HIDE, ((post,),), None)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("same", ONE, "+629999999999"), "Nothing in this case is called"),
        (("same", ONE), "needs two things"),
        (("confirm", ONE, OTHER, "KH/poipet"), "on one thing, on two that were joined, or on a link"),
        (("reject", ONE, "located_in", "KH/poipet"), "No link"),
        (("same", "post:a1", ONE), "Nothing in this case is called"),
        (("undo", "999"), "No judgement 999"),
        (("undo", "first"), "takes the numbers"),
    ],
)
def test_what_cannot_be_judged_is_told_and_nothing_is_written(
    filled: Path, jejak: Jejak, arguments: tuple[str, ...], told: str
) -> None:
    answer = jejak("judge", filled, *arguments, *BECAUSE)
    assert answer.code == 1
    assert told in answer.err
    assert "→" in answer.err
    assert judgements_of(filled) == []


def test_judgements_are_listed_with_who_and_why_and_what_was_undone(filled: Path, jejak: Jejak) -> None:
    jejak("judge", filled, "hide", ONE, *BECAUSE)
    number = json.loads(jejak("judgements", filled, "--json").out)["sequence"]
    assert jejak("judge", filled, "undo", number, "--because", "a mistake").code == 0
    assert judgements_of(filled) == []
    listed = json.loads(jejak("judgements", filled, "--json").out)
    assert (listed["because"], listed["undone_by"] > number, bool(listed["by"])) == ("seen on the pages", True, True)
    assert "undone by" in jejak("judgements", filled).out


def test_a_hidden_contact_can_still_be_named(filled: Path, jejak: Jejak) -> None:
    assert jejak("judge", filled, "hide", ONE, *BECAUSE).code == 0
    jejak("process", filled)
    assert (
        jejak("judge", filled, "confirm", "0812-0000-9101", *BECAUSE).code == 0
        or jejak("judge", filled, "confirm", f"phone:{ONE}", *BECAUSE).code == 0
    )


def test_a_review_lists_its_questions_for_programs(filled: Path, jejak: Jejak) -> None:
    asked = [json.loads(line) for line in jejak("review", filled, "--json").out.splitlines()]
    assert asked == sorted(asked, key=lambda question: -question["worth"])
    for question in asked:
        assert question["reasons"]
        for post in question["posts"]:
            assert all(post["text"][a:b].strip() for a, b in post["common"])


def test_a_review_keeps_each_answer_and_asks_no_answered_question_again(
    filled: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = len(jejak("review", filled, "--json").out.splitlines())
    assert asked
    monkeypatch.setattr("sys.stdin", io.StringIO("?\ns\nu\nd\nq\n"))
    answer = jejak("review", filled)
    assert answer.code == 0, answer
    assert "Kept: 1 answer;" in answer.out
    (kept,) = judgements_of(filled)
    assert kept[0] is Decision.DIFFERENT


def test_a_review_without_answers_changes_nothing(filled: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert jejak("review", filled).code == 0
    assert judgements_of(filled) == []


def test_judgements_travel_with_a_copied_case(filled: Path, jejak: Jejak, tmp_path: Path) -> None:
    jejak("judge", filled, "hide", ONE, *BECAUSE)
    copy = tmp_path / "copy"
    shutil.copytree(filled, copy, ignore=shutil.ignore_patterns("case.db*"))
    assert judgements_of(copy) == judgements_of(filled)
    assert jejak("verify", copy).code == 0
