from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import Crawl, CrawlOutcome
from casefile.settings import Normal
from crawlers.usual import Sight, alarms, learn
from desk.answers.numbers import Alarm, standing_alarms
from tests.crawlers.site import Site, crawl, html, make_case, write_source

LIST = 'select: {post: li, id: "::attr(id)", text: p, date: time}'
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def show(
    site: Site, count: int, *, words: str = "Lowongan kerja di Batam, gaji besar dan mess", dated: bool = True
) -> None:
    time = "<time>2026-10-01</time>" if dated else ""
    site.pages["/list"] = html("".join(f"<li id=n{n}><p>{words} {n}</p>{time}</li>" for n in range(count)))


def source(case: Path, site: Site, more: str = "") -> str:
    return write_source(case, "xx_list", f"{site.url}/list", "board", f"{LIST}\n{more}")


def alarms_of(case: Path) -> list[Alarm]:
    with Case.open(case) as opened:
        return standing_alarms(opened.store.crawls(), opened.store.problems())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"count": 2}, "2 posts, where 10 or more were usual"),
        ({"count": 10, "words": "X"}, "texts of 3 characters, where 46 were usual"),
        ({"count": 10, "dated": False}, "0% of the posts tell when they were written, where 100% was usual"),
    ],
)
def test_a_source_that_shows_less_than_usual_raises_an_alarm(
    site: Site, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    case = make_case(tmp_path / "case")
    show(site, 10)
    name = source(case, site)
    assert crawl(case, name).alarm == ""
    show(site, **change)  # type: ignore[arg-type]  # a table of cases
    assert words in crawl(case, name).alarm
    [alarm] = alarms_of(case)
    assert words in alarm.reason and "evidence/" in alarm.remedy and "urn:uuid:" in alarm.remedy


def test_an_alarm_is_over_when_the_source_shows_what_it_did(site: Site, tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    show(site, 10)
    name = source(case, site)
    crawl(case, name)
    show(site, 2)
    assert crawl(case, name).alarm
    show(site, 9)
    assert crawl(case, name).alarm == "" and alarms_of(case) == []


def test_what_the_source_says_is_normal_overrules_its_history(site: Site, tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    show(site, 10)
    name = source(case, site, "normal: {min_posts: 1, min_text: 2}")
    crawl(case, name)
    show(site, 3, words="X")
    assert crawl(case, name).alarm == ""


def test_a_source_without_any_post_is_an_alarm_and_not_a_quiet_day(site: Site, tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    show(site, 0)
    result = crawl(case, source(case, site))
    assert result.outcome is CrawlOutcome.FAILED
    [alarm] = alarms_of(case)
    assert "no post was found" in alarm.reason and alarm.remedy


def test_what_a_crawl_saw_is_made_again_from_the_evidence(site: Site, tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    show(site, 10)
    crawl(case, source(case, site))
    with Case.open(case) as opened:
        before = opened.store.crawls()
    for path in case.glob("case.db*"):
        path.unlink()
    with Case.open(case) as opened:
        assert opened.store.crawls() == before
    assert (before[0].posts_dated, before[0].text_length) == (10, 46)


def past(number: int, *, posts: int, alarm: str = "", outcome: CrawlOutcome = CrawlOutcome.FINISHED) -> Crawl:
    return Crawl(
        id=str(number), source="xx_list", begun_at=NOW - timedelta(days=number), ended_at=NOW, outcome=outcome, detail="",
        pages=1, posts_seen=posts, posts_new=0, posts_changed=0, posts_gone=0, posts_dated=posts, text_length=50, alarm=alarm,
    )  # fmt: skip


def sight(posts: int) -> Sight:
    return Sight([50] * posts, posts)


def test_crawls_that_went_wrong_teach_nothing() -> None:
    crawls = [past(1, posts=2, alarm="2 posts"), past(2, posts=3, outcome=CrawlOutcome.STOPPED), past(3, posts=100)]
    assert learn(crawls).posts == 100
    assert alarms(sight(20), learn(crawls), Normal())


def test_a_quiet_week_that_was_seen_before_is_no_alarm() -> None:
    usual = learn([past(1, posts=100), past(2, posts=30), past(3, posts=90)])
    assert alarms(sight(20), usual, Normal()) == []


def test_a_crawl_that_did_not_see_all_pages_is_not_held_against_the_number_of_posts() -> None:
    assert alarms(sight(20), learn([past(1, posts=100)]), Normal(), whole=False) == []


def test_a_few_posts_fewer_are_chance() -> None:
    assert alarms(sight(1), learn([past(1, posts=3)]), Normal()) == []


@pytest.mark.parametrize(("posts", "alarmed"), [(400, False), (401, True)])
def test_more_posts_than_the_source_says_is_normal_are_an_alarm(posts: int, alarmed: bool) -> None:
    for whole in (True, False):
        told = alarms(sight(posts), learn([]), Normal(max_posts=400), whole=whole)
        assert told == (["401 posts, where at most 400 are normal"] if alarmed else [])
