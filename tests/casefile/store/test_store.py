"""The doors of the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import CaseError, NotFound
from casefile.identity import link_id
from casefile.records import (
    Actor,
    Connections,
    Entity,
    JoinReason,
    Label,
    Link,
    LinkKind,
    Media,
    Network,
    Precision,
    Problem,
    Role,
)
from casefile.store.database import MIGRATIONS, newest_schema, open_database, transaction, translated
from tests.casefile.making import NOW, SOURCE, a_mention, a_post, a_reading, an_answer, keep, save_connections

TEXT = "Kontak 0812-0000-0001 atau contoh@jejak.example"


def test_a_post_comes_back_with_all_its_fields(case: Case) -> None:
    post = a_post(
        1,
        TEXT,
        native_id="77",
        title="Dicari",
        author="Someone",
        author_url="https://harbor.example/u/1",
        published=NOW,
        published_precision=Precision.MINUTE,
        published_words="kemarin",
        lang="id",
        region="id",
        thread="t1",
        reply_to="76",
        forwarded_from="elsewhere",
        views=12,
        media=(
            Media(kind="photo", url="https://harbor.example/p.jpg"),
            Media(kind="file", name="a.pdf", sha256="0" * 64),
        ),
    )
    keep(case, post)
    assert case.store.post(post.id) == post


def test_what_is_not_there_is_said_so(case: Case) -> None:
    for door in (case.store.post, case.store.history, case.store.find_post):
        with pytest.raises(NotFound) as raised:
            door("0" * 32)
        assert "jejak search" in raised.value.remedy
    assert case.store.captures("0" * 32) == ()
    assert case.store.reading("0" * 32) is None
    assert case.store.known_page("x", "y") is None
    assert list(case.store.read_posts([])) == []


def test_a_post_is_found_by_its_id_its_beginning_or_its_native_id(case: Case) -> None:
    keep(case, a_post(1, native_id="77"), a_post(2, native_id="88"), a_post(3, native_id="88"))
    first = a_post(1, native_id="77")
    assert case.store.find_post(first.id) == case.store.find_post(first.id[:8]) == case.store.find_post("77") == first
    for words in (first.id[:7], "", "' OR 1=1 --", "%", "zzzzzzzzzz"):
        with pytest.raises(NotFound):
            case.store.find_post(words)
    with pytest.raises(NotFound, match="More than one"):
        case.store.find_post("88")


def test_posts_and_histories_are_ordered_and_kept_apart_by_source(case: Case) -> None:
    keep(case, *(a_post(n) for n in range(9)), a_post(50, source="xx_other"))
    ids = [post.id for post in case.store.posts()]
    assert ids == sorted(ids) and len(ids) == 10
    assert [post.source for post in case.store.posts("xx_other")] == ["xx_other"]
    assert [history.post_id for history in case.store.histories(SOURCE)] == sorted(a_post(n).id for n in range(9))


def test_posts_are_unread_until_read_by_this_version_as_they_are_now(case: Case) -> None:
    keep(case, a_post(1), a_post(2))
    case.store.save_readings([a_reading(a_post(1))], "v1")
    assert [post.id for post in case.store.unread_posts("v1")] == [a_post(2).id]
    assert case.store.count_unread("v1") == 1
    assert case.store.count_unread("v2") == 2
    keep(case, a_post(1, "edited"), minutes=1)
    assert case.store.count_unread("v1") == 2


def test_a_reading_of_an_older_text_is_not_given_out(case: Case) -> None:
    keep(case, a_post(1, TEXT))
    case.store.save_readings([a_reading(a_post(1), a_mention(TEXT, "0812-0000-0001", "+6281200000001"))], "v1")
    keep(case, a_post(1, "edited"), minutes=1)
    assert case.store.reading(a_post(1).id) is None
    assert list(case.store.read_posts()) == []


def test_saving_between_two_unread_posts_skips_and_repeats_none(case: Case) -> None:
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(1), [a_post(n) for n in range(1200)])
    seen = []
    for post in case.store.unread_posts("v1"):
        seen.append(post.id)
        if len(seen) % 7 == 0:
            case.store.save_readings([a_reading(case.store.post(post_id)) for post_id in seen[-7:]], "v1")
    assert seen == sorted(a_post(n).id for n in range(1200))


def test_readings_come_back_with_their_mentions_in_order(case: Case) -> None:
    posts = [a_post(1, TEXT), a_post(2, TEXT), a_post(3)]
    keep(case, *posts)
    mail = a_mention(TEXT, "contoh@jejak.example", "contoh@jejak.example", Label.EMAIL)
    phone = a_mention(
        TEXT, "0812-0000-0001", "+6281200000001", attributes={"region": "ID", "n": 1, "sure": True, "x": None}
    )
    readings = [
        a_reading(posts[0], phone, mail, reasons=("says “easy work”",)),
        a_reading(posts[1], mail),
        a_reading(posts[2]),
    ]
    for _ in range(2):
        case.store.save_readings(readings, "v1")
    assert case.store.counts()["mentions"] == 3
    read = {found.post.id: found for found in case.store.read_posts()}
    assert list(read) == sorted(read)
    for post, reading in zip(posts, readings, strict=True):
        assert (read[post.id].post, read[post.id].reading) == (post, reading)
        assert case.store.reading(post.id) == reading
        assert read[post.id].first_seen == NOW
    assert [found.post.id for found in case.store.read_posts([posts[1].id, "0" * 32, posts[1].id])] == [posts[1].id]


def test_a_new_reading_takes_the_place_of_the_old_one(case: Case) -> None:
    keep(case, a_post(1, TEXT))
    case.store.save_readings([a_reading(a_post(1), a_mention(TEXT, "0812-0000-0001", "+6281200000001"))], "v1")
    case.store.save_readings([a_reading(a_post(1), suspect=0.0)], "v2")
    reading = case.store.reading(a_post(1).id)
    assert reading is not None and reading.mentions == () and reading.suspect == 0.0


def test_a_reading_of_a_post_that_is_not_there_is_not_kept(case: Case) -> None:
    case.store.save_readings([a_reading(a_post(1))], "v1")
    assert case.store.counts()["readings"] == 0


def test_more_posts_can_be_asked_for_than_one_query_takes(case: Case) -> None:
    keep(case, a_post(1))
    case.store.save_readings([a_reading(a_post(1))], "v1")
    ids = [f"{n:032x}" for n in range(2_000)]
    assert len(list(case.store.read_posts([*ids, a_post(1).id]))) == 1


def test_connections_come_back_equal_and_replace_the_old_ones(case: Case) -> None:
    assert case.store.connections() == Connections(entities=(), actors=(), links=(), networks=())
    made = Connections(
        entities=(Entity(id="phone:+6281200000001", label="PHONE", name="+62 812", posts=2, first_seen=NOW, lat=1.5, lon=-0.1),),
        actors=(
            Actor(id="actor-1", name="A", identifiers=("phone:+6281200000001",), posts=("p1", "p2"), confidence=0.9,
                  joins=(JoinReason(left="a", right="b", reason="same post", weight=0.5, posts=("p1",)),)),
        ),
        links=(
            Link(id=link_id("a", LinkKind.SENDS_TO, "b"), from_id="a", to_id="b", kind=LinkKind.SENDS_TO, confidence=0.4,
                 posts=("p1",), last_seen=NOW, role=Role.DESTINATION),
        ),
        networks=(Network(id="n1", name="N", members=("a",), posts=("p1",), destinations=("KH",), origins=(), suspect=0.7),),
    )  # fmt: skip
    for _ in range(2):
        save_connections(case.store, made)
    assert case.store.connections() == made
    save_connections(case.store, Connections(entities=(), actors=(), links=(), networks=()))
    assert case.store.counts()["links"] == 0


def test_problems_of_later_stages_are_kept_whatever_they_are_called(case: Case) -> None:
    for minutes in range(3):
        at = NOW + timedelta(minutes=minutes)
        case.store.add_problem(Problem(at=at, stage="process", item="post \udcff\0", reason="too long", remedy="none"))
    [problem] = case.store.problems()
    assert (problem.at, problem.item) == (NOW + timedelta(minutes=2), "post ��")


def test_a_failed_transaction_leaves_nothing_behind(case: Case) -> None:
    with pytest.raises(ZeroDivisionError), case.store.writing():
        case.store.database.execute("DELETE FROM meta")
        case.store.database.execute("INSERT INTO meta VALUES ('x', 'y')")
        _ = 1 / 0
    assert not case.store.database.in_transaction
    assert case.store.database.execute("SELECT count(*) FROM meta WHERE name = 'x'").fetchone()[0] == 0


def test_foreign_database_errors_never_leak(case: Case) -> None:
    with pytest.raises(CaseError, match=r"case\.db"), translated(case.store.path):
        case.store.database.execute("SELECT * FROM nowhere")
    with pytest.raises(CaseError), transaction(case.store.database, case.store.path):
        case.store.database.execute("INSERT INTO crawls (id) VALUES (1)")


def test_the_database_is_durable_and_trusts_no_schema(case: Case) -> None:
    pragmas = {
        name: case.store.database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "trusted_schema")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "trusted_schema": 0}


def test_migrating_is_done_once_and_keeps_what_is_there(case: Case) -> None:
    keep(case, a_post(1))
    again = open_database(case.store.path)
    assert isinstance(again, sqlite3.Connection)
    assert again.execute("SELECT count(*) FROM posts").fetchone()[0] == 1
    again.close()


def test_a_migration_keeps_a_copy_of_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    with closing(sqlite3.connect(path)) as old:
        for number, script in enumerate(sorted(MIGRATIONS.glob("[0-9]*.sql"))[:-1], 1):
            old.executescript(script.read_text("utf-8"))
            old.execute(f"PRAGMA user_version = {number}")
        old.execute("INSERT INTO warcs VALUES ('a.warc.gz', 7)")
        old.commit()
    (tmp_path / "case.db.before-0002").write_bytes(b"of long ago")
    open_database(path).close()
    open_database(path).close()
    [copy] = tmp_path.glob("case.db.before-*")
    with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(path)) as now:
        assert kept.execute("PRAGMA user_version").fetchone()[0] == newest_schema() - 1
        assert now.execute("PRAGMA user_version").fetchone()[0] == newest_schema()
        assert [one.execute("SELECT counted FROM warcs").fetchone()[0] for one in (kept, now)] == [7, 7]
