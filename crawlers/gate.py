"""The only way out for the browser, and for everything that goes through a proxy: a proxy of our own on loopback.

A check before the browser's own look-up could be passed by a name that changes its address in between (DNS rebinding).
Here the address that was checked is the address that is connected to; or, behind a proxy, no name is looked up at all.
"""

from __future__ import annotations

import asyncio
import contextlib
from urllib.parse import urlsplit

from casefile.errors import JejakError, Refused
from crawlers.exits import Exit

_LONGEST_HEAD = 64 * 1024
_PATIENCE = 30.0  # seconds
_BLOCK = 64 * 1024
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"

reached: dict[str, str | None] = {}
"""The address that each host was last reached at (None behind a proxy): what the browser would tell is this gate's."""
troubles: dict[str, JejakError] = {}
"""Why a host could not be reached the last time."""
wanted: set[str] = set()
"""The hosts that pages asked for, as the browser's filter saw them."""

# Browsers call home by themselves, whatever they are told. To these hosts only a page's own request passes.
_MAKERS = (
    ".google.com", ".googleapis.com", ".gvt1.com", ".gvt2.com", ".microsoft.com", ".msn.com", ".bing.com", ".live.com"
)  # fmt: skip


class Gate:
    """An HTTP proxy on loopback. Where a `browser` leaves by it, the browser's maker is not told of it."""

    def __init__(self, way_out: Exit, *, browser: bool = False) -> None:
        self._exit, self._browser = way_out, browser
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        """Listen on a free port; returns it."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Let nobody in any more."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError
        ):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
            host, port, first = _destination(head)
            try:
                if self._browser and host not in wanted and f".{host}".endswith(_MAKERS):
                    raise Refused(f"the browser called {host} by itself")
                way = await self._exit.connect(host, port)
            except JejakError as error:
                troubles[host] = error
                if not first:  # to a plain request, our words would pass for the site's
                    writer.write(_REFUSED)
                    await writer.drain()
            else:
                troubles.pop(host, None)
                reached[host] = way.address
                (way.writer if first else writer).write(first or _OPEN)
                await asyncio.gather(_pour(reader, way.writer), _pour(way.reader, writer))
        writer.close()


def _destination(head: bytes) -> tuple[str, int, bytes]:
    """Host and port of a proxy request, and what to send there first (nothing for a tunnel)."""
    lines = head.decode("latin-1").split("\r\n")
    method, target, version = lines[0].split(" ")
    if method == "CONNECT":
        parts = urlsplit(f"//{target}")
        return parts.hostname or "", parts.port or 443, b""
    parts = urlsplit(target)
    if parts.scheme != "http":
        raise ValueError(target)
    path = target.partition("://")[2].partition("/")[2]
    # One request a connection: the next one may go to another host, and is looked at again.
    kept = [line for line in lines[1:] if line and not line.lower().startswith(("proxy-", "connection:"))]
    first = "\r\n".join([f"{method} /{path} {version}", *kept, "Connection: close", "", ""])
    return parts.hostname or "", parts.port or 80, first.encode("latin-1")


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    """Pass bytes on until their source ends, then say so."""
    with contextlib.suppress(OSError):
        while block := await source.read(_BLOCK):
            sink.write(block)
            await sink.drain()
    with contextlib.suppress(OSError):
        if sink.can_write_eof():
            sink.write_eof()
