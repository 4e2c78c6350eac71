"""What a scheduled crawl may use: one that takes more is ended, with all that it started, and what it kept is whole."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from select import select

import psutil
import pytest

from benchmarks.kill import found_posts, make_case
from casefile.case import Case
from casefile.records import CrawlOutcome
from casefile.verify import verify_case
from crawlers.events import CrawlResult
from desk.demo.web import DemoWeb
from desk.schedule import crawling, limits
from desk.schedule.crawling import Crawls
from desk.schedule.limits import Limits

PATIENCE = 180.0  # seconds
SOURCE = "id_demo_board"
NO_LIMIT = 1e6


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as web:
        yield web


@pytest.fixture
def slow(web: DemoWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case whose board is crawled so slowly that a crawl never ends by itself here."""
    monkeypatch.setattr(crawling, "_LOOK_EVERY", 0.05)
    case = make_case(web, tmp_path / "case", without_browser=True)
    change(case, "delay: 0, concurrency: 8", "delay: 2, concurrency: 1")
    return case


def change(case: Path, old: str, new: str) -> None:
    path = case / "sources" / f"{SOURCE}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def crawled(case: Path, limits: Limits, *, once: Callable[[], bool] = lambda: True) -> CrawlResult:
    """How a crawl ended that was held to its limits as soon as something was true."""
    crawls = Crawls(case)
    crawls.start(SOURCE, limits)
    deadline = time.monotonic() + PATIENCE
    while not (ended := list(crawls.ended())):
        assert time.monotonic() < deadline, "the crawl was not ended"
        if once():
            crawls.hold_to_limits()
        time.sleep(0.05)
    crawls.stop(PATIENCE)
    return ended[0]


def left_of(case: Path) -> list[psutil.Process]:
    return [one for one in psutil.process_iter(["cmdline"]) if str(case) in (one.info["cmdline"] or ())]


def faults_of(case: Path) -> list[str]:
    with Case.open(case) as opened:
        return [str(finding) for finding in verify_case(opened)]


def test_a_crawl_that_takes_too_much_memory_is_killed_and_what_it_kept_is_whole(slow: Path) -> None:
    too_little = Limits(
        memory_mb=20, seconds=NO_LIMIT, browser=True
    )  # a browser's: the system itself does not refuse it
    ended = crawled(slow, too_little, once=lambda: bool(found_posts(slow)))
    assert ended.outcome is CrawlOutcome.FAILED
    assert "MB of memory and was killed; schedule.memory_mb allows 20" in ended.detail
    assert left_of(slow) == []
    assert found_posts(slow)
    assert faults_of(slow) == []


def test_memory_that_the_system_refuses_ends_the_crawl_and_nothing_else(slow: Path) -> None:
    ended = crawled(slow, Limits(memory_mb=30, seconds=NO_LIMIT))
    assert ended.outcome is CrawlOutcome.FAILED
    assert left_of(slow) == []
    assert faults_of(slow) == []


def test_a_crawl_that_lasts_too_long_is_asked_to_end_and_ends_gently(slow: Path) -> None:
    ended = crawled(slow, Limits(memory_mb=3_000, seconds=0), once=lambda: bool(found_posts(slow)))
    assert ended.outcome is CrawlOutcome.STOPPED
    assert found_posts(slow)
    assert faults_of(slow) == []


def test_a_crawl_that_does_not_end_when_asked_is_killed(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_PATIENCE", 2.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it lets itself be called, and never answers
        port = silent.getsockname()[1]
        lines = (slow / "sources" / f"{SOURCE}.yml").read_text(encoding="utf-8").splitlines()
        url = next(line for line in lines if line.startswith("url:"))
        change(slow, url, f"url: http://127.0.0.1:{port}/")
        change(slow, "delay: 2", "timeout: 600, delay: 2")
        asked = partial(select, [silent], [], [], 0)
        ended = crawled(slow, Limits(memory_mb=3_000, seconds=8), once=lambda: bool(asked()[0]))
    assert ended.outcome is CrawlOutcome.FAILED
    assert "was killed; see gentle.max_minutes" in ended.detail
    assert left_of(slow) == []
    assert faults_of(slow) == []
