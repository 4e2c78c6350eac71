"""Proxies on 127.0.0.1 that write down what they were asked for, and take every name to one place."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Asked:
    """What a proxy was asked for: a host as it was written, its kind (name or address), a port, and by whom."""

    host: str
    kind: str
    port: int
    user: str = ""


@dataclass
class RecordingProxy:
    """`with Socks(port) as proxy:` takes whoever asks to that port of 127.0.0.1, whatever host was asked for."""

    target: int
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Self:
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                try:
                    proxy.serve(self.request)
                except (OSError, struct.error, IndexError):
                    return  # whoever asked is gone

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve(self, client: socket.socket) -> None:
        raise NotImplementedError

    def join(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self.target), timeout=30) as site:
            other = threading.Thread(target=_pour, args=(site, client), daemon=True)
            other.start()
            _pour(client, site)
            other.join(30)


class Socks(RecordingProxy):
    """SOCKS 5 (RFC 1928, RFC 1929)."""

    def serve(self, client: socket.socket) -> None:
        _, number = _read(client, 2)
        offered = _read(client, number)
        user = ""
        if 2 in offered:
            client.sendall(b"\x05\x02")
            _read(client, 1)
            user = _read(client, _read(client, 1)[0]).decode()
            _read(client, _read(client, 1)[0])
            client.sendall(b"\x01\x00")
        else:
            client.sendall(b"\x05\x00")
        _, _, _, kind = _read(client, 4)
        if kind == 3:
            host = _read(client, _read(client, 1)[0]).decode()
        else:
            host = socket.inet_ntop(
                *((socket.AF_INET, _read(client, 4)) if kind == 1 else (socket.AF_INET6, _read(client, 16)))
            )
        [port] = struct.unpack("!H", _read(client, 2))
        self.asked.append(Asked(host, "name" if kind == 3 else "address", port, user))
        client.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        self.join(client)


class Connect(RecordingProxy):
    """An HTTP proxy that opens tunnels (RFC 9110, 9.3.6)."""

    def serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += _read(client, 1)
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        host, _, port = target.rpartition(":")
        self.asked.append(Asked(host, method, int(port)))
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        self.join(client)


def _read(client: socket.socket, number: int) -> bytes:
    data = b""
    while len(data) < number:
        more = client.recv(number - len(data))
        if not more:
            raise OSError("ended")
        data += more
    return data


def _pour(source: Any, sink: Any) -> None:
    try:
        while block := source.recv(65_536):
            sink.sendall(block)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return
