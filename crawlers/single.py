"""One request outside a crawl, as careful as one in it: public addresses only, no redirects, and an end to everything."""

from __future__ import annotations

import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from casefile.case import software
from casefile.errors import JejakError, SourceDown
from crawlers.exits import Direct, Proxied

_SECONDS = 20.0
_MOST_SECONDS = 60.0
_BLOCK = 16_384
_DIRECTLY = Direct()


def post(url: str, body: bytes, content_type: str, largest: int, way_out: Direct | Proxied = _DIRECTLY) -> bytes:
    """The body of the answer to a POST; raises Refused for a private address, SourceDown for anything but a short 200.

    What was checked is what is connected to, so a name that changes its address in between gains nothing.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    deadline = time.monotonic() + _MOST_SECONDS
    connection = HTTPConnection(host, parts.port or (443 if secure else 80), timeout=_SECONDS)
    try:
        connection.sock = _connected(host, connection.port, secure, way_out)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, {"Content-Type": content_type, "User-Agent": software()})
        return _read(connection.getresponse(), url, largest, deadline)
    except JejakError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        raise SourceDown(f"{url}: does not answer ({error or type(error).__name__})", "Try again later.") from error
    finally:
        connection.close()


def _connected(host: str, port: int, secure: bool, way_out: Direct | Proxied) -> Any:
    plain = way_out.open_socket(host, port, _SECONDS)
    plain.settimeout(_SECONDS)
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
