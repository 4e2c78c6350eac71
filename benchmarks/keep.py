"""How fast a case keeps, is made again and is verified, and how much memory that takes; small and big, to see the ratio.

python -m benchmarks.keep --small 1000 --big 10000
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.identity import post_id
from casefile.records import CrawlOutcome, Post
from casefile.search.embedded import EmbeddedEngine
from casefile.settings import CaseSettings
from casefile.verify import verify_case

SOURCE = "xx_bench"
WORDS = "lowongan kerja admin gaji besar di luar negeri รับสมัครงาน 高薪诚聘 việc làm lương cao".split()


@dataclass(frozen=True)
class Measured:
    """One run of one step."""

    seconds: float
    megabytes: float
    size: int


def a_page(number: int, chance: random.Random) -> tuple[Exchange, list[Post]]:
    url = f"https://bench.example/{number}"
    text = " ".join(chance.choices(WORDS, k=60)) + f" {number}"
    body = f"<html><body><p>{text}</p>{'<div>frame of the site</div>' * 400}</body></html>".encode()
    exchange = Exchange(
        url=url, at=datetime.now(UTC), status=200, body=body, response_headers=(("Content-Type", "text/html"),)
    )
    return exchange, [Post(id=post_id(SOURCE, url), source=SOURCE, url=url, text=text)]


def keep(folder: Path, pages: int) -> int:
    chance = random.Random(1)
    settings = CaseSettings(title="Benchmark", purpose="Speed", legal_basis="None", contact="desk@jejak.example")
    with Case.create(folder, settings) as case, case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        for number in range(pages):
            exchange, posts = a_page(number, chance)
            keeper.keep_page(SOURCE, crawl, exchange, posts)
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
    return pages


def rebuild(folder: Path, pages: int) -> int:
    for path in folder.glob("case.db*"):
        path.unlink()
    Case.open(folder).close()
    return pages


def verify(folder: Path, pages: int) -> int:
    with Case.open(folder) as case:
        if found := list(verify_case(case)):
            raise SystemExit(f"The case is not whole: {found[0]}")
        return sum(path.stat().st_size for path in case.evidence_folder.iterdir())


def find(folder: Path, pages: int) -> int:
    with Case.open(folder) as case:
        # The dearest search: a word that every post holds, and two characters that most hold.
        return EmbeddedEngine(case.store).search("kerja OR สมัคร").total


STEPS: dict[str, tuple[Callable[[Path, int], int], str]] = {
    "keep": (keep, "pages"), "rebuild": (rebuild, "pages"), "verify": (verify, "bytes"), "search": (find, "posts"),
}  # fmt: skip


def _run(step: str, folder: Path, pages: int, answer: Connection) -> None:
    begun = time.perf_counter()
    size = STEPS[step][0](folder, pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    answer.send(Measured(time.perf_counter() - begun, peak, size))


def measure(step: str, folder: Path, pages: int) -> Measured:
    """One step in a process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(step, folder, pages, send))
    process.start()
    send.close()
    measured: Measured = receive.recv()
    process.join()
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=1_000, help="pages of the small run")
    parser.add_argument("--big", type=int, default=10_000, help="pages of the big run")
    options = parser.parse_args()
    print(
        f"{'step':8} {'pages':>9} {'seconds':>9} {'per second':>16} {'peak MB':>9} {'time per page, big to small':>29}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for step, (_, unit) in STEPS.items():
            costs = []
            for pages in (options.small, options.big):
                found = measure(step, Path(folder) / str(pages), pages)
                costs.append(found.seconds / pages)
                rate = found.size / found.seconds / (1e6 if unit == "bytes" else 1)
                ratio = f"{costs[-1] / costs[0]:.2f}" if len(costs) > 1 else ""
                name = "MB" if unit == "bytes" else unit
                print(
                    f"{step:8} {pages:9,} {found.seconds:9.2f} {rate:10,.1f} {name:5} {found.megabytes:9.1f} {ratio:>29}"
                )


if __name__ == "__main__":
    main()
