"""Behind a proxy: every request of a crawl leaves by the gate, and nothing else is looked up or connected to."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostResolution, IResolutionReceiver

from crawlers.addresses import GuardedResolver, Network
from crawlers.exits import Direct, Proxied, exit_for
from crawlers.families.source import SourceSpider
from crawlers.gate import Gate

_GATE_HOST = "127.0.0.1"
_GATE = ipaddress.ip_network(_GATE_HOST)


def _exit_of(spider: type[Spider]) -> Direct | Proxied:
    """The way out of what is crawled; without a source (a shell) only public addresses are reached."""
    return exit_for(spider.case, spider.source) if issubclass(spider, SourceSpider) else Direct()


class LeavingMiddleware:
    """The last of the downloader middlewares: sends requests to the gate. Absent where no proxy is set."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._address = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        way_out = _exit_of(crawler.spidercls)
        if isinstance(way_out, Direct):
            raise NotConfigured("no proxy")
        return cls(Gate(way_out))

    async def process_request(self, request: Request) -> None:
        """By way of the gate, which is opened for the first request. The browser has a gate of its own."""
        if not self._address:
            self._address = f"http://{_GATE_HOST}:{await self._gate.open()}"
        request.meta["proxy"] = self._address


class ExitResolver(GuardedResolver):
    """Scrapy's resolver as the source leaves: guarded, or, behind a proxy, one that looks nothing up."""

    def __init__(
        self, reactor: ReactorBase, cache_size: int, allowed: Collection[Network] = (), *, proxied: bool = False
    ) -> None:
        super().__init__(reactor, cache_size, (_GATE,) if proxied else allowed)
        self._proxied = proxied

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: ReactorBase) -> Self:
        """Scrapy's way to make one."""
        # Scrapy hands over the process with all its crawls: there is one resolver for them.
        ways = [_exit_of(crawl.spidercls) for crawl in getattr(crawler, "crawlers", ())]
        if not any(isinstance(way, Proxied) for way in ways):
            return super().from_crawler(crawler, reactor)
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), proxied=True)

    def resolveHostName(  # Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # Twisted's name
        hostName: str,  # Twisted's name
        portNumber: int = 0,  # Twisted's name
        addressTypes: Any = None,  # Twisted's name
        transportSemantics: str = "TCP",  # Twisted's name
    ) -> IHostResolution:
        """Behind a proxy, whatever forgot to go through the gate finds nothing, and nobody is asked for its name."""
        asked = hostName if not self._proxied or hostName == _GATE_HOST else "0.0.0.0"  # never reached
        return super().resolveHostName(resolutionReceiver, asked, portNumber, addressTypes, transportSemantics)
