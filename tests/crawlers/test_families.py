from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from casefile.case import Case
from casefile.errors import MissingProgram
from casefile.records import CrawlOutcome, Post
from crawlers.browser import find_browser
from crawlers.events import CrawlResult
from crawlers.run import crawl_sources
from tests.crawlers import pages
from tests.crawlers.site import Site, make_case, write_source


@dataclass
class Crawled:
    folder: Path
    site: Site
    results: dict[str, CrawlResult]

    def posts(self, source: str) -> dict[str, Post]:
        with Case.open(self.folder) as case:
            return {post.native_id or str(post.url): post for post in case.store.posts(source)}


@dataclass
class Record:
    rec_headers: Mapping[str, str]
    content: str


def _records(folder: Path) -> Iterator[Record]:
    for path in (folder / "evidence").glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type in ("response", "resource"):
                    headers = dict(record.rec_headers.headers)
                    yield Record(headers, record.content_stream().read().decode("latin-1"))


def has_browser() -> bool:
    try:
        return bool(find_browser())
    except MissingProgram:
        return False


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = make_case(tmp_path_factory.mktemp("case"))
    with Site() as site:
        pages.board(site)
        pages.forum(site)
        pages.telegram(site, range(1, 8))
        pages.feed(site)
        pages.script(site)
        names = [
            write_source(folder, "xx_board", f"{site.url}/jobs", "board", pages.BOARD),
            write_source(folder, "xx_forum", f"{site.url}/forum", "forum", pages.FORUM),
            write_source(folder, "xx_telegram", f"{site.url}/s/kerja_demo", "telegram"),
            write_source(folder, "xx_feed", f"{site.url}/feed.xml", "feed"),
        ]
        if has_browser():
            more = f"{pages.CARDS}\nbrowser: {{wait_for: li.ad, click: button.more, scrolls: 1, wait_seconds: 20}}"
            names.append(write_source(folder, "xx_rendered", f"{site.url}/app", "rendered", more))
        results = crawl_sources(folder, names, parallel=2, on_event=lambda event: None)
        yield Crawled(folder, site, {result.source: result for result in results})


def test_a_board_gives_the_adverts_of_all_its_listings(crawled: Crawled) -> None:
    posts = crawled.posts("xx_board")
    assert crawled.results["xx_board"].outcome is CrawlOutcome.FINISHED
    assert set(posts) == {"1", "2", "3"}
    assert posts["3"].text == "Iklan 3\nLowongan nomor 3\nGaji besar"
    assert posts["3"].url == f"{crawled.site.url}/ad/3"


def test_a_forum_gives_every_reply_of_every_page_of_its_threads(crawled: Crawled) -> None:
    posts = crawled.posts("xx_forum")
    assert set(posts) == {"1", "2", "3", "4"}
    assert (posts["3"].text, posts["3"].author, posts["3"].title) == ("Reply 3", "who3", "Thread 1")
    assert posts["3"].url == f"{crawled.site.url}/t/1?p=2#p3"
    assert posts["3"].thread == posts["1"].thread == f"{crawled.site.url}/t/1"


def test_a_channel_is_paged_back_to_its_first_message(crawled: Crawled) -> None:
    assert {post.text for post in crawled.posts("xx_telegram").values()} == {f"Pesan {n}" for n in range(1, 8)}


def test_a_feeds_entries_are_followed_to_their_articles(crawled: Crawled) -> None:
    posts = crawled.posts("xx_feed")
    article = posts[f"{crawled.site.url}/a/1"]
    assert len(posts) == 2
    assert article.text.startswith("Warning 1\nPolice warned again")
    assert "Sport" not in article.text
    assert article.published is not None and article.published.isoformat() == "2026-11-01T10:00:00+00:00"


@pytest.mark.skipif(not has_browser(), reason="no Chromium on this machine")
def test_a_page_drawn_by_javascript_is_shown_clicked_and_kept(crawled: Crawled) -> None:
    result = crawled.results["xx_rendered"]
    assert result.outcome is CrawlOutcome.FINISHED, result.detail
    assert {post.text for post in crawled.posts("xx_rendered").values()} == {f"Tin {n}: việc nhẹ" for n in range(1, 5)}
    records = {record.rec_headers["WARC-Target-URI"]: record for record in _records(crawled.folder)}
    url = f"{crawled.site.url}/app"
    assert "Tin 4" not in records[url].content and "insertAdjacentHTML" in records[url].content
    assert "Tin 4" in records[f"urn:jejak:rendered:{url}"].content
    assert "PNG" in records[f"urn:jejak:screenshot:{url}"].content[:8]
    # Known only to the gate, so the browser came through it.
    assert records[url].rec_headers["WARC-IP-Address"] == "127.0.0.1"


@pytest.mark.skipif(not has_browser(), reason="no Chromium on this machine")
def test_the_browser_fetches_no_pictures_and_opens_no_windows(crawled: Crawled) -> None:
    assert "/api?p=2" in crawled.site.asked
    assert "/picture.png" not in crawled.site.asked
    assert "/popup" not in crawled.site.asked


def test_we_say_who_we_are_and_whom_to_write_to(crawled: Crawled) -> None:
    assert crawled.site.agents == {"Jejak/0.1 (+desk@watch.example)"}


def test_every_post_leads_to_a_page_in_the_evidence(crawled: Crawled) -> None:
    with Case.open(crawled.folder) as case:
        posts = list(case.store.posts())
        captures = [capture for post in posts for capture in case.store.captures(post.id)]
    assert len(captures) == len(posts) == len({capture.post_id for capture in captures})
    assert all(
        (crawled.folder / "evidence" / capture.warc_file).stat().st_size > capture.warc_offset for capture in captures
    )
