from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import CrawlOutcome, Post
from crawlers.events import CrawlEvent, from_line, to_line
from crawlers.run import Crew, crawl_sources
from tests.crawlers import pages
from tests.crawlers.site import Site, crawl, html, make_case, write_source

ROOT = Path(__file__).resolve().parents[2]


def kept(folder: Path) -> list[Post]:
    with Case.open(folder) as case:
        return sorted(case.store.posts(), key=lambda post: post.id)


def test_one_source_that_fails_is_nothing_to_the_others(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.cards(site, {1: "satu"})
        write_source(case, "xx_good", f"{site.url}/cards", "board", pages.CARDS)
        write_source(case, "xx_bad", f"{site.url}/cards", "board", "select: {post: 'li..ad'}")
        told: list[CrawlEvent] = []
        results = crawl_sources(case, ["xx_bad", "xx_none", "xx_good"], parallel=2, on_event=told.append)
    assert [result.outcome for result in results] == [CrawlOutcome.FAILED, CrawlOutcome.FAILED, CrawlOutcome.FINISHED]
    assert "select.post" in results[0].detail
    assert "xx_none" in results[1].detail
    assert {event.source for event in told if event.kind == "ended"} == {"xx_good", "xx_bad", "xx_none"}


def test_a_crawl_that_is_killed_and_run_again_keeps_each_post_once(tmp_path: Path) -> None:
    numbers = tuple(range(1, 10))
    with Site() as site:
        pages.board(site, numbers)
        whole = make_case(tmp_path / "whole")
        crawl(whole, write_source(whole, "xx_board", f"{site.url}/jobs", "board", pages.BOARD))
        broken = make_case(tmp_path / "broken")
        name = write_source(broken, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        file = broken / "sources" / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace("delay: 0", "delay: 0.1"), encoding="utf-8")
        for wanted in (1, 4, 8):
            _kill_after(broken, name, wanted)
        assert crawl(broken, name).outcome is CrawlOutcome.FINISHED
        assert kept(broken) == kept(whole)
        with Case.open(broken) as case:
            assert all(len(case.store.captures(post.id)) == 1 for post in case.store.posts())


def _kill_after(case: Path, name: str, pages_wanted: int) -> None:
    """Let a crawl read some pages, and kill it with no chance to say a word."""
    command = [sys.executable, "-m", "crawlers.one", str(case), name]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    for line in process.stdout:
        event = from_line(line)
        if event is not None and event.pages >= pages_wanted:
            break
    process.kill()
    process.stdout.close()
    process.wait()


def test_a_crawl_that_is_asked_to_stop_says_that_it_was_stopped(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.board(site, tuple(range(1, 10)))
        name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        file = case / "sources" / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace("delay: 0", "delay: 1"), encoding="utf-8")

        def stop_when_it_reads(event: CrawlEvent) -> None:
            if event.kind == "progress" and event.pages == 1:
                os.kill(os.getpid(), signal.SIGTERM)

        result = crawl(case, name, stop_when_it_reads)
    assert result.outcome is CrawlOutcome.STOPPED
    with Case.open(case) as opened:
        (crawled,) = opened.store.crawls(name)
    assert crawled.outcome is CrawlOutcome.STOPPED


def test_a_crawl_that_is_stopped_before_it_reads_anything_did_not_fail(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        crawls = Crew(case, lambda event: None)
        with ThreadPoolExecutor(1) as beside:
            result = beside.submit(crawls.crawl, name)
            while not crawls.processes():
                time.sleep(0.01)
            crawls.stop(name)
            assert result.result().outcome is CrawlOutcome.STOPPED


def test_a_process_that_dies_without_a_word_is_a_failed_crawl_with_a_reason(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    (case / "case.toml").write_text("title = ", encoding="utf-8")
    result = crawl(case, "xx_any")
    assert result.outcome is CrawlOutcome.FAILED
    assert "case.toml" in result.detail


def test_a_source_that_needs_a_browser_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(tmp_path / "case")
    write_source(case, "xx_app", "https://app.example/", "rendered", pages.CARDS)
    monkeypatch.setenv("JEJAK_CHROMIUM", str(tmp_path / "none"))
    result = crawl(case, "xx_app")
    assert result.outcome is CrawlOutcome.FAILED
    assert "JEJAK_CHROMIUM" in result.detail


def test_logs_lie_beside_the_evidence_and_not_in_it(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        site.pages["/cards"] = html("<li class=ad data-id=1><p>satu</p></li>")
        crawl(case, write_source(case, "xx_cards", f"{site.url}/cards", "board", pages.CARDS))
    assert (case / "logs" / "xx_cards.log").stat().st_size > 0
    assert not list((case / "evidence").glob("*.log"))


@pytest.mark.parametrize("line", ["", "not json", "[]", "{}", '{"source": 1, "colour": 2}', "null"])
def test_a_line_that_is_no_event_is_passed_over(line: str) -> None:
    assert from_line(line) is None


def test_an_event_comes_back_as_it_was_told() -> None:
    event = CrawlEvent(source="xx_a", kind="ended", pages=3, outcome=CrawlOutcome.STOPPED, message="dừng lại")
    assert from_line(to_line(event)) == event
