"""Keeping: nothing counted is lost, nothing is counted twice, whatever is kept."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casefile.evidence.warc
from casefile.case import Case
from casefile.errors import ImportRefused
from casefile.evidence.warc import WarcFile
from casefile.records import CrawlOutcome, Post, Problem
from tests.casefile.evidence.test_posts_json import any_text, posts
from tests.casefile.making import NOW, SOURCE, a_post, an_answer, keep, problems_of


def records(case: Case) -> int:
    return len((case.evidence_folder / "manifest.jsonl").read_bytes().splitlines())


def test_a_kept_page_gives_its_posts_a_capture_and_a_history(case: Case) -> None:
    keep(case, a_post(1), a_post(2))
    assert [post.id for post in case.store.posts()] == sorted([a_post(1).id, a_post(2).id])
    [capture] = case.store.captures(a_post(1).id)
    assert (capture.captured_at, capture.status, capture.source) == (NOW, 200, SOURCE)
    assert case.store.history(a_post(1).id).first_seen == NOW
    page = case.store.known_page(SOURCE, "https://harbor.example/jobs/1")
    assert page is not None and page.etag == '"1"' and page.payload_sha256 == capture.payload_sha256
    assert case.store.page_body(page) == b"<p>page 1</p>"
    assert problems_of(case) == []


def test_a_crawl_counts_what_it_saw(case: Case) -> None:
    keep(case, a_post(1), a_post(2))
    keep(case, a_post(1), a_post(2, text="edited"), a_post(3), minutes=5)
    last, first = case.store.crawls(SOURCE)
    assert (first.pages, first.posts_seen, first.posts_new, first.posts_changed) == (2, 2, 2, 0)
    assert (last.pages, last.posts_seen, last.posts_new, last.posts_changed) == (3, 3, 1, 1)
    assert last.outcome is CrawlOutcome.FINISHED and last.ended_at is not None


def test_an_unchanged_post_costs_no_second_capture_but_is_seen_again(case: Case) -> None:
    keep(case, a_post(1))
    keep(case, a_post(1), minutes=90)
    assert len(case.store.captures(a_post(1).id)) == 1
    history = case.store.history(a_post(1).id)
    assert (history.last_seen - history.first_seen).total_seconds() == 90 * 60


def test_an_edited_post_gets_a_new_capture_also_when_it_is_edited_back(case: Case) -> None:
    for minutes, text in enumerate(["first", "second", "first"]):
        keep(case, a_post(1, text=text), minutes=minutes, body=text.encode())
    assert len(case.store.captures(a_post(1).id)) == 3
    assert case.store.post(a_post(1).id).text == "first"


def test_growing_views_are_no_edit(case: Case) -> None:
    keep(case, a_post(1, views=10))
    keep(case, a_post(1, views=999), minutes=1)
    assert len(case.store.captures(a_post(1).id)) == 1


def test_posts_of_one_page_with_the_same_native_id_each_keep_their_capture(case: Case) -> None:
    pair = [a_post(1, native_id="#1"), a_post(2, native_id="#1")]
    with case.keeper() as keeper:
        keeper.keep_page(SOURCE, keeper.begin_crawl(SOURCE), an_answer(1), pair)
    assert [len(case.store.captures(post.id)) for post in pair] == [1, 1]


def test_a_post_that_stands_twice_on_a_page_in_two_wordings_keeps_the_later_one(case: Case) -> None:
    pair = [a_post(1, text="first"), a_post(1, text="second")]
    with case.keeper() as keeper:
        keeper.keep_page(SOURCE, keeper.begin_crawl(SOURCE), an_answer(1), pair)
    assert case.store.post(a_post(1).id).text == "second"
    assert problems_of(case) == []


def test_what_was_new_changed_and_known_in_a_given_file_is_told(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"hello")
    with case.keeper() as keeper:
        file = keeper.keep_file("xx_given", path)
        first = keeper.keep_file_posts(file, [a_post(1), a_post(2)])
        second = keeper.keep_file_posts(file, [a_post(1), a_post(2, text="edited"), a_post(3)])
    assert (first.new, first.changed, first.known) == (2, 0, 0)
    assert (second.new, second.changed, second.known) == (1, 1, 1)


def test_an_answer_without_change_points_to_the_page_kept_before(case: Case) -> None:
    keep(case, a_post(1))
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(1, b"", status=304, minutes=7), [a_post(1)])
    page = case.store.known_page(SOURCE, an_answer(1).url)
    assert page is not None and case.store.page_body(page) == b"<p>page 1</p>"
    assert case.store.history(a_post(1).id).last_seen == an_answer(minutes=7).at
    assert problems_of(case) == []


def test_a_gone_post_is_marked_and_can_come_back(case: Case) -> None:
    keep(case, a_post(1), a_post(2))
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.mark_gone(SOURCE, crawl, [a_post(1).id, a_post(1).id])
        keeper.mark_gone(SOURCE, crawl, [])
    assert case.store.history(a_post(1).id).gone_at is not None
    assert case.store.history(a_post(2).id).gone_at is None
    assert case.store.crawls()[0].posts_gone == 1
    keep(case, a_post(1), minutes=60)
    assert case.store.history(a_post(1).id).gone_at is None
    assert problems_of(case) == []


def test_a_rendered_page_and_its_picture_are_kept_beside_the_answer(case: Case) -> None:
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(1), [a_post(1)], dom=b"<b>shown</b>", screenshot=b"\x89PNG")
    [capture] = case.store.captures(a_post(1).id)
    page = case.store.known_page(SOURCE, an_answer(1).url)
    assert page is not None and capture.record_id != page.record_id
    assert problems_of(case) == []


def test_a_given_file_is_stored_once_and_known_only_when_its_import_ended(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"hello" * 1000)
    with case.keeper() as keeper:
        file = keeper.keep_file("xx_given", path)
        keeper.keep_file_posts(file, [a_post(1, source="xx_given"), a_post(2, source="xx_other")])
        again = keeper.keep_file("xx_given", path)
        assert (file.known, again.known) == (False, False)
        assert again.record_id == file.record_id
        keeper.end_file(file)
        assert keeper.keep_file("xx_given", path).known
    [capture] = case.store.captures(a_post(2, source="xx_other").id)
    assert (capture.payload_sha256, capture.record_id) == (file.sha256, file.record_id)
    assert file.size == 5000
    assert problems_of(case) == []


def test_a_file_that_is_not_there_is_refused_and_harms_nothing(case: Case, tmp_path: Path) -> None:
    with case.keeper() as keeper, pytest.raises(ImportRefused, match="cannot be read"):
        keeper.keep_file("xx_given", tmp_path / "missing.txt")
    assert problems_of(case) == []


def test_a_file_whose_name_is_no_utf8_is_kept(case: Case, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/chat-\xff.txt"))
    path.write_bytes(b"hello")
    with case.keeper() as keeper:
        keeper.end_file(keeper.keep_file("xx_given", path))
    assert problems_of(case) == []


def test_problems_are_counted_once_each_with_their_latest_time(case: Case) -> None:
    with case.keeper() as keeper:
        for _ in range(3):
            keeper.problem(Problem(at=NOW, stage="crawl", item="page\udcff\0", reason="broken"))
    [problem] = case.store.problems()
    assert (problem.item, problem.reason, problem.at) == ("page��", "broken", NOW)
    assert problems_of(case) == []


def test_warc_files_are_rotated_by_size(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casefile.evidence.warc, "ROTATE_AT_BYTES", 5_000)
    keep(case, *(a_post(number) for number in range(20)))
    files = list(case.evidence_folder.glob("*.warc.gz"))
    assert len(files) > 2
    assert case.store.counts()["posts"] == 20
    assert problems_of(case) == []


def test_a_group_that_failed_leaves_no_trace_and_its_posts_are_kept_in_full_later(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(1), [a_post(1)])
        with monkeypatch.context() as broken:
            broken.setattr(WarcFile, "end_group", _fail)
            with pytest.raises(RuntimeError):
                keeper.keep_page(SOURCE, crawl, an_answer(2, os.urandom(700_000)), [a_post(2)])
        keeper.keep_page(SOURCE, crawl, an_answer(2), [a_post(2)])
    assert case.store.post(a_post(2).id) == a_post(2)
    assert problems_of(case) == []


def _fail(self: WarcFile) -> None:
    raise RuntimeError("in the middle of a group")


def test_the_keeper_commits_by_itself_every_64_entries(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.keeper._COMMIT_EVERY_SECONDS", 1e9)
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        for number in range(70):
            keeper.keep_page(SOURCE, crawl, an_answer(number), [a_post(number)])
        assert 60 <= case.store.counts()["posts"] < 70
    assert case.store.counts()["posts"] == 70


headers = st.lists(st.tuples(any_text, any_text), max_size=4).map(tuple)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(posts, st.binary(max_size=300), headers, any_text, any_text, st.sampled_from([200, 204, 304, 404, 500]))
def test_whatever_a_page_holds_it_is_kept_and_the_case_stays_whole(
    case: Case, post: Post, body: bytes, found: tuple[tuple[str, str], ...], url: str, reason: str, status: int
) -> None:
    answer = an_answer(
        1,
        body,
        status=status,
        reason=reason,
        response_headers=found,
        request_headers=found,
        url=f"https://x.example/{url}",
    )
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, answer, [post], dom=body)
        keeper.end_crawl(crawl, CrawlOutcome.STOPPED, url)
    assert problems_of(case) == []


def test_what_was_kept_in_one_time_zone_reads_the_same_in_another(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(case, a_post(1, published=datetime(2026, 3, 1, 12)))
    assert case.store.post(a_post(1).id).published == datetime.fromisoformat("2026-03-01T12:00:00+00:00")
