"""Judgements hold: after new posts, after the database was made anew, after another version read every post again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from casefile.case import Case
from casefile.records import Connections, Post, Reading
from tests.desk.commands.conftest import POSTS, Jejak

ONE, OTHER = "phone:+6281200009101", "phone:+6281200009102"
HANDLE = "telegram:hr_senja_contoh"
HONEST = "email:hrd@contohmakmur.example"


class Shown(NamedTuple):
    """What judgements change."""

    together: Callable[[str, str], bool]
    sends_to: Callable[[str, str], float]
    in_actor: Callable[[str], bool]
    known: Callable[[str], bool]
    posts: Callable[[], set[str]]


def look(folder: Path) -> Shown:
    with Case.open(folder) as case:
        connections = case.store.connections()
    return shown(connections)


def shown(connections: Connections) -> Shown:
    actor_of = {contact: actor for actor in connections.actors for contact in actor.identifiers}
    sure = {(link.from_id, link.kind.value, link.to_id): link.confidence for link in connections.links}

    def together(left: str, right: str) -> bool:
        return left in actor_of and right in actor_of and actor_of[left].id == actor_of[right].id

    return Shown(
        together=together,
        sends_to=lambda contact, place: sure.get((actor_of[contact].id, "sends_to", place), 0.0),
        in_actor=lambda contact: contact in actor_of,
        known=lambda entity: any(e.id == entity or e.id.endswith(f"/{entity}") for e in connections.entities),
        posts=lambda: {post for link in connections.links for post in link.posts},
    )


def import_more(folder: Path, jejak: Jejak) -> None:
    """New posts that say again what was judged to be wrong."""
    more = [
        {**post, "id": f"{post['id']}-again{n}", "text": f"{post['text']} Kuota {n} orang."}
        for n in range(3)
        for post in POSTS[:4]
    ]
    given = folder.parent / "posts.jsonl"  # the file grew: the source and its accounts are the same
    given.write_text("".join(json.dumps(post) + "\n" for post in [*POSTS, *more]), encoding="utf-8")
    assert jejak("import", folder, given).code == 0
    assert jejak("process", folder, "--workers", 1).code == 0


def rebuild(folder: Path, jejak: Jejak) -> None:
    """Throw away everything derived."""
    for path in folder.glob("case.db*"):
        path.unlink()
    assert jejak("process", folder, "--workers", 1).code == 0


def read_by_another_version(folder: Path, jejak: Jejak) -> None:
    """Read every post again by a version that is less sure of everything and finds a name more."""
    from pipeline.process import process_case

    with Case.open(folder) as case:
        before = {read.post.id: read for read in case.store.read_posts()}
        case.store.save_readings([_as_read_later(read.post, read.reading) for read in before.values()], "later")
        assert case.store.count_unread("later") == 0
        assert process_case(case, workers=1) == len(before)  # and this version again, over what the other left
    assert jejak("process", folder, "--workers", 1).code == 0


def _as_read_later(post: Post, reading: Reading) -> Reading:
    return Reading(post_id=post.id, lang=reading.lang, kind=reading.kind, suspect=reading.suspect / 2, mentions=())


AFTER = {
    "at once": lambda folder, jejak: None,
    "new posts": import_more,
    "rebuild": rebuild,
    "another version": read_by_another_version,
    "all of it": lambda folder, jejak: [
        step(folder, jejak) for step in (import_more, read_by_another_version, rebuild)
    ],
}

Claim = tuple[tuple[str, ...], Callable[[Shown], bool]]
JUDGED: dict[str, Claim] = {
    "different": (("different", ONE, OTHER), lambda now: not now.together(ONE, OTHER)),
    "same": (("same", ONE, HONEST), lambda now: now.together(ONE, HONEST)),
    "rejected contact": (("reject", HANDLE), lambda now: not now.in_actor(HANDLE) and now.known(HANDLE)),
    "rejected join": (("reject", ONE, HANDLE), lambda now: not now.together(ONE, HANDLE)),
    "rejected link": (
        ("reject", ONE, "sends_to", "KH/poipet"),
        lambda now: not now.sends_to(ONE, "place:KH/poipet"),
    ),
    "confirmed link": (
        ("confirm", ONE, "sends_to", "KH/poipet"),
        lambda now: now.sends_to(ONE, "place:KH/poipet") >= 0.99,
    ),
    "hidden company": (("hide", "org:pt contoh senja"), lambda now: not now.known("org:pt contoh senja")),
    "hidden place": (("hide", "KH/poipet"), lambda now: not now.known("place:KH/poipet")),
    "hidden account": (
        ("hide", "HR Senja"),
        lambda now: not now.known("hr senja"),
    ),
    "hidden contact": (("hide", OTHER), lambda now: not now.in_actor(OTHER) and not now.known(OTHER)),
}


@pytest.mark.parametrize("after", AFTER)
@pytest.mark.parametrize("what", JUDGED)
def test_a_judgement_holds(filled: Path, jejak: Jejak, what: str, after: str) -> None:
    arguments, holds = JUDGED[what]
    assert not holds(look(filled))
    assert jejak("judge", filled, *arguments, "--because", "seen").code == 0
    AFTER[after](filled, jejak)
    assert holds(look(filled)), look(filled)
    assert jejak("verify", filled).code == 0


@pytest.mark.parametrize("after", AFTER)
def test_a_hidden_post_proves_nothing(filled: Path, jejak: Jejak, after: str) -> None:
    with Case.open(filled) as case:
        post = case.store.find_post("a2").id
    assert post in look(filled).posts()
    assert jejak("judge", filled, "hide", post, "--because", "planted").code == 0
    AFTER[after](filled, jejak)
    assert post not in look(filled).posts()


@pytest.mark.parametrize("what", JUDGED)
def test_what_is_undone_is_as_if_it_was_never_judged(filled: Path, jejak: Jejak, what: str) -> None:
    def state() -> Connections:
        with Case.open(filled) as case:
            return case.store.connections()

    before = state()
    jejak("judge", filled, *JUDGED[what][0], "--because", "seen")
    number = json.loads(jejak("judgements", filled, "--json").out.splitlines()[0])["sequence"]
    assert jejak("judge", filled, "undo", number, "--because", "an error").code == 0
    assert state() == before


def test_a_judgement_holds_in_the_order_of_deciding_not_of_arriving(filled: Path, jejak: Jejak) -> None:
    for decision in ("different", "same", "different", "same"):
        jejak("judge", filled, decision, ONE, OTHER, "--because", "thought again")
        assert look(filled).together(ONE, OTHER) is (decision == "same")


def test_a_hidden_warning_is_not_in_the_report(filled: Path, jejak: Jejak) -> None:
    report = filled / "exports" / "report.html"
    assert jejak("report", filled).code == 0
    assert "Jangan percaya" in report.read_text(encoding="utf-8")
    jejak("judge", filled, "hide", "w1", "--because", "sent to us in confidence")
    assert jejak("report", filled).code == 0
    assert "Jangan percaya" not in report.read_text(encoding="utf-8")
