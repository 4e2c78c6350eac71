"""Reading a case: once, again what changed, with the country of the source."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.identity import post_id
from casefile.records import CrawlOutcome, Label, Post
from pipeline.process import process_case

URL = "https://board.example/jobs"
TEXTS = ("Kerja di Poipet, hubungi 0812-0000-1234", "Lowongan kasir di Bandung", "Waspada penipuan!")


def keep(case: Case, texts: tuple[str, ...]) -> None:
    posts = [
        Post(
            id=post_id("id_board", str(number)),
            source="id_board",
            url=f"{URL}/{number}",
            native_id=str(number),
            text=text,
        )
        for number, text in enumerate(texts)
    ]
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl("id_board")
        body = "\n".join(texts).encode("utf-8", "replace")
        keeper.keep_page("id_board", crawl, Exchange(url=URL, at=datetime.now(UTC), status=200, body=body), posts)
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)


def test_every_post_is_read_once(case: Case) -> None:
    keep(case, TEXTS)
    assert process_case(case) == 3
    assert process_case(case) == 0
    assert {read.reading.lang for read in case.store.read_posts()} == {"id"}


def test_only_a_changed_post_is_read_again(case: Case) -> None:
    keep(case, TEXTS)
    process_case(case)
    keep(case, ("Kerja di Bavet, hubungi 0812-0000-1234", *TEXTS[1:]))
    assert process_case(case) == 1
    reading = case.store.reading(post_id("id_board", "0"))
    assert reading is not None
    assert "KH/bavet" in {mention.value for mention in reading.mentions}


def test_the_country_of_the_source_is_the_country_of_its_numbers(case: Case) -> None:
    (case.folder / "sources" / "my_board.yml").write_text(
        "title: Board\ncountry: my\nwhy: a test\nurl: https://board.example/jobs\nfamily: board\n", encoding="utf-8"
    )
    post = Post(id=post_id("my_board", "1"), source="my_board", url=URL, native_id="1", text="Call 012 300 0123")
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl("my_board")
        exchange = Exchange(url=URL, at=datetime.now(UTC), status=200, body=b"x")
        keeper.keep_page("my_board", crawl, exchange, [post])
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
    process_case(case)
    reading = case.store.reading(post.id)
    assert reading is not None
    assert [mention.value for mention in reading.mentions if mention.label is Label.PHONE] == ["+60123000123"]


def test_progress_ends_at_the_total(case: Case) -> None:
    keep(case, TEXTS)
    seen: list[tuple[int, int | None]] = []
    process_case(case, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)


@pytest.mark.parametrize("text", ["", "\ud800", "x" * 50_000])
def test_any_post_is_read(case: Case, text: str) -> None:
    keep(case, (text,))
    assert process_case(case) == 1


def test_every_language_of_a_post_is_kept(case: Case) -> None:
    keep(case, ("Naghahanap po kami ng kasama. We are looking for somebody with experience",))
    process_case(case)
    assert [read.reading.languages for read in case.store.read_posts()] == [("en", "tl")]
