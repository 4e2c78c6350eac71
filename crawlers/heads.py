"""An answer's status line and headers end sooner or later; whoever sends them without end is left, and fills nothing."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.client import _HTTP11ClientFactory

# As much as Chromium reads (`HttpStreamParser::kMaxHeaderBufSize`).
MAX_HEAD = 256 * 1024


class HeadWithoutEnd(Exception):
    """An answer began with more than MAX_HEAD bytes of status lines and headers."""


class BoundedHeadHandler(HTTP11DownloadHandler):
    """Scrapy's own handler of http and https, which bounds bodies only, and whose parser bounds one line only."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _bounding(self._pool._factory)


def _bounding(factory: type[_HTTP11ClientFactory]) -> type[_HTTP11ClientFactory]:
    """Scrapy's factory, whose connections count what they read before a body begins."""

    class Bounding(factory):  # type: ignore[misc,valid-type]  # a class known at run time
        def buildProtocol(self, addr: IAddress | None) -> object:  # Twisted's name
            protocol = super().buildProtocol(addr)
            receive, head = protocol.dataReceived, 0

            def receive_bounded(data: bytes) -> None:
                nonlocal head
                receive(data)
                parser = protocol._parser
                head = head + len(data) if parser and parser.state in (STATUS, HEADER) else 0
                if head > MAX_HEAD:
                    protocol._giveUp(Failure(HeadWithoutEnd("more than any browser reads")))  # type: ignore[no-untyped-call]

            protocol.dataReceived = receive_bounded
            return protocol

    return Bounding
