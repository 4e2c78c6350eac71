"""Saved pages served from loopback: what probing shows of each, and what crawling the saved source then keeps.

    python -m benchmarks.served FOLDER

FOLDER holds NAME.EXT with NAME.expected.json beside it. Each page is served under its own path; `jejak probe --save`
makes a source of it without a word typed by hand, `jejak crawl` collects it, and both are compared with each other.
What cannot be visited (a chat that was exported) is left out. Not part of the tests: it needs pages to look at.
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import tempfile
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from casefile.atomic import write_text
from casefile.case import Case
from casefile.errors import JejakError
from casefile.records import Post
from casefile.settings import CaseSettings
from crawlers.events import CrawlResult
from crawlers.probing.probed import Probed
from crawlers.run import crawl_sources
from desk import probing

_NAME = "xx_served"


@dataclass(frozen=True, slots=True)
class Compared:
    """One page: what probing showed, what crawling kept, and how much of the one is in the other."""

    name: str
    kind: str
    shown: int = 0
    kept: int = 0
    both: int = 0
    note: str = ""


def serve(pages: dict[str, Path]) -> ThreadingHTTPServer:
    """Serve files by their paths on 127.0.0.1; everything else is not there, robots.txt neither."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = pages.get(self.path)
            body = path.read_bytes() if path else b"not here"
            self.send_response(200 if path else 404)
            kind = mimetypes.guess_type(path.name)[0] if path else "text/plain"
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def served_pages(folder: Path) -> dict[str, Path]:
    """The path of each page: that of the address which it was saved from, else its file's name."""
    pages: dict[str, Path] = {}
    for expected in sorted(folder.glob("*.expected.json")):
        stem = expected.name.removesuffix(".expected.json")
        page = next(p for p in sorted(folder.glob(f"{stem}.*")) if p != expected)
        address = urlsplit(json.loads(expected.read_text(encoding="utf-8")).get("url") or "")
        path = (address.path or f"/{page.name}") + (f"?{address.query}" if address.query else "")
        pages[path if path != "/" and path not in pages else f"/{page.name}"] = page
    return pages


def compare(address: str, name: str) -> Compared:
    """Probe, save, crawl; then look for each post that probing showed among those that were kept."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        settings = CaseSettings(
            title="Served", purpose="To compare", legal_basis="Own copies", contact="desk@watch.example",
            allow_addresses=("127.0.0.1",),
        )  # fmt: skip
        Case.create(case, settings).close()
        try:
            probed = probing.look(address, url=None, timezone=None, case=case, use_browser=False)
            probing.save(probed, _NAME, case)
        except JejakError as error:
            return Compared(name, "–", note=str(error)[:80])
        result, kept = _crawl(case)
        return _compared(name, probed, kept, result)


def _crawl(case: Path) -> tuple[CrawlResult, list[Post]]:
    path = case / "sources" / f"{_NAME}.yml"
    # Loopback need not be spared; a list's adverts were not saved with it, so few pages are enough.
    gentle = "gentle: {delay: 0, max_pages: 40}"
    lines = [gentle if line.startswith("gentle:") else line for line in path.read_text(encoding="utf-8").splitlines()]
    write_text(path, "\n".join(lines) + "\n")
    [result] = crawl_sources(case, [_NAME], parallel=1, on_event=lambda event: None)
    with Case.open(case) as opened:
        return result, list(opened.store.posts())


def _compared(name: str, probed: Probed, kept: list[Post], result: CrawlResult) -> Compared:
    left = [" ".join(post.text.split()) for post in kept]
    both = 0
    for post in probed.posts:
        words = " ".join(post.text.split())
        # A kept text may have its headline before it.
        found = next((other for other in left if other == words or other.endswith(words)), None)
        if found is not None:
            left.remove(found)
            both += 1
    note = "" if both == len(probed.posts) == len(kept) else result.detail[:80]
    return Compared(name, f"{probed.type}, {probed.engine}", len(probed.posts), len(kept), both, note)


def main() -> None:
    """Print one line a page, and the sums."""
    parser = argparse.ArgumentParser(description="Probe, save and crawl saved pages, and compare.")
    parser.add_argument("folder", type=Path)
    pages = served_pages(parser.parse_args().folder)
    server = serve(pages)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    print(f"{'page':34} {'held to be':34} shown  kept  both")
    rows = [compare(address + path, page.name) for path, page in pages.items()]
    for row in rows:
        print(f"{row.name[:34]:34} {row.kind[:34]:34} {row.shown:5} {row.kept:5} {row.both:5}  {row.note}")
    print(f"{'all':69} {sum(r.shown for r in rows):5} {sum(r.kept for r in rows):5} {sum(r.both for r in rows):5}")
    server.shutdown()


if __name__ == "__main__":
    main()
