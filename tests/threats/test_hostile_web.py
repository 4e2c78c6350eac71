"""A site that attacks whoever reads it, read beside pages that are honest."""

from __future__ import annotations

import resource
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from casefile.case import Case
from casefile.records import Post
from casefile.verify import verify_case
from crawlers.events import CrawlResult
from crawlers.run import crawl_sources
from tests.crawlers.site import make_case, write_source
from tests.threats.files import zeros
from tests.threats.sites import CARD, CARDS, Hostile, attacks
from tests.threats.web import Attack, HostileWeb, Victim, answer, endless, page, redirect, serving, victim

NAMES = tuple(attacks(HostileWeb(), Victim()))
_PAGES_A_FORUM = 12
_GENTLE = "delay: 0, concurrency: 8, timeout: 8, max_pages: 60, max_page_bytes: 5000000"


@dataclass(frozen=True)
class Aftermath:
    """What is there when all attacks are over."""

    case: Path
    hostile: dict[str, Hostile]
    results: dict[str, CrawlResult]
    told: dict[str, str]
    posts: dict[str, list[Post]]
    reached: list[str]
    megabytes: int


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """All attacks: pages as threads of forums that have an honest thread each, feeds as feeds of one sitemap."""
    folder = make_case(tmp_path_factory.mktemp("threats") / "case")
    with victim() as prey, serving() as web:
        hostile = attacks(web, prey)
        for name, attack in hostile.items():
            web.paths |= {f"/{name}{path}": send for path, send in attack.paths.items()}
        alone = [name for name, attack in hostile.items() if _is_alone(name, attack)]
        feeds = [name for name, attack in hostile.items() if attack.family == "feed" and name not in alone]
        pages = [name for name in hostile if name not in alone and name not in feeds]
        sources = [_write_source(folder, f"xx_{n}", web.url, name, hostile[name]) for n, name in enumerate(alone)]
        sources.append(_write_feeds(folder, web, feeds))
        forums = -(-len(pages) // _PAGES_A_FORUM)
        # Those that never answer are dealt out: a site where all are silent in a row is left, rightly.
        sources += [_write_forum(folder, web, number, pages[number::forums]) for number in range(forums)]
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # so that no other test's children are measured
            results, megabytes = apart.submit(_crawl, folder, sources).result()
        told, posts = _by_attack(folder)
        yield Aftermath(folder, hostile, {one.source: one for one in results}, told, posts, prey.touched, megabytes)


def _crawl(folder: Path, sources: list[str]) -> tuple[list[CrawlResult], int]:
    """The results, and the memory (MiB) of the crawl that took most."""
    results = crawl_sources(folder, sources, parallel=4, on_event=lambda event: None)
    return list(results), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def _is_alone(name: str, attack: Hostile) -> bool:
    """Whether an attack wants to be a source of its own: it lists pages, or it stops all that stands beside it."""
    lists = attack.more not in (CARDS, "") or name.startswith("sitemap")
    return lists or name.startswith("retry-after")


def _write_feeds(folder: Path, web: HostileWeb, feeds: list[str]) -> str:
    listed = "".join(f"<sitemap><loc>{web.url}/{name}</loc></sitemap>" for name in feeds)
    web.paths["/feeds"] = answer(f"<sitemapindex>{listed}</sitemapindex>".encode(), kind="text/xml")
    return _write_source(folder, "xx_feeds", web.url, "feeds", Hostile({}, family="feed", more=""))


def _write_forum(folder: Path, web: HostileWeb, number: int, pages: list[str]) -> str:
    links = "".join(f'<a class=thread href="/{name}">x</a>' for name in (*pages, f"honest-{number}"))
    web.paths |= {f"/forum-{number}": page(links), f"/honest-{number}": page(CARD)}
    forum = Hostile({}, family="forum", more=CARDS.replace("}", ", thread: a.thread}"))
    return _write_source(folder, f"xx_forum_{number}", web.url, f"forum-{number}", forum)


def _by_attack(folder: Path) -> tuple[dict[str, str], dict[str, list[Post]]]:
    """What was told of each attack, and the posts that were read on its page."""
    told: dict[str, str] = defaultdict(str)
    posts: dict[str, list[Post]] = defaultdict(list)
    with Case.open(folder) as case:
        for problem in case.store.problems():
            told[urlsplit(problem.item).path.strip("/").partition("/")[0]] += f"{problem.reason}; "
        for post in case.store.posts():
            for capture in case.store.captures(post.id):
                posts[urlsplit(capture.page_url).path.strip("/")].append(post)
    return told, posts


def _write_source(folder: Path, name: str, web: str, path: str, attack: Hostile) -> str:
    """A source that is small and impatient, so that a test does not take long to be attacked."""
    write_source(folder, name, f"{web}/{path}", attack.family, attack.more)
    file = folder / "sources" / f"{name}.yml"
    file.write_text(file.read_text("utf-8").replace("delay: 0, concurrency: 4, timeout: 5", _GENTLE), "utf-8")
    return name


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_ends_with_a_reason_or_with_what_could_be_read(aftermath: Aftermath, name: str) -> None:
    attack = aftermath.hostile[name]
    assert aftermath.told[name] or aftermath.posts[name]
    assert attack.told in aftermath.told[name]
    assert attack.posts in (None, len(aftermath.posts[name]))


def test_no_crawl_broke_off_and_the_honest_threads_beside_the_attacks_are_read(aftermath: Aftermath) -> None:
    assert not [one.detail for one in aftermath.results.values() if "the crawl broke off" in one.detail]
    forums = [name for name in aftermath.results if "forum" in name]
    assert len([name for name in aftermath.posts if name.startswith("honest")]) == len(forums) > 1


def test_nothing_inside_the_network_was_reached(aftermath: Aftermath) -> None:
    assert aftermath.reached == []


def test_neither_memory_nor_disk_was_filled(aftermath: Aftermath) -> None:
    assert aftermath.megabytes < 1_000
    assert sum(path.stat().st_size for path in aftermath.case.rglob("*") if path.is_file()) < 100_000_000


def test_what_was_kept_of_the_attacks_is_sound(aftermath: Aftermath) -> None:
    with Case.open(aftermath.case) as case:
        assert list(verify_case(case)) == []
        for post in case.store.posts():
            assert "root:" not in post.text and "lollol" not in post.text
            for address in (post.url, post.author_url):
                assert address is None or address.startswith(("http://", "https://"))


ROBOTS: dict[str, Attack] = {
    "robots-gzip-bomb": answer(zeros(300), "Content-Encoding: gzip", kind="text/plain"),
    "robots-endless": endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"Disallow: /x\n" * 1_000),
    "robots-of-patterns": answer(b"User-agent: *\n" + b"Disallow: /" + b"*a" * 5_000 + b"$\n" * 20, kind="text/plain"),
    "robots-redirected-inside": redirect("http://127.0.0.2:1/robots.txt"),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_rules_that_attack_are_rules_or_none(name: str, tmp_path: Path) -> None:
    folder = make_case(tmp_path / "case")
    with serving() as web:
        web.paths |= {"/robots.txt": ROBOTS[name], "/list": page(CARD)}
        source = _write_source(folder, "xx_list", web.url, "list", Hostile({}))
        (result,) = crawl_sources(folder, [source], parallel=1, on_event=lambda event: None)
    assert result.posts == 1 or result.detail
    assert "broke off" not in result.detail
