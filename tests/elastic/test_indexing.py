"""The index follows the case: what is new, changed, decided, undone or gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from elasticsearch import Elasticsearch

from benchmarks.index_world import SOURCE
from casefile.alerts import Watched, alert_entry
from casefile.case import Case
from casefile.errors import ElasticError
from casefile.forgetting.forget import forget, plan_forgetting
from casefile.forgetting.subjects import find_subject
from casefile.records import Decision
from casefile.search.elastic.generations import kinds
from casefile.search.elastic.indexing import compare_index, drop_index, index_case
from casefile.search.engines import engine_of
from desk.answers.posts import search
from graph.connect import connect_case
from tests.casefile.making import a_post, a_reading, an_answer, keep
from tests.elastic.conftest import POSTS
from tests.elastic.indexed import Indexer


def _a_post_of(case: Case) -> str:
    return min(case.store.suspects())


def test_every_count_is_that_of_the_case_and_nothing_is_sent_twice(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    compared = compare_index(filled)
    assert all(one.case == one.index for one in compared), compared
    assert {one.kind: one.index for one in compared}["posts"] == POSTS
    again = index_case(filled)
    assert (again.sent, again.anew) == (0, "")


def test_new_posts_and_those_that_are_gone_or_removed_travel(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    new, gone, removed = (
        a_post(1, text="Lowongan baru di Kota Contoh"),
        _a_post_of(filled),
        max(filled.store.suspects()),
    )
    keep(filled, new)
    filled.store.save_readings([a_reading(new)], "synthetic")
    with filled.keeper() as keeper:
        keeper.mark_gone(SOURCE, keeper.begin_crawl(SOURCE), [gone])
    with filled.store.writing():
        for table, column in (("mentions", "post_id"), ("readings", "post_id"), ("posts", "id")):
            filled.store.database.execute(f"DELETE FROM {table} WHERE {column} = ?", (removed,))
    connect_case(filled)
    index_case(filled)
    with indexer.server.client() as client:
        posts = f"{filled.settings.elastic.prefix}-posts"
        assert client.get(index=posts, id=gone)["_source"]["post"]["gone"] is True
        assert not client.exists(index=posts, id=removed)
    assert engine_of(filled, "elastic").matching_posts('"lowongan baru"') == [new.id]
    assert indexer.holds_all(filled)


def test_a_post_that_was_edited_is_found_by_its_new_words_only(case: Case, indexer: Indexer) -> None:
    keep(case, a_post(1, text="Lowongan admin"))
    indexer.index(case)
    with case.keeper() as keeper:
        edited = a_post(1, text="Sudah ditutup")
        keeper.keep_page(edited.source, keeper.begin_crawl(edited.source), an_answer(1, b"new", minutes=5), [edited])
    index_case(case)
    engine = engine_of(case, "elastic")
    assert engine.matching_posts("ditutup") == [edited.id] and engine.matching_posts("lowongan") == []


def test_what_was_hidden_is_marked_and_its_recruiters_go_until_it_is_undone(filled: Case, indexer: Indexer) -> None:
    before = indexer.holds(indexer.index(filled))
    actor = min(filled.store.connections().actors, key=lambda one: (len(one.posts), one.id))
    hidden = filled.judge(Decision.HIDE, [list(actor.posts)], "not of this case")
    connect_case(filled)
    index_case(filled)
    prefix = filled.settings.elastic.prefix
    with indexer.server.client() as client:
        told = client.get(index=f"{prefix}-posts", id=actor.posts[0])["_source"]["post"]
        assert told["judgement"] == "hidden"
        assert not client.exists(index=f"{prefix}-actors", id=actor.id)
    filled.undo(hidden.sequence, "it was of this case")
    connect_case(filled)
    index_case(filled)
    assert indexer.holds(filled) == before
    assert indexer.holds_all(filled)


def test_what_was_forgotten_leaves_the_index(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    actor = min(filled.store.connections().actors, key=lambda one: (len(one.posts), one.id))
    number = next(one for one in actor.identifiers if one.startswith("phone:"))
    plan = plan_forgetting(filled, find_subject(filled.store, number.removeprefix("phone:")))
    assert plan.posts and forget(filled, plan, "letter 14")
    connect_case(filled)
    index_case(filled)
    prefix = filled.settings.elastic.prefix
    with indexer.server.client() as client:
        named = {"bool": {"should": [{"term": {"entity.id": number}}, {"terms": {"post.id": sorted(plan.posts)}}]}}
        assert client.count(index=[f"{prefix}-{kind}" for kind in kinds()], query=named)["count"] == 0
    assert indexer.holds_all(filled)


def test_a_confirmed_recruiter_and_his_posts_say_so(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    actor = min(filled.store.connections().actors, key=lambda one: one.id)
    filled.judge(Decision.CONFIRM, [[min(actor.identifiers)]], "his own words")
    connect_case(filled)
    index_case(filled)
    with indexer.server.client() as client:
        told = client.get(index=f"{filled.settings.elastic.prefix}-actors", id=actor.id)["_source"]["actor"]
    assert told["judgement"] == "confirmed"
    assert indexer.holds_all(filled)


def test_alerts_travel_and_whether_they_were_told(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    filled.write_alerts(
        [alert_entry("numbers", Watched.CONTACT, "phone:+6281200000001", [], [_a_post_of(filled)], ["file a"])]
    )
    index_case(filled)
    [alert] = filled.alert_book().alerts()
    filled.write_told("file a", [alert.sequence])
    index_case(filled)
    with indexer.server.client() as client:
        [hit] = client.search(index=f"{filled.settings.elastic.prefix}-alerts")["hits"]["hits"]
    assert (hit["_source"]["alert"]["id"], hit["_source"]["alert"]["told"]) == (alert.id, ["file a"])


def test_a_case_that_was_read_again_from_its_evidence_is_indexed_anew(filled: Case, indexer: Indexer) -> None:
    before = indexer.holds(indexer.index(filled))["posts"]
    filled.close()
    (filled.folder / "case.db").unlink()
    with Case.open(filled.folder) as again:
        again.settings = filled.settings
        assert index_case(again).anew
        assert indexer.holds(again)["posts"][0] == before[0] == POSTS
        assert indexer.holds_all(again)


def test_a_case_that_is_dropped_leaves_nothing_and_begins_anew(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    drop_index(filled)
    with indexer.server.client() as client:
        assert not client.indices.get(index=f"{filled.settings.elastic.prefix}-*").body
    with pytest.raises(ElasticError, match="not on the server"):
        engine_of(filled, "elastic").matching_posts("")
    assert index_case(filled).anew


def test_another_case_never_writes_over_this_one(filled: Case, case: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    case.settings = case.settings.model_copy(update={"elastic": filled.settings.elastic})
    keep(case, a_post(1))
    with pytest.raises(ElasticError, match="hold another case"):
        index_case(case)
    assert indexer.holds_all(filled)


# Rebuilding ------------------------------------------------------------------------------------------------------
def _search_until(done: threading.Event, client: Elasticsearch, prefix: str) -> set[tuple[int, ...]]:
    """Search without pause; every number of posts and links that was seen."""
    seen = set()
    while not done.is_set():
        answers = [
            client.search(index=f"{prefix}-{kind}", size=5, track_total_hits=True) for kind in ("posts", "links")
        ]
        assert not any(answer["_shards"]["failed"] for answer in answers)
        seen.add(tuple(answer["hits"]["total"]["value"] for answer in answers))
    return seen


@contextmanager
def searching(client: Elasticsearch, prefix: str) -> Iterator[list[Future[set[tuple[int, ...]]]]]:
    """Three who search without pause, and without a second try, until the block ends."""
    done = threading.Event()
    with ThreadPoolExecutor(3) as pool:
        try:
            yield [pool.submit(_search_until, done, client.options(max_retries=0), prefix) for _ in range(3)]
        finally:
            done.set()


def test_no_search_fails_or_sees_half_an_index_while_it_is_written_anew(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    links = len(filled.store.connections().links)
    with indexer.server.client() as client:
        with searching(client, filled.settings.elastic.prefix) as searches:
            for _ in range(2):
                assert index_case(filled, rebuild=True).shown
        assert {seen for one in searches for seen in one.result()} == {(POSTS, links)}
    assert indexer.holds_all(filled)


def test_a_rebuild_that_dies_leaves_the_index_as_it_was_and_the_next_one_whole(filled: Case, indexer: Indexer) -> None:
    before = indexer.holds(indexer.index(filled))

    def die(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_case(filled, rebuild=True, progress=die)
    assert indexer.holds(filled) == before
    done = index_case(filled)
    assert done.shown and indexer.holds_all(filled)


def test_a_search_says_when_the_index_is_behind_the_case(
    filled: Case, indexer: Indexer, capsys: pytest.CaptureFixture[str]
) -> None:
    indexer.index(filled)
    search(filled, "kerja", 1, 0, as_json=False, engine="elastic")
    assert "behind" not in capsys.readouterr().err
    keep(filled, a_post(1))
    search(filled, "kerja", 1, 0, as_json=False, engine="elastic")
    assert "The index is behind the case by 1 change;" in capsys.readouterr().err
    index_case(filled)
    search(filled, "kerja", 1, 0, as_json=False, engine="elastic")
    assert "behind" not in capsys.readouterr().err
