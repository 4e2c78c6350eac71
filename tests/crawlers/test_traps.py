from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.case import Case
from casefile.records import CrawlOutcome
from crawlers.canonical import without_session
from crawlers.events import CrawlResult
from crawlers.traps import Traps, endless, pattern_of
from tests.crawlers.site import crawl, make_case, write_source
from tests.crawlers.trapsite import SELECT, TrapSite


@pytest.fixture(scope="module")
def site() -> Iterator[TrapSite]:
    with TrapSite() as served:
        yield served


def visit(tmp_path: Path, site: TrapSite, trap: str, gentle: str = "") -> tuple[CrawlResult, list[str]]:
    """Crawl one trap; returns how it ended and what was set aside."""
    case = make_case(tmp_path / "case")
    name = write_source(case, f"xx_{trap}", f"{site.url}/{trap}", "board", SELECT)
    file = case / "sources" / f"{name}.yml"
    file.write_text(file.read_text("utf-8").replace("timeout: 5", gentle or "timeout: 5"), encoding="utf-8")
    result = crawl(case, name)
    with Case.open(case) as opened:
        return result, [f"{problem.item}: {problem.reason}" for problem in opened.store.problems()]


TRAPS = {
    "calendar": ("nothing new", 90),
    "token": ("nothing new", 30),
    "scroll": ("nothing new", 30),
    "deeper": ("path repeats itself", 6),
    "growing": ("query grows", 30),
}


@pytest.mark.parametrize("trap", list(TRAPS))
def test_a_way_that_never_ends_is_left_and_the_crawl_is_whole(tmp_path: Path, site: TrapSite, trap: str) -> None:
    words, most = TRAPS[trap]
    result, _ = visit(tmp_path, site, trap)
    assert result.outcome is CrawlOutcome.FINISHED
    assert result.posts >= 3
    assert words in result.detail
    assert site.count(f"/{trap}") <= most


def test_pages_that_differ_only_by_a_session_are_asked_for_once(tmp_path: Path, site: TrapSite) -> None:
    result, _ = visit(tmp_path, site, "session")
    assert (result.outcome, result.detail) == (CrawlOutcome.FINISHED, "")
    assert sorted(path for path in site.asked if path.startswith("/session")) == [
        "/session", "/session/1", "/session/2", "/session/3",
    ]  # fmt: skip


BUDGETS = {
    "endless": ("max_pages: 40", "gentle.max_pages", 40),
    "wide": ("max_bytes: 200000", "gentle.max_bytes", 12),
}


@pytest.mark.parametrize("trap", list(BUDGETS))
def test_a_site_without_end_costs_no_more_than_the_budget(tmp_path: Path, site: TrapSite, trap: str) -> None:
    gentle, words, most = BUDGETS[trap]
    result, _ = visit(tmp_path, site, trap, gentle)
    assert result.outcome is CrawlOutcome.STOPPED
    assert words in result.detail
    assert 0 < result.posts <= site.count(f"/{trap}") <= most


def test_a_crawl_lasts_no_longer_than_it_may(tmp_path: Path, site: TrapSite) -> None:
    result, _ = visit(tmp_path, site, "endless", "max_minutes: 0.03, max_pages: 1000000")
    assert result.outcome is CrawlOutcome.STOPPED
    assert "gentle.max_minutes" in result.detail


def test_a_chain_is_followed_no_deeper_than_it_may(tmp_path: Path, site: TrapSite) -> None:
    result, _ = visit(tmp_path, site, "endless", "max_depth: 7")
    assert (result.outcome, result.posts) == (CrawlOutcome.STOPPED, 8)
    assert "gentle.max_depth" in result.detail


SET_ASIDE = {
    "circle": ("without end", ""),
    "drip": ("in time", "timeout: 1"),
    "flood": ("larger than the source allows", "max_page_bytes: 1000000"),
    "bomb": ("unpacked", "max_page_bytes: 1000000"),
}


@pytest.mark.parametrize("trap", list(SET_ASIDE))
def test_a_page_that_never_comes_is_set_aside_and_the_others_are_read(
    tmp_path: Path, site: TrapSite, trap: str
) -> None:
    words, gentle = SET_ASIDE[trap]
    result, problems = visit(tmp_path, site, trap, gentle)
    assert result.posts == 3
    assert problems and all(words in problem for problem in problems)


def test_redirects_in_a_circle_and_into_the_distance_are_both_named(tmp_path: Path, site: TrapSite) -> None:
    _, problems = visit(tmp_path, site, "circle")
    assert [problem.split("/circle/")[1].split(":")[0] for problem in sorted(problems)] == ["1", "far/0"]


ORDINARY = [
    "https://forum.example/t/kerja-di-kamboja-gaji-besar.12/page-3?order=new",
    "https://board.example/jobs/th/bangkok/th/2026/11/11/11/1?tag[]=a&tag[]=b",
]


@pytest.mark.parametrize("url", ORDINARY)
def test_an_ordinary_address_is_no_trap(url: str) -> None:
    assert endless(url) == ""
    assert without_session(url) == url


SESSIONS = {
    "https://f.example/viewtopic.php?t=5&sid=0123456789abcdef0123456789abcdef": "https://f.example/viewtopic.php?t=5",
    "https://f.example/list?sid=5": "https://f.example/list?sid=5",
    "https://f.example/a;jsessionid=0A1B?p=2": "https://f.example/a?p=2",
    "https://f.example/(S(lit3py55t21z5v55vlm25s55))/a.aspx": "https://f.example/a.aspx",
    "https://f.example/?PHPSESSID=a1b2c3d4e5f6a7b8c9d0": "https://f.example/",
}


@pytest.mark.parametrize("url", list(SESSIONS))
def test_sessions_are_taken_out_of_addresses_and_nothing_else(url: str) -> None:
    assert without_session(url) == SESSIONS[url]


@given(st.lists(st.text("abz019/?&=;()-_%", max_size=20)))
def test_taking_sessions_out_twice_is_the_same_as_once(parts: list[str]) -> None:
    once = without_session("https://a.example/" + "".join(parts))
    assert without_session(once) == once
    assert pattern_of(once).startswith("a.example/")


def test_a_pattern_is_left_only_after_many_pages_in_a_row_without_anything_new() -> None:
    traps = Traps()
    for number in range(100):
        assert traps.note(f"https://a.example/list/{number}", fruitful=number % 20 == 0) == ""
    told = [traps.note(f"https://a.example/list/{number}", fruitful=False) for number in range(60)]
    assert [word for word in told if word] == ["a.example/list/0"]
    assert traps.holds("https://a.example/list/7")
    assert not traps.holds("https://a.example/thread/7")
