"""What does not leave a case."""

from __future__ import annotations

from casefile.records import Connections, PostKind, ReadPost
from graph.connect import connect
from graph.export.shield import shield
from tests.graph.making import MYAWADDY, POIPET, person, phone, read_post

A, FAMILY = "+6281200000001", "+6281200000077"

OFFER = read_post(
    1, f"kerja Poipet {A} Pak Contoh", {"Poipet": POIPET, A: phone(A), "Pak Contoh": person("Pak Contoh")}
)
PLEA = read_post(
    2,
    f"Tolong Pak Contoh dibawa {A} ke Myawaddy, hubungi kami {FAMILY}",
    {"Pak Contoh": person("Pak Contoh"), A: phone(A), FAMILY: phone(FAMILY), "Myawaddy": MYAWADDY},
    kind=PostKind.PLEA,
    author="Keluarga",
)


def shielded(posts: list[ReadPost]) -> Connections:
    return shield(connect(posts), posts)


def ids(connections: Connections) -> set[str]:
    return {entity.id for entity in connections.entities}


def test_who_asks_for_help_does_not_leave() -> None:
    assert f"phone:{FAMILY}" in ids(connect([OFFER, PLEA]))
    assert f"phone:{FAMILY}" not in ids(shielded([OFFER, PLEA]))


def test_the_recruiter_whom_a_plea_names_leaves() -> None:
    assert f"phone:{A}" in ids(shielded([OFFER, PLEA]))


def test_a_person_whom_a_plea_names_does_not_leave() -> None:
    assert "person:pak contoh" in ids(shielded([OFFER]))
    assert "person:pak contoh" not in ids(shielded([OFFER, PLEA]))


def test_an_account_that_wrote_a_plea_does_not_leave() -> None:
    offer = read_post(3, f"kerja {A}", {A: phone(A)}, author="keluarga")
    assert "account:xx_board/keluarga" in ids(shielded([offer]))
    assert "account:xx_board/keluarga" not in ids(shielded([offer, PLEA]))


def test_no_link_rests_on_a_plea_or_ends_at_what_was_withheld() -> None:
    connections = shielded([OFFER, PLEA])
    left = ids(connections) | {actor.id for actor in connections.actors}
    assert connections.links
    for link in connections.links:
        assert PLEA.post.id not in link.posts
        assert {link.from_id, link.to_id} <= left


def test_what_only_warnings_news_or_talk_name_does_not_leave() -> None:
    others = [
        read_post(10 + n, f"{n} {FAMILY}", {FAMILY: phone(FAMILY)}, kind=kind)
        for n, kind in enumerate((PostKind.WARNING, PostKind.NEWS, PostKind.OTHER))
    ]
    assert f"phone:{FAMILY}" not in ids(shielded([OFFER, *others]))
