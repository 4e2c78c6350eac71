"""One request outside a crawl: it reaches public addresses only, follows nobody, and ends."""

from __future__ import annotations

import pytest

from casefile.errors import Refused, SourceDown
from crawlers.addresses import networks
from crawlers.exits import Direct
from crawlers.single import post
from tests.desk.servers import answering

LOOPBACK = Direct(networks(["127.0.0.1"]))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
    ],
)
def test_no_notation_leads_into_a_private_network(host: str) -> None:
    asked = []
    with (
        answering(lambda body: (asked.append(body), (200, {}, b"in"))[1]) as port,
        pytest.raises((Refused, SourceDown)),
    ):
        post(f"http://{host}:{port}/", b"q", "text/plain", 100)
    assert asked == []


def test_an_allowed_address_is_asked_and_its_answer_given() -> None:
    with answering(lambda body: (200, {}, body[::-1])) as port:
        assert post(f"http://127.0.0.1:{port}/", b"abc", "text/plain", 100, LOOPBACK) == b"cba"


def test_a_redirect_is_not_followed() -> None:
    with answering(lambda _: (307, {"Location": "/again"}, b"")) as port, pytest.raises(SourceDown, match="307"):
        post(f"http://127.0.0.1:{port}/", b"q", "text/plain", 100, LOOPBACK)


def test_an_answer_without_end_is_cut_off() -> None:
    with answering(lambda _: (200, {}, b"x" * 101)) as port, pytest.raises(SourceDown, match="more than 100 bytes"):
        post(f"http://127.0.0.1:{port}/", b"q", "text/plain", 100, LOOPBACK)


@pytest.mark.parametrize(
    "url", ["http://", "http://no-such-host.invalid/", "http://127.0.0.1:9/", "https://127.0.0.1:9/"]
)
def test_what_does_not_answer_is_told(url: str) -> None:
    with pytest.raises(SourceDown, match="does not answer"):
        post(url, b"q", "text/plain", 100, LOOPBACK)
