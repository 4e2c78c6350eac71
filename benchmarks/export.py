"""How long each export format takes for how many links, and how much memory: `python -m benchmarks.export 10000 100000`.

Each format is written in a process of its own. Processor time is told beside the clock's, since other work shares the machine.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from casefile.evidence.exchange import Exchange
from casefile.evidence.warc import WarcFile
from casefile.records import Connections, Entity, Link, LinkKind
from casefile.settings import Handling
from graph.export.formats import ExportFormat
from graph.export.view import Context, Page, Proof, View, view_of
from graph.export.write import write_formats

_START = datetime(2026, 1, 1, tzinfo=UTC)
_LINKS_A_NODE, _POSTS_A_LINK = 3, 2


class Cost(NamedTuple):
    """What one format took."""

    clock_s: float
    processor_s: float
    peak_mb: float
    size_mb: float


def network_of(links: int) -> View:
    """An invented network: a third as many telephone numbers as links, each link proved by two posts."""
    dice = random.Random(links)
    size = max(2, links // _LINKS_A_NODE)
    nodes = [f"phone:+62812{number:08d}" for number in range(size)]
    posts = [f"{number:032x}" for number in range(size)]
    entities = (
        Entity(id=node, label="PHONE", name=node.partition(":")[2], posts=2, first_seen=_START, last_seen=_START)
        for node in nodes
    )
    connections = Connections(
        entities=tuple(entities), actors=(), links=tuple(_links(links, nodes, posts, dice)), networks=()
    )
    proofs = (
        Proof(
            id=post, source="xx_board", kind="recruitment", lang="id", published=_START, first_seen=_START, last_seen=_START,
            url=f"https://board.example/{post}", captured_at=_START, payload_sha256=post * 2, text="Lowongan kerja " * 20,
        )
        for post in posts
    )  # fmt: skip
    context = Context(made_at=_START, program="Jejak", title="Invented", case="0" * 64, handling=Handling.AMBER)
    return view_of(connections, context, proofs=proofs)


def _pages(view: View, room: Path) -> Iterator[Page]:
    """A page of evidence for each post."""
    warc = WarcFile(room, room, "Jejak")
    head = (("Content-Type", "text/html; charset=utf-8"),)
    for post in view.proofs:
        body = f"<p>{post.id} {post.text}</p>".encode()
        exchange = Exchange(url=post.url or "", at=_START, status=200, body=body, response_headers=head)
        yield Page(post.id, warc.path, warc.write_exchange(exchange).offset)
    warc.close()


def _links(count: int, nodes: list[str], posts: list[str], dice: random.Random) -> Iterator[Link]:
    for number in range(count):
        start, end = dice.sample(nodes, 2)
        yield Link(
            id=f"link-{number}", from_id=start, to_id=end, kind=LinkKind.MENTIONS, confidence=0.9,
            posts=tuple(dice.sample(posts, _POSTS_A_LINK)), first_seen=_START, last_seen=_START + timedelta(days=1),
        )  # fmt: skip


def measure(links: int, wanted: ExportFormat) -> Cost:
    """Write one format, in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as room:
        return room.submit(_measured, links, wanted).result()


def _measured(links: int, wanted: ExportFormat) -> Cost:
    view = network_of(links)
    with tempfile.TemporaryDirectory(prefix="jejak-export-") as room, tempfile.TemporaryDirectory() as evidence:
        if wanted is ExportFormat.WACZ:
            view = replace(view, pages=tuple(_pages(view, Path(evidence))))
        clock, processor = time.perf_counter(), time.process_time()
        files = write_formats(view, Path(room), [wanted])
        took = time.perf_counter() - clock, time.process_time() - processor
        size = sum(file.stat().st_size for file in files)
    return Cost(*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size / 1e6)


def main() -> None:
    """Measure every format for each number of links that was asked for."""
    for links in map(int, sys.argv[1:] or ("10000", "100000")):
        print(f"{links:,} links\n{'format':10}{'clock s':>9}{'processor s':>13}{'peak MB':>9}{'file MB':>9}")
        for wanted in ExportFormat:
            cost = measure(links, wanted)
            print(
                f"{wanted:10}{cost.clock_s:9.1f}{cost.processor_s:13.1f}{cost.peak_mb:9.0f}{cost.size_mb:9.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
