from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import CrawlOutcome, Problem
from crawlers.events import CrawlResult
from crawlers.run import crawl_sources
from tests.crawlers import pages
from tests.crawlers.site import Answer, Site, crawl, html, make_case, write_source

REFUSED = {
    "xx_login": (html("<form><input type=password></form>"), "login"),
    "xx_captcha": (html('<div class="g-recaptcha"></div>', status=403), "captcha"),
    "xx_block": (html("go away", status=429), "blocks us"),
    "xx_down": (html("sorry", status=500), "error (HTTP 500)"),
    "xx_missing": (html("no", status=404), "no such page"),
    "xx_empty": (Answer(b"", headers={"Content-Type": "text/html"}), "empty"),
    "xx_changed": (html("<p>a new design without what the selectors look for"), "no post was found"),
    "xx_binary": (Answer(b"\x00\xff\x89PNG" * 99, headers={"Content-Type": "image/png"}), "no post was found"),
    "xx_away": (Answer(b"", 302, {"Location": "http://elsewhere.invalid/"}), "another site"),
    "xx_file": (Answer(b"", 302, {"Location": "file:///etc/passwd"}), ""),
    "xx_inside": (Answer(b"", 302, {"Location": "http://127.0.0.1.nip.invalid/"}), "another site"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, CrawlResult], dict[str, Problem]]]:
    folder = make_case(tmp_path_factory.mktemp("case"))
    with Site() as site:
        for name, (answer, _) in REFUSED.items():
            site.pages[f"/{name}"] = answer
            write_source(folder, name, f"{site.url}/{name}", "board", pages.CARDS)
        results = crawl_sources(folder, list(REFUSED), parallel=2, on_event=lambda event: None)
    with Case.open(folder) as case:
        problems = {str(problem.source): problem for problem in reversed(case.store.problems())}
    yield {result.source: result for result in results}, problems


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_cannot_be_read_is_a_failed_crawl_with_a_reason(
    told: tuple[dict[str, CrawlResult], dict[str, Problem]], name: str
) -> None:
    results, problems = told
    assert results[name].outcome is CrawlOutcome.FAILED
    assert REFUSED[name][1] in results[name].detail
    assert problems[name].remedy
    assert name in problems[name].item


def test_what_robots_txt_forbids_is_not_asked_for(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.board(site)
        site.pages["/robots.txt"] = Answer(
            b"User-agent: Jejak\nDisallow: /ad/3\n", headers={"Content-Type": "text/plain"}
        )
        result = crawl(case, write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD))
        assert "/ad/3" not in site.asked
    assert (result.outcome, result.posts, result.problems) == (CrawlOutcome.FINISHED, 2, 1)
    with Case.open(case) as opened:
        (problem,) = opened.store.problems()
    assert "robots.txt" in problem.reason and problem.item.endswith("/ad/3")


def test_a_robots_txt_that_cannot_be_had_forbids_everything(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.board(site)
        site.pages["/robots.txt"] = html("overloaded", status=503)
        result = crawl(case, write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD))
        assert "/jobs" not in site.asked
    assert result.outcome is CrawlOutcome.FAILED
    assert "robots.txt" in result.detail


def test_a_page_larger_than_allowed_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.board(site)
        site.pages["/ad/2"] = pages.advert(2, "x" * 20_500_000, validated=False)
        result = crawl(case, write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD))
    assert (result.outcome, result.posts, result.problems) == (CrawlOutcome.FINISHED, 2, 1)
    with Case.open(case) as opened:
        assert "larger" in opened.store.problems()[0].reason


def test_a_page_of_nearly_twenty_megabytes_is_read(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        site.pages["/cards"] = html("<li class=ad data-id=1><p>satu</p></li>" + "<p>word</p>" * 1_700_000)
        result = crawl(case, write_source(case, "xx_cards", f"{site.url}/cards", "board", pages.CARDS))
    assert (result.outcome, result.posts) == (CrawlOutcome.FINISHED, 1)


def test_broken_html_and_a_wrong_charset_are_read_and_complained_of(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    body = "<ul><li class=ad data-id=1><p>รับสมัครแอดมินตอบแชท เงินเดือนสูง มีที่พัก<b><li class=ad data-id=2><p>สอง</ul".encode()
    with Site() as site:
        site.pages["/cards"] = Answer(body, headers={"Content-Type": "text/html; charset=tis-620"})
        result = crawl(case, write_source(case, "xx_cards", f"{site.url}/cards", "board", pages.CARDS))
    assert (result.posts, result.problems) == (2, 1)
    with Case.open(case) as opened:
        assert {post.text for post in opened.store.posts()} >= {"สอง"}
        assert "reads as utf-8" in opened.store.problems()[0].reason


def test_a_private_address_is_refused_unless_the_case_allows_it(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case", allow=())
    with Site() as site:
        pages.board(site)
        result = crawl(case, write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD))
        named = crawl(case, write_source(case, "xx_named", f"http://localhost:{site.port}/jobs", "board", pages.BOARD))
        assert site.asked == []
    assert result.outcome is named.outcome is CrawlOutcome.FAILED
    assert "private network" in result.detail and "private network" in named.detail


def test_the_budget_of_pages_is_kept_and_told(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.board(site)
        name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        file = case / "sources" / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace("timeout: 5", "timeout: 5, max_pages: 3"), encoding="utf-8")
        result = crawl(case, name)
        assert len([path for path in site.asked if path != "/robots.txt"]) == 3
    assert result.outcome is CrawlOutcome.STOPPED
    assert "max_pages" in result.detail


def test_fewer_posts_than_normal_are_an_alarm(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.cards(site, {1: "satu"})
        more = f"{pages.CARDS}\nnormal: {{min_posts: 20}}"
        result = crawl(case, write_source(case, "xx_cards", f"{site.url}/cards", "board", more))
    with Case.open(case) as opened:
        assert "at least 20 are normal" in opened.store.problems()[0].reason
    assert result.posts == 1
