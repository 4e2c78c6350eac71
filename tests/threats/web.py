"""A web on loopback that does what no honest server does: every path answers with raw bytes of its own."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Send = Callable[[bytes], None]
Attack = Callable[[Send], None]


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> Attack:
    """An answer that is whole; `headers` are lines, written as they are."""

    def send(out: Send) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", ""]
        out("\r\n".join(lines).encode("latin-1") + body)

    return send


def page(body: str, *headers: str, head: str = "") -> Attack:
    """A page of HTML."""
    text = f"<!doctype html><html><head><meta charset=utf-8><title>t</title>{head}</head><body>{body}</body></html>"
    return answer(text.encode("utf-8", "surrogatepass"), *headers)


def redirect(location: str) -> Attack:
    """A redirect to whatever is written."""
    return answer(b"", f"Location: {location}", status="302 Found")


def raw(data: bytes) -> Attack:
    """These bytes, then the end of the connection."""
    return lambda out: out(data)


def endless(head: bytes, piece: bytes) -> Attack:
    """A head, then the same piece until whoever asked goes away."""

    def send(out: Send) -> None:
        out(head)
        while True:
            out(piece)

    return send


def dripping(head: bytes, seconds: float, over: threading.Event) -> Attack:
    """A head, then a byte now and then until whoever asked goes away or the web closes."""

    def send(out: Send) -> None:
        out(head)
        while not over.wait(seconds):
            out(b"x")

    return send


@dataclass
class HostileWeb:
    """`paths` answer as they are set; what was asked for is kept, path by path."""

    paths: dict[str, Attack] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def url(self) -> str:
        """Where this web is."""
        return f"http://127.0.0.1:{self.port}"


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128


@contextmanager
def serving(web: HostileWeb | None = None) -> Iterator[HostileWeb]:
    """A hostile web that is served until the block ends."""
    web = web or HostileWeb()

    class Handler(socketserver.StreamRequestHandler):
        timeout = 60

        def handle(self) -> None:
            with suppress(OSError):
                path = self._read_request()
                if path is not None:
                    web.asked.append(path)
                    missing = answer(b"", status="404 Not Found")
                    web.paths.get(path, web.paths.get(path.partition("?")[0], missing))(self.request.sendall)

        def _read_request(self) -> str | None:
            line = self.rfile.readline(65_536).decode("latin-1").split(" ")
            while self.rfile.readline(65_536) not in (b"\r\n", b"\n", b""):
                pass
            return line[1] if len(line) > 1 else None

    with _Server(("127.0.0.1", 0), Handler) as server:
        web.port = int(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield web
        web.over.set()
        server.shutdown()


@contextmanager
def victim() -> Iterator[Victim]:
    """What an attack wants to reach: whoever connects, by whatever address of this machine, is remembered."""
    told = Victim()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            told.touched.append(str(self.request.getsockname()[0]))
            with suppress(OSError):
                self.request.recv(65_536)
                answer(b"a secret of this machine")(self.request.sendall)

    with _dual_stack(Handler) as server:
        told.port = int(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield told
        server.shutdown()


@dataclass
class Victim:
    """The port of a service that must never be reached, and the addresses by which it was."""

    port: int = 0
    touched: list[str] = field(default_factory=list)


def _dual_stack(handler: Any) -> _Server:
    """Every address of this machine, in IPv4 and where there is one in IPv6."""
    import socket

    class Everywhere(_Server):
        address_family = socket.AF_INET6

        def server_bind(self) -> None:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            super().server_bind()

    with suppress(OSError):
        return Everywhere(("::", 0), handler)
    return _Server(("0.0.0.0", 0), handler)  # on purpose: every address of this machine
