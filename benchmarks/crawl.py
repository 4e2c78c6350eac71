"""Pages a second of the board spider that keeps evidence, against the same spider in bare Scrapy, in one run.

python -m benchmarks.crawl [--adverts 1000] [--rounds 3]

The site runs in a process of its own; every crawl runs in a process of its own, the two kinds in turn. What is timed is
the crawl itself, from its first request to its last page kept, without the start of Python. An advert has some 550
characters on a page of 30 kB, which is little for a page and much for an advert.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from casefile.case import Case
from casefile.settings import CaseSettings
from casefile.settings_files import read_source

NAME = "xx_bench_board"
GOAL = 0.7
_CARDS = 50
_FILLER = (
    "<p>Serious company, honest pay, free meals and a room. Write to us and ask for everything you want to know.</p>"
)


def main() -> None:
    """Measure and print; exit code 1 below the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--one", choices=["kept", "bare"], help=argparse.SUPPRESS)
    parser.add_argument("--case", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        asyncio.run(_serve(chosen.adverts))
    elif chosen.one:
        print(json.dumps(_crawl(chosen.one == "kept", chosen.case)))
    else:
        sys.exit(_compare(chosen.adverts, chosen.rounds))


def _compare(adverts: int, rounds: int) -> int:
    this = [sys.executable, "-m", "benchmarks.crawl"]
    server = subprocess.Popen([*this, "--serve", "--adverts", str(adverts)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = int(server.stdout.readline())
    rates: dict[str, list[float]] = {"kept": [], "bare": []}
    try:
        for number in range(rounds):
            for kind, told in rates.items():
                with tempfile.TemporaryDirectory() as folder:
                    case = make_case(Path(folder) / "case", port)
                    done = subprocess.run(
                        [*this, "--one", kind, "--case", str(case)], capture_output=True, text=True, check=True
                    )
                    result = json.loads(done.stdout.splitlines()[-1])
                    told.append(result["pages"] / result["seconds"])
                    print(f"round {number + 1}, {kind}: {result['pages']} pages, {result['posts']} posts, "
                          f"{told[-1]:.0f} pages/s, {result['processor']:.1f} s of processor, peak {result['peak_mb']:.0f} MB", flush=True)  # fmt: skip
    finally:
        server.terminate()
        server.wait()
    kept, bare = statistics.median(rates["kept"]), statistics.median(rates["bare"])
    print(f"median: {kept:.0f} pages/s with evidence, {bare:.0f} pages/s bare: {kept / bare:.2f} of it (goal {GOAL})")
    return int(kept / bare < GOAL)


def make_case(folder: Path, port: int) -> Path:
    """A case whose only source is the board at `port`."""
    settings = CaseSettings(
        title="Benchmark",
        purpose="measure",
        legal_basis="none",
        contact="bench@jejak.example",
        allow_addresses=("127.0.0.1",),
    )
    Case.create(folder, settings).close()
    (folder / "sources" / f"{NAME}.yml").write_text(
        f"""title: Benchmark board
country: xx
why: ours
url: http://127.0.0.1:{port}/jobs?p=0
family: board
select: {{post: li.ad, link: "a::attr(href)", next: "a[rel=next]::attr(href)", title: h1, text: div.body, date: time}}
gentle: {{delay: 0, concurrency: 16, max_pages: 100000}}
""",
        encoding="utf-8",
    )
    return folder


def _crawl(kept: bool, case: Path) -> dict[str, float]:
    from scrapy import signals
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from casefile.settings_files import read_case_settings
    from crawlers.loader import spider_class

    settings = Settings()
    if kept:
        settings.setmodule("crawlers.settings", priority="project")
        settings.set("JEJAK_CASE", str(case), priority="cmdline")
    settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
    source = read_source(case, NAME)
    assert source is not None
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider_class(source, read_case_settings(case)))
    moments: dict[str, float] = {}
    crawler.signals.connect(
        lambda: moments.setdefault("begun", time.perf_counter()), signals.engine_started, weak=False
    )
    crawler.signals.connect(
        lambda: moments.setdefault("ended", time.perf_counter()), signals.engine_stopped, weak=False
    )
    process.crawl(crawler)
    processor = time.process_time()
    process.start()
    processor = time.process_time() - processor
    with Case.open(case) as opened:
        posts = opened.store.counts()["posts"] if kept else (crawler.stats.get_value("item_scraped_count") or 0)
    return {
        "pages": crawler.stats.get_value("response_received_count"),
        "posts": posts,
        "processor": processor,
        "seconds": moments["ended"] - moments["begun"],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def _serve(adverts: int) -> None:
    """A job board out of memory, as quick as a server in Python can be."""
    server = await asyncio.get_running_loop().create_server(lambda: Board(adverts), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


class Board(asyncio.Protocol):
    """Answers one GET after the other on a connection that stays open."""

    def __init__(self, adverts: int) -> None:
        self._adverts, self._received = adverts, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            body = self._page(head.split(b" ", 2)[1].decode()).encode()
            self._transport.write(self.answer(head.decode("latin-1"), body))

    def answer(self, head: str, body: bytes) -> bytes:
        """The whole answer to a request that begins with `head`; 404 without a body."""
        status = b"HTTP/1.1 200 OK" if body else b"HTTP/1.1 404 Not Found"
        return status + b"\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    def _page(self, path: str) -> str:
        if path.startswith("/jobs?p="):
            first = int(path.removeprefix("/jobs?p=")) * _CARDS
            held = range(first, min(first + _CARDS, self._adverts))
            following = (
                f'<a rel=next href="/jobs?p={first // _CARDS + 1}">next</a>' if held.stop < self._adverts else ""
            )
            return (
                "<ul>"
                + "".join(f'<li class=ad><a href="/ad/{n}">advert {n}</a></li>' for n in held)
                + f"</ul>{following}"
            )
        if path.startswith("/ad/"):
            number = int(path.removeprefix("/ad/"))
            menu = "".join(
                f'<li class="menu"><a href="/menu/{n}" title="Go there">Menu {n}</a></li>' for n in range(400)
            )
            return (
                f"<html><head><title>{number}</title></head><body><ul>{menu}</ul><h1>Advert {number}</h1>"
                f"<time>2026-11-0{number % 9 + 1}</time><div class=body>Number {number}{_FILLER * 5}</div></body></html>"
            )
        return ""


if __name__ == "__main__":
    main()
