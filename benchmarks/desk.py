"""How quick the desk's page is: each screen's server time and first content on many posts, a large network under the mouse.

python -m benchmarks.desk [POSTS] [--keep FOLDER]   (what is made is kept in that folder, and used again the next time)

The posts are those of `benchmarks.synthetic`, kept and connected as any others; the network is `benchmarks.desk_network`.
Stated beside each figure: the first answer after a start, then the median and 95th percentile of the following ones.
"""

from __future__ import annotations

import argparse
import http.client
import math
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page, sync_playwright

from benchmarks.desk_network import NETWORK, make_network_case
from benchmarks.synthetic import synthetic_posts
from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.records import CrawlOutcome, ReadPost
from casefile.settings import CaseSettings
from crawlers.browser import launch_options
from graph.connect import connect_case
from pipeline.version import reading_version

_POSTS, _TIMES, _PAGE = 100_000, 30, 500
_NODES, _LINKS = 5_000, 20_000
_PATIENCE = 40.0  # seconds for one screen, after which fewer answers must do
_BARE = "/static/icon.svg"
_MOVES = 240  # of the mouse while it drags
_RECORD = "() => { window.frames_ = []; const note = at => { frames_.push(at); requestAnimationFrame(note) }; requestAnimationFrame(note) }"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("posts", type=int, nargs="?", default=_POSTS)
    parser.add_argument("--keep", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = told.keep or Path(folder)
        case, network = kept / f"posts-{told.posts}", kept / "network"
        if not (case / "case.toml").exists():
            _make(case, told.posts)
        if not (network / "case.toml").exists():
            make_network_case(network, _NODES, _LINKS)
        screens = screens_of(case)
        with served(case) as address:
            session = _enter(address)
            _tell_server_times(address, session, screens)
            _tell_first_content(address, session, screens)
        with served(network) as address:
            _tell_frames(address, _enter(address))


def _make(folder: Path, posts: int) -> None:
    """A case whose posts are kept as crawls keep them, read, and connected."""
    begun = time.perf_counter()
    settings = CaseSettings(title=f"{posts:,} invented posts", purpose="Benchmark", legal_basis="None", contact="none")
    by_source = sorted(synthetic_posts(posts), key=lambda read: read.post.source)
    with Case.create(folder, settings) as case:
        for source, reads in groupby(by_source, key=lambda read: read.post.source):
            _keep(case, source, list(reads))
        print(f"{posts:,} posts kept and read in {time.perf_counter() - begun:.0f} s", flush=True)
        made = connect_case(case)
        print(f"connected: {made} in {time.perf_counter() - begun:.0f} s", flush=True)


def _keep(case: Case, source: str, reads: Sequence[ReadPost]) -> None:
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(source)
        for number, part in enumerate(_pages(reads)):
            posts = [read.post for read in part]
            body = "\n".join(post.text for post in posts).encode()
            url = f"https://{source.replace('_', '-')}.example/{number}"
            keeper.keep_page(source, crawl, Exchange(url=url, at=part[0].first_seen, status=200, body=body), posts)
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
    for part in _pages(reads):
        case.store.save_readings([read.reading for read in part], reading_version())


def _pages(reads: Sequence[ReadPost]) -> Iterator[Sequence[ReadPost]]:
    return (reads[at : at + _PAGE] for at in range(0, len(reads), _PAGE))


def screens_of(folder: Path) -> dict[str, str]:
    """Every screen that shows something of the case, on what is largest in it."""
    with Case.open(folder) as case:
        ties = case.store.connections()
        actor = max(ties.actors, key=lambda one: len(one.posts))
        network = max(ties.networks, key=lambda one: len(one.members))
        place = max((one for one in ties.entities if one.label == "LOC"), key=lambda one: one.posts)
        post = actor.posts[0]
        word = case.store.find_post(post).text.split()[0]
        source = case.store.crawls()[0].source
    return {
        "case": "/",
        "search, all": "/search",
        "search, a word": f"/search?q={quote(word)}",
        "search, a place": f"/search?q={quote('place:' + place.id.partition(':')[2])}",
        "search, a number": f"/search?q={quote(actor.identifiers[0])}",
        "search with map": f"/search?q={quote(word)}&map=yes",
        "post": f"/post/{post}",
        "recruiter": f"/node/{quote(actor.id)}",
        "place": f"/node/{quote(place.id)}",
        "networks": "/networks",
        "network": f"/network/{quote(network.id)}",
        f"drawing of {len(network.members)}": f"/network/{quote(network.id)}/drawing",
        "all networks": "/network/all",
        "drawing of all": "/network/all/drawing",
        "export": "/export",
        "path": f"/path?from={quote(actor.identifiers[0])}&to={quote(place.id)}",
        "routes": "/routes",
        "review": "/review",
        "watch": "/watch",
        "sources": "/sources",
        "import": "/import",
        "work": "/doing",
        "a bare static file": _BARE,
    } | ({f"source {source}": f"/sources/{source}"} if (folder / "sources" / f"{source}.yml").exists() else {})


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a case by the command; gives the address that opens it once."""
    command = [sys.executable, "-m", "desk", "desk", str(folder), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        process.terminate()


def _enter(address: str) -> str:
    """The session's cookie."""
    parts = urlsplit(address)
    door = http.client.HTTPConnection(parts.netloc, timeout=600)
    door.request("GET", f"{parts.path}?{parts.query}")
    return str(door.getresponse().headers["set-cookie"]).partition(";")[0]


def _tell_server_times(address: str, session: str, screens: dict[str, str]) -> None:
    print(f"\nserver time in ms\n{'':24}{'first':>9}{'median':>9}{'p95':>9}{'times':>9}{'kB':>9}")
    server = http.client.HTTPConnection(urlsplit(address).netloc, timeout=600)
    for name, path in screens.items():
        times, size = list[float](), 0
        give_up = time.perf_counter() + _PATIENCE
        while len(times) < 2 or (len(times) <= _TIMES and time.perf_counter() < give_up):
            begun = time.perf_counter()
            server.request("GET", path, headers={"cookie": session})
            answer = server.getresponse()
            size = len(answer.read())
            times.append(1_000 * (time.perf_counter() - begun))
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
        first, often = times[0], sorted(times[1:])
        p95 = often[int(0.95 * len(often))]
        print(
            f"{name:24}{first:9.1f}{statistics.median(often):9.1f}{p95:9.1f}{len(often):9}{size / 1_000:9.1f}",
            flush=True,
        )


def _tell_first_content(address: str, session: str, screens: dict[str, str]) -> None:
    """When Chromium shows the first content of each screen, the best of three."""
    print("\nfirst content in Chromium, ms")
    with _looking(address, session) as (page, base):
        for screen, path in screens.items():
            shown = []
            for _ in range(3 if not path.endswith("/drawing") else 0):
                page.goto(base + path)
                while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
                    page.wait_for_timeout(10)
                shown.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            if shown:
                print(f"{screen:24}{min(shown):9.0f}", flush=True)


def _tell_frames(address: str, session: str) -> None:
    """Frames a second while the drawing is dragged, its groups closed and open, and one node of it."""
    print(
        f"\nnetwork of {_NODES:,} nodes and {_LINKS:,} links, frames while dragging in Chromium\n{'':24}{'a second':>9}{'p95 ms':>9}{'most':>9}"
    )
    with _looking(address, session) as (page, base):
        for what, state in (
            ("groups closed", ""),
            ("all groups open", "?open=all"),
            ("open, near", "?open=all&at=0,0,0.8"),
        ):
            page.goto(f"{base}/network/{quote(NETWORK)}{state}")
            page.wait_for_selector(".canvas[data-painted]", timeout=120_000)
            page.wait_for_timeout(1_000)
            times = _drag(page)
            gaps = sorted(after - before for before, after in pairwise(times))
            a_second = 1_000 * len(gaps) / (times[-1] - times[0])
            print(f"{what:24}{a_second:9.1f}{gaps[int(0.95 * len(gaps))]:9.1f}{gaps[-1]:9.1f}", flush=True)


def _drag(page: Page) -> list[float]:
    """Drag over the drawing in a circle; the times in ms at which frames were made meanwhile."""
    box = page.locator(".canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_RECORD)
    for turn in range(_MOVES):
        angle = 2 * math.pi * turn / 120
        page.mouse.move(x + 150 * math.sin(angle), y + 100 * (1 - math.cos(angle)))
    times: list[float] = page.evaluate("frames_")
    page.mouse.up()
    return times


@contextmanager
def _looking(address: str, session: str) -> Iterator[tuple[Page, str]]:
    """A page of Chromium in the session, and the address that all others begin with."""
    base = address.partition("/enter")[0]
    name, _, value = session.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": base}])
        yield context.new_page(), base
        browser.close()


if __name__ == "__main__":
    main()
