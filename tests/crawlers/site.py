"""A small web on 127.0.0.1 whose pages a test writes and changes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from casefile.case import Case
from casefile.settings import CaseSettings
from crawlers.events import CrawlEvent, CrawlResult
from crawlers.run import crawl_sources


@dataclass(frozen=True)
class Answer:
    """What a path answers; `validated` pages carry an ETag and answer 304 to whoever knows it."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    validated: bool = False


def html(body: str, *, validated: bool = False, status: int = 200) -> Answer:
    page = f"<!doctype html><html><head><meta charset=utf-8><title>t</title></head><body>{body}</body></html>"
    return Answer(page.encode(), status, {"Content-Type": "text/html; charset=utf-8"}, validated)


class LocalServer:
    """`with …() as site:` serves on 127.0.0.1 until the block ends; `site.asked` are the paths in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        raise NotImplementedError


class Site(LocalServer):
    """Serves `site.pages` (path with query -> Answer)."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, Answer] = {}
        self.agents: set[str] = set()
        self.answered: list[tuple[str, int]] = []

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.agents.add(self.headers["User-Agent"])
                answer = site.pages.get(self.path, html("nothing here", status=404))
                headers = dict(answer.headers)
                etag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
                status, body = answer.status, answer.body
                if answer.validated:
                    headers["ETag"] = etag
                    if self.headers["If-None-Match"] == etag:
                        status, body = 304, b""
                        headers.pop("Content-Type", None)
                site.answered.append((self.path, status))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                return

        return Handler


def make_case(folder: Path, *, allow: tuple[str, ...] = ("127.0.0.1",)) -> Path:
    settings = CaseSettings(
        title="A test",
        purpose="To test",
        legal_basis="None needed",
        contact="desk@watch.example",
        allow_addresses=allow,
    )
    Case.create(folder, settings).close()
    return folder


def write_source(case: Path, name: str, url: str, family: str, more: str = "") -> str:
    text = f"""title: A source of the tests
country: xx
why: it is ours
url: "{url}"
family: {family}
gentle: {{delay: 0, concurrency: 4, timeout: 5}}
{more}
"""
    (case / "sources" / f"{name}.yml").write_text(text, encoding="utf-8")
    return name


def crawl(case: Path, name: str, on_event: Callable[[CrawlEvent], None] = lambda event: None) -> CrawlResult:
    return crawl_sources(case, [name], parallel=1, on_event=on_event)[0]
