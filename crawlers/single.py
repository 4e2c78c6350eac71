"""One request outside a crawl, as careful as one in it: public addresses only, no redirects, and an end to everything."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Collection
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from casefile.case import software
from casefile.errors import JejakError, SourceDown
from crawlers.addresses import Network, may_reach, refusal

_SECONDS = 20.0
_MOST_SECONDS = 60.0
_BLOCK = 16_384


def post(url: str, body: bytes, content_type: str, largest: int, allowed: Collection[Network] = ()) -> bytes:
    """The body of the answer to a POST; raises Refused for a private address, SourceDown for anything but a short 200.

    What was checked is what is connected to, so a name that changes its address in between gains nothing.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    deadline = time.monotonic() + _MOST_SECONDS
    connection = HTTPConnection(host, parts.port or (443 if secure else 80), timeout=_SECONDS)
    try:
        connection.sock = _connected(host, connection.port, secure, allowed)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, {"Content-Type": content_type, "User-Agent": software()})
        return _read(connection.getresponse(), url, largest, deadline)
    except JejakError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        raise SourceDown(f"{url}: does not answer ({error or type(error).__name__})", "Try again later.") from error
    finally:
        connection.close()


def _connected(host: str, port: int, secure: bool, allowed: Collection[Network]) -> Any:
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not may_reach(address, allowed):
            raise refusal(host, address)
    plain = socket.create_connection((found[0], port), timeout=_SECONDS)
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain


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
