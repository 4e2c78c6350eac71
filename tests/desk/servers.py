"""A mail server and a web server on this computer that keep what they are given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@dataclass
class Given:
    """Where the server listens, and what came."""

    port: int = 0
    bodies: list[bytes] = field(default_factory=list)
    envelopes: list[str] = field(default_factory=list)


@contextmanager
def _serving(server: socketserver.BaseServer, given: Given) -> Iterator[Given]:
    given.port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield given
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mail_server() -> Iterator[Given]:
    """Speaks enough of RFC 5321 to take a message."""
    given = Given()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline().strip():
                verb = line[:4].upper()
                if verb in (b"MAIL", b"RCPT"):
                    given.envelopes.append(line.decode())
                if verb == b"DATA":
                    self._say("354 go on")
                    lines = []
                    while (part := self.rfile.readline()) not in (b".\r\n", b""):
                        lines.append(part)
                    given.bodies.append(b"".join(lines))
                self._say("221 bye" if verb == b"QUIT" else "250 fine")
                if verb == b"QUIT":
                    return

        def _say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

    with _serving(socketserver.TCPServer(("127.0.0.1", 0), Handler), given) as serving:
        yield serving


@contextmanager
def web_server(*statuses: int, location: str | None = None) -> Iterator[Given]:
    """Answers with these statuses in turn, the last for ever; only what it takes (2xx) is kept."""
    given, left = Given(), list(statuses or (200,))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = left.pop(0) if len(left) > 1 else left[0]
            if status < 300:
                given.bodies.append(body)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with _serving(HTTPServer(("127.0.0.1", 0), Handler), given) as serving:
        yield serving


@contextmanager
def answering(answer: Callable[[bytes], tuple[int, dict[str, str], bytes]]) -> Iterator[int]:
    """A web server that gives to each POST what `answer` makes of it: status, headers, body. Gives its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, headers, body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing: tests are quiet."""

    with _serving(HTTPServer(("127.0.0.1", 0), Handler), Given()) as given:
        yield given.port
