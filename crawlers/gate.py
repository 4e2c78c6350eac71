"""The only way out for the browser: a proxy of our own that connects to public addresses, and to those the case allows.

A check before the browser's own look-up could be passed by a name that changes its address in between (DNS rebinding).
Here the address that was checked is the address that is connected to.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Collection
from typing import ClassVar
from urllib.parse import urlsplit

from playwright.async_api import Browser
from scrapy_playwright.provider import PlaywrightBrowserProvider

from crawlers.addresses import Network, may_reach

_LONGEST_HEAD = 64 * 1024
_PATIENCE = 30.0  # seconds
_BLOCK = 64 * 1024
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"

reached: dict[str, str] = {}
"""The address that each host was last reached at: what the browser itself would tell is this proxy's."""


class Gate:
    """An HTTP proxy on loopback; `port` is known once it is open."""

    def __init__(self, allowed: Collection[Network]) -> None:
        self._allowed = allowed
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
            address = await self._address_of(host, port)
            if address is None:
                writer.write(_REFUSED)
                await writer.drain()
            else:
                far_reader, far_writer = await asyncio.wait_for(asyncio.open_connection(address, port), _PATIENCE)
                reached[host] = address
                (far_writer if first else writer).write(first or _OPEN)
                await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))
        writer.close()

    async def _address_of(self, host: str, port: int) -> str | None:
        """The address to connect to; None if any that the name leads to may not be reached."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        return addresses[0] if addresses and all(may_reach(address, self._allowed) for address in addresses) else None


class GatedBrowserProvider(PlaywrightBrowserProvider):  # type: ignore[misc]  # the library carries no types
    """Starts the browser with the gate as its proxy, loopback addresses included."""

    allowed: ClassVar[Collection[Network]] = ()

    async def launch_browser(self) -> Browser:
        """A browser that reaches nothing but through the gate."""
        port = await Gate(self.allowed).open()
        self.config.launch_options["proxy"] = {"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"}
        browser: Browser = await super().launch_browser()
        return browser


def gated_provider(allowed: Collection[Network]) -> type[GatedBrowserProvider]:
    """The provider for a case that allows these private addresses."""
    return type("CaseBrowserProvider", (GatedBrowserProvider,), {"allowed": allowed})


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
