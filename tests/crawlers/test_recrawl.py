from __future__ import annotations

from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import CrawlOutcome
from tests.crawlers import pages
from tests.crawlers.site import Answer, Site, crawl, html, make_case, write_source


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make_case(tmp_path / "case")


def texts(folder: Path, source: str) -> dict[str, str]:
    with Case.open(folder) as case:
        return {str(post.native_id): post.text for post in case.store.posts(source)}


def gone(folder: Path, source: str) -> set[str]:
    with Case.open(folder) as case:
        vanished = [history.post_id for history in case.store.histories(source) if history.gone_at]
        return {str(case.store.post(post_id).native_id) for post_id in vanished}


def captures(folder: Path, source: str) -> dict[str, int]:
    with Case.open(folder) as case:
        return {str(post.native_id): len(case.store.captures(post.id)) for post in case.store.posts(source)}


def test_a_board_crawled_again_costs_no_duplicate_shows_edits_and_marks_what_is_gone(case: Path) -> None:
    with Site() as site:
        pages.board(site)
        name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        crawl(case, name)
        site.answered.clear()
        unchanged = crawl(case, name)
        assert set(site.answered) - {("/robots.txt", 404)} == {
            (path, 304) for path in ("/jobs", "/jobs?p=2", "/ad/1", "/ad/2", "/ad/3")
        }
        assert (unchanged.outcome, unchanged.posts) == (CrawlOutcome.FINISHED, 3)
        assert captures(case, name) == {"1": 1, "2": 1, "3": 1}

        pages.board(site, (1, 2))
        site.pages["/ad/1"] = pages.advert(1, "Gaji lebih besar")
        del site.pages["/ad/3"]
        changed = crawl(case, name)
        assert changed.gone == 1
        assert gone(case, name) == {"3"}
        assert captures(case, name) == {"1": 2, "2": 1, "3": 1}
        assert texts(case, name)["1"] == "Iklan 1\nGaji lebih besar"


def test_a_post_that_only_left_the_listing_is_not_gone(case: Path) -> None:
    with Site() as site:
        pages.board(site)
        name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        crawl(case, name)
        pages.board(site, (1, 2))
        crawl(case, name)
        assert "/ad/3" in site.asked
        assert gone(case, name) == set()
        assert captures(case, name)["3"] == 1


def test_nothing_is_gone_when_the_crawl_was_not_whole(case: Path) -> None:
    with Site() as site:
        pages.board(site)
        name = write_source(case, "xx_board", f"{site.url}/jobs", "board", pages.BOARD)
        crawl(case, name)
        pages.board(site, (1, 2))
        del site.pages["/ad/3"]
        site.pages["/ad/2"] = html("broken", status=500)
        assert crawl(case, name).outcome is CrawlOutcome.STOPPED
        assert gone(case, name) == set()


def test_a_card_that_left_its_page_is_gone(case: Path) -> None:
    with Site() as site:
        pages.cards(site, {1: "satu", 2: "dua"})
        select = 'select: {post: li.ad, id: "::attr(data-id)", text: p, link: "xpath:concat(\'#\', ./@data-id)"}'
        name = write_source(case, "xx_cards", f"{site.url}/cards", "board", select)
        crawl(case, name)
        pages.cards(site, {1: "satu"})
        crawl(case, name)
        assert gone(case, name) == {"2"}


def test_a_message_that_left_its_channel_is_gone_and_new_ones_are_found(case: Path) -> None:
    with Site() as site:
        pages.telegram(site, range(1, 13))
        name = write_source(case, "xx_telegram", f"{site.url}/s/kerja_demo", "telegram")
        crawl(case, name)
        pages.telegram(site, [n for n in range(1, 15) if n != 5])
        again = crawl(case, name)
        assert again.outcome is CrawlOutcome.FINISHED
        assert set(texts(case, name)) == {f"kerja_demo/{n}" for n in range(1, 15)}
        assert gone(case, name) == {"kerja_demo/5"}


def test_a_channel_whose_last_crawl_was_cut_off_leaves_no_hole(case: Path) -> None:
    with Site() as site:
        pages.telegram(site, range(1, 13))
        older = site.pages["/s/kerja_demo?before=7"]
        site.pages["/s/kerja_demo?before=7"] = html("sorry", status=503)
        name = write_source(case, "xx_telegram", f"{site.url}/s/kerja_demo", "telegram")
        assert crawl(case, name).outcome is CrawlOutcome.STOPPED
        site.pages["/s/kerja_demo?before=7"] = older
        assert crawl(case, name).outcome is CrawlOutcome.FINISHED
        assert set(texts(case, name)) == {f"kerja_demo/{n}" for n in range(1, 13)}


def test_a_page_whose_charset_only_its_first_answer_told_reads_the_same_from_the_evidence(case: Path) -> None:
    body = "<li class=ad data-id=1><p>รับสมัครงานต่างประเทศ</p></li>".encode("tis-620")
    with Site() as site:
        site.pages["/th"] = Answer(body, headers={"Content-Type": "text/html; charset=tis-620"}, validated=True)
        name = write_source(case, "xx_thai", f"{site.url}/th", "board", pages.CARDS)
        crawl(case, name)
        crawl(case, name)
        assert ("/th", 304) in site.answered
        assert texts(case, name) == {"1": "รับสมัครงานต่างประเทศ"}
        assert captures(case, name) == {"1": 1}


def test_an_article_that_cannot_be_had_is_kept_as_far_as_its_feed_tells_it(case: Path) -> None:
    with Site() as site:
        pages.feed(site)
        article = site.pages.pop("/a/2")
        name = write_source(case, "xx_feed", f"{site.url}/feed.xml", "feed")
        assert crawl(case, name).posts == 2
        with Case.open(case) as opened:
            assert {post.title: post.text[:20] for post in opened.store.posts(name)}["Warning 2"] == "Warning 2"
        site.pages["/a/2"] = article
        crawl(case, name)
        del site.pages["/a/2"]
        crawl(case, name)
        with Case.open(case) as opened:
            (second,) = (post for post in opened.store.posts(name) if post.title == "Warning 2")
            assert "case number 2" in second.text


def test_a_time_that_says_ago_is_no_edit(case: Path) -> None:
    with Site() as site:
        select = 'select: {post: li.ad, id: "::attr(data-id)", text: p, date: time}'
        name = write_source(case, "xx_ago", f"{site.url}/cards", "board", select)
        for hours in (2, 3):
            site.pages["/cards"] = html(f"<li class=ad data-id=1><p>satu</p><time>{hours} hours ago</time></li>")
            crawl(case, name)
        assert captures(case, name) == {"1": 1}
