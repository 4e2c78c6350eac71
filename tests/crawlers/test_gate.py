from __future__ import annotations

import asyncio
from urllib.request import ProxyHandler, build_opener

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.errors import Refused
from crawlers.addresses import networks
from crawlers.exits import Direct, Way
from crawlers.gate import Gate, reached, troubles
from tests.crawlers.site import Site, html


def through(url: str, allowed: tuple[str, ...]) -> tuple[int, str]:
    """Ask for `url` through a gate, as a browser would."""

    async def ask() -> tuple[int, str]:
        gate = Gate(Direct(networks(allowed)))
        port = await gate.open()
        try:
            return await asyncio.to_thread(_fetch, url, port)
        finally:
            gate.close()

    return asyncio.run(ask())


def _fetch(url: str, port: int) -> tuple[int, str]:
    opener = build_opener(ProxyHandler({"http": f"http://127.0.0.1:{port}", "https": f"http://127.0.0.1:{port}"}))
    try:
        with opener.open(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except OSError as error:
        return getattr(error, "code", 0), str(error)


def test_what_the_case_allows_passes_the_gate() -> None:
    with Site() as site:
        site.pages["/x?y=1"] = html("hello")
        status, body = through(f"{site.url}/x?y=1", ("127.0.0.1",))
    assert status == 200 and "hello" in body
    assert reached["127.0.0.1"] == "127.0.0.1"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433"])
def test_no_name_of_a_private_address_passes_the_gate(host: str) -> None:
    with Site() as site:
        site.pages["/"] = html("hello")
        assert through(f"http://{host}:{site.port}/", ())[0] == 0
        assert site.asked == []


def test_no_tunnel_into_a_private_network_is_opened() -> None:
    with Site() as site:
        assert "403" in through(f"https://127.0.0.1:{site.port}/", ())[1]
        assert site.asked == []


class _Nowhere:
    """A way out that leads nowhere, so that nothing is looked up."""

    kind = "direct"

    async def admits(self, host: str) -> bool:
        return True

    async def connect(self, host: str, port: int) -> Way:
        raise Refused(f"no way to {host}:{port}")


@pytest.mark.parametrize(
    ("host", "maker"),
    [("update.google.com", True), ("bing.com", True), ("notgoogle.com", False), ("cobing.com", False)],
)
def test_only_the_makers_own_hosts_are_told_as_the_browsers_own_calls(host: str, maker: bool) -> None:
    async def ask() -> None:
        gate = Gate(_Nowhere(), browser=True)
        reader, writer = await asyncio.open_connection("127.0.0.1", await gate.open())
        writer.write(f"CONNECT {host}:443 HTTP/1.1\r\n\r\n".encode())
        await asyncio.wait_for(reader.read(), 10)
        writer.close()
        gate.close()

    asyncio.run(ask())
    assert ("by itself" in str(troubles[host])) is maker


@settings(deadline=None, max_examples=25)
@given(st.binary(max_size=200))
def test_nonsense_at_the_gate_is_shown_out(words: bytes) -> None:
    async def knock() -> bytes:
        gate = Gate(Direct())
        reader, writer = await asyncio.open_connection("127.0.0.1", await gate.open())
        writer.write(words + b"\r\n\r\n")
        writer.write_eof()
        said = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        gate.close()
        return said

    assert asyncio.run(knock()) in (b"", b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
