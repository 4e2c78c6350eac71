from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import CrawlOutcome
from casefile.verify import verify_case
from crawlers.events import CrawlEvent, from_line
from crawlers.frontier import find_frontier
from tests.crawlers import pages
from tests.crawlers.site import Site, crawl, html, make_case, write_source
from tests.crawlers.test_recrawl import captures, texts

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = tuple(range(1, 10))


def gentle(case: Path, name: str, words: str) -> None:
    file = case / "sources" / f"{name}.yml"
    lines = [
        f"gentle: {{{words}}}" if line.startswith("gentle:") else line for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join(lines), encoding="utf-8")


def cut_off(case: Path, name: str, when: Callable[[CrawlEvent], bool], how: int = signal.SIGKILL) -> None:
    """Let a crawl go on until `when`, and end it."""
    command = [sys.executable, "-m", "crawlers.one", str(case), name]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    for line in process.stdout:
        event = from_line(line)
        if event is not None and when(event):
            break
    process.send_signal(how)
    process.stdout.close()
    process.wait()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make_case(tmp_path / "case")


def board(case: Path, site: Site) -> str:
    pages.board(site, NUMBERS)
    name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
    gentle(case, name, "delay: 0.3, concurrency: 1, timeout: 5")
    return name


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_crawl_that_was_cut_off_asks_only_for_what_it_has_not_kept(case: Path, tmp_path: Path, how: int) -> None:
    with Site() as site:
        name = board(case, site)
        cut_off(case, name, lambda event: event.pages >= 6, how)
        result = crawl(case, name)
        asked = Counter(path for path in site.asked if path not in ("/robots.txt", "/jobs"))
        whole = make_case(tmp_path / "whole")
        crawl(whole, board(whole, site))
    assert (result.outcome, result.posts) == (CrawlOutcome.FINISHED, 9)
    assert "went on where it was cut off" in result.detail
    # What was under way when it died had not been counted.
    assert sum(times - 1 for times in asked.values()) <= 3
    assert texts(case, name) == texts(whole, name)
    assert set(captures(case, name).values()) == {1}
    with Case.open(case) as opened:
        (only,) = opened.store.crawls(name)
        assert (only.outcome, only.posts_seen) == (CrawlOutcome.FINISHED, 9)
        assert list(verify_case(opened)) == []


def test_a_crawl_cut_off_again_and_again_comes_to_its_end(case: Path) -> None:
    with Site() as site:
        name = board(case, site)
        for wanted in (3, 5, 7, 9):
            cut_off(case, name, lambda event, wanted=wanted: event.pages >= wanted)  # type: ignore[misc]
        assert crawl(case, name).outcome is CrawlOutcome.FINISHED
        assert set(texts(case, name)) == {str(number) for number in NUMBERS}
        site.asked.clear()
        crawl(case, name)
    assert "/ad/1" in site.asked, "a finished crawl leaves nothing to go on with"


def test_what_changed_on_the_first_page_is_found_and_what_left_it_is_still_followed(case: Path) -> None:
    with Site() as site:
        name = board(case, site)
        cut_off(case, name, lambda event: event.pages >= 2)
        pages.board(site, (10, 11))
        for number in NUMBERS:
            site.pages[f"/ad/{number}"] = pages.advert(number)
        crawl(case, name)
    assert {"1", "2", "10", "11"} <= {title.split()[1] for title in texts(case, name).values()}


def test_an_unfinished_crawl_is_not_gone_on_with_when_its_source_changed_or_it_is_old(case: Path) -> None:
    with Site() as site:
        name = board(case, site)
        cut_off(case, name, lambda event: event.pages >= 6)
        with Case.open(case) as opened:
            frontier, why = find_frontier(opened, name, datetime.now(UTC))
            assert frontier is not None and why == ""
            late, told = find_frontier(opened, name, datetime.now(UTC) + timedelta(days=8))
            assert late is None and "too old" in told
        time.sleep(0.01)
        gentle(case, name, "delay: 0, concurrency: 4, timeout: 5")
        result = crawl(case, name)
    assert result.outcome is CrawlOutcome.FINISHED
    assert "changed since" in result.detail


def test_a_kept_page_that_is_damaged_is_asked_for_again(case: Path) -> None:
    with Site() as site:
        name = board(case, site)
        cut_off(case, name, lambda event: event.pages >= 6)
        with Case.open(case) as opened:
            page = opened.store.known_page(name, f"{site.url}/ad/1")
            assert page is not None
        with (case / "evidence" / page.warc_file).open("r+b") as warc:
            warc.seek(page.warc_offset)
            warc.write(b"\0" * 20)
        result = crawl(case, name)
        assert site.asked.count("/ad/1") == 3  # first kept, then found to be as it was, and then asked for whole
    assert (result.outcome, result.posts) == (CrawlOutcome.FINISHED, 9)


def test_a_channel_larger_than_a_crawl_may_take_is_read_whole_over_several(case: Path) -> None:
    with Site() as site:
        pages.telegram(site, range(1, 31))
        name = write_source(case, "xx_telegram", f"{site.url}/s/kerja_demo", "telegram")
        gentle(case, name, "delay: 0, max_pages: 4, timeout: 5")
        newest, outcomes = 30, []
        for _ in range(8):
            result = crawl(case, name)
            outcomes.append(result.outcome)
            if result.outcome is CrawlOutcome.FINISHED:
                break
            newest += 2  # it goes on writing meanwhile, so that its pages end elsewhere
            pages.telegram(site, range(1, newest + 1))
        assert outcomes[0] is CrawlOutcome.STOPPED
        assert outcomes[-1] is CrawlOutcome.FINISHED
        assert set(texts(case, name)) == {f"kerja_demo/{n}" for n in range(1, newest + 1)}
        assert len(site.asked) <= 40


def test_a_source_is_not_crawled_by_two_commands_at_once(case: Path) -> None:
    with Site() as site:
        name = board(case, site)
        told: list[str] = []

        def when(event: CrawlEvent) -> bool:
            if event.pages == 1 and not told:
                told.append(crawl(case, name).detail)
            return event.kind == "ended"

        cut_off(case, name, when)
    assert "being crawled already" in told[0]
    assert len(texts(case, name)) == 9


def test_pages_that_failed_do_not_hold_a_source_back(case: Path) -> None:
    with Site() as site:
        pages.board(site)
        site.pages["/ad/2"] = html("broken", status=500)
        name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        assert crawl(case, name).outcome is CrawlOutcome.STOPPED
        with Case.open(case) as opened:
            assert find_frontier(opened, name, datetime.now(UTC)) == (None, "")
