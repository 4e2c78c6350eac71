from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from casefile.records import CrawlOutcome
from crawlers.patience import asked_wait
from tests.crawlers.test_traps import visit
from tests.crawlers.trapsite import TrapSite

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WAITS = {
    "120": 120.0,
    " 0 ": 0.0,
    "Tue, 24 Nov 2026 12:02:00 GMT": 120.0,
    "Tue, 24 Nov 2026 11:00:00 GMT": 0.0,
    "": None,
    "soon": None,
    "-5": None,
    "٣": None,
    "9" * 5_000: 999_999_999.0,
}


@pytest.mark.parametrize("header", list(WAITS), ids=lambda header: header[:40])
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str) -> None:
    assert asked_wait(header, NOW) == WAITS[header]


def test_a_site_that_asks_for_a_pause_gets_it_and_is_then_read(tmp_path: Path) -> None:
    with TrapSite() as site:
        result, problems = visit(tmp_path, site, "busy")
        asked = [at for at, path in zip(site.times, site.asked, strict=True) if path == "/busy"]
    assert (result.outcome, result.posts, problems) == (CrawlOutcome.FINISHED, 3, [])
    assert all(after - before >= 1.0 for before, after in pairwise(asked))


@pytest.mark.parametrize(("trap", "most", "words"), [("storm", 5, "5 times in a row"), ("later", 4, "left alone for")])
def test_a_site_that_asks_to_be_left_alone_is_left_with_a_word(
    tmp_path: Path, trap: str, most: int, words: str
) -> None:
    with TrapSite() as site:
        result, _ = visit(tmp_path, site, trap)
        assert site.count(f"/{trap}/") <= most + 4  # and what was under way
    assert (result.outcome, result.posts) == (CrawlOutcome.STOPPED, 3)
    assert words in result.detail
    assert "HTTP 503" in result.detail


def test_a_site_that_falls_silent_is_left_with_a_word(tmp_path: Path) -> None:
    with TrapSite() as site:
        result, _ = visit(tmp_path, site, "mute")
        assert site.count("/mute/") <= 15 + 4
    assert (result.outcome, result.posts) == (CrawlOutcome.STOPPED, 3)
    assert "did not answer" in result.detail
