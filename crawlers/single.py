"""One request outside a crawl, as careful as one in it: public addresses only, no redirects, and an end to everything."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

from casefile.case import software
from casefile.errors import JejakError, SourceDown
from crawlers.exits import Direct, Proxied

_SECONDS = 20.0
_MOST_SECONDS = 60.0
_BLOCK = 16_384
_DIRECTLY = Direct()

OpenSocket = Callable[[str, int, float], socket.socket]
"""Connects to a host and port within so many seconds."""


def post(url: str, body: bytes, content_type: str, largest: int, way_out: Direct | Proxied = _DIRECTLY) -> bytes:
    """The body of the answer to a POST; raises Refused for a private address, SourceDown for anything but a short 200.

    What was checked is what is connected to, so a name that changes its address in between gains nothing.
    """
    deadline = time.monotonic() + _MOST_SECONDS
    try:
        with posted(url, body, content_type, way_out.open_socket) as answer:
            return _read(answer, url, largest, deadline)
    except JejakError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        raise SourceDown(f"{url}: does not answer ({error or type(error).__name__})", "Try again later.") from error


@contextmanager
def posted(url: str, body: bytes, content_type: str, open_socket: OpenSocket) -> Iterator[HTTPResponse]:
    """The answer to a POST over a socket of yours, whatever its status; raises what the socket, TLS and HTTP raise."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    connection = HTTPConnection(host, parts.port or (443 if secure else 80), timeout=_SECONDS)
    with closing(connection):
        plain = open_socket(host, connection.port, _SECONDS)
        plain.settimeout(_SECONDS)
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, {"Content-Type": content_type, "User-Agent": software()})
        yield connection.getresponse()


def _read(answer: HTTPResponse, url: str, largest: int, deadline: float) -> bytes:
    if answer.status != 200:
        raise SourceDown(f"{url}: answers {answer.status} {answer.reason}"[:300], "Check the address.")
    data = bytearray()
    while block := answer.read1(_BLOCK):
        data += block
        if len(data) > largest:
            raise SourceDown(f"{url}: answers with more than {largest:,} bytes", "Check the address.")
        if time.monotonic() > deadline:
            raise SourceDown(f"{url}: answers too slowly", "Try again later.")
    return bytes(data)
