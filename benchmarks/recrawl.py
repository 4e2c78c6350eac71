"""What a second crawl of an unchanged site costs of the first one's bytes, and what a killed crawl asks for twice.

python -m benchmarks.recrawl [--adverts 1000]

The site is that of `benchmarks.crawl`, with an ETag on every page. Bytes are counted by the server: whole answers, heads
included. The killed crawl is killed without warning in its middle and run again.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks.crawl import NAME, Board, make_case
from casefile.case import Case
from crawlers.events import from_line

GOAL = 0.05


class _Validated(Board):
    """The board, with an ETag on every page, and a ledger of what it sent."""

    sent = 0
    asked: Counter[str] = Counter()  # noqa: RUF012  # shared by all connections on purpose

    def answer(self, head: str, body: bytes) -> bytes:
        """200 with an ETag, or 304 for whoever knows it."""
        path = head.split(" ", 2)[1]
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if body and etag in head:
            answer = f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        else:
            answer = super().answer(head, body)
            answer = answer.replace(b"\r\n", f"\r\nETag: {etag}\r\n".encode(), 1) if body else answer
        _Validated.sent += len(answer)
        if path != "/robots.txt":
            _Validated.asked[path] += 1
        return answer


def main() -> None:
    """Measure and print; exit code 1 when the second crawl costs more than the goal or the killed one lost a post."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", type=int, default=1000)
    adverts = parser.parse_args().adverts
    port = _serve(adverts)
    with tempfile.TemporaryDirectory() as folder:
        case = make_case(Path(folder) / "case", port)
        costs = [_cost(case) for _ in range(2)]
        print(f"first crawl {costs[0]:,} bytes, second {costs[1]:,}: {costs[1] / costs[0]:.2%} of it (goal {GOAL:.0%})")
        killed = make_case(Path(folder) / "killed", port)
        _Validated.asked.clear()
        _run(killed, kill_after=adverts // 2)
        before = sum(_Validated.asked.values())
        _run(killed)
        twice = sum(times - 1 for times in _Validated.asked.values())
        kept, whole = _posts(killed), _posts(case)
        print(f"killed after {before} requests and run again: {twice} of {sum(_Validated.asked.values())} requests were made twice; "
              f"{len(kept)} posts, {'the same as' if kept == whole else 'OTHERS THAN'} undisturbed")  # fmt: skip
    sys.exit(costs[1] / costs[0] >= GOAL or kept != whole)


def _cost(case: Path) -> int:
    before = _Validated.sent
    _run(case)
    return _Validated.sent - before


def _run(case: Path, kill_after: int | None = None) -> None:
    """Crawl once; or kill the crawl when it has kept so many pages."""
    command = [sys.executable, "-m", "crawlers.one", str(case), NAME]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        event = from_line(line)
        if event is not None and kill_after is not None and event.pages >= kill_after:
            process.kill()
            break
    process.stdout.close()
    process.wait()


def _posts(case: Path) -> set[tuple[str, str]]:
    with Case.open(case) as opened:
        return {(json.dumps(post.url), post.text) for post in opened.store.posts()}


def _serve(adverts: int) -> int:
    """Serve the board from a thread of this process, so that what it sent can be counted; returns its port."""
    ports: list[int] = []

    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Validated(adverts), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    while not ports:
        time.sleep(0.01)
    return ports[0]


if __name__ == "__main__":
    main()
