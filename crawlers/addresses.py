"""Which network addresses may be reached: a page or a redirect must not lead us into the investigator's own network."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Self

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # it ships no types

from casefile.errors import Refused
from casefile.settings_files import read_case_settings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# What Python's own lists lack, or have in some versions only (IANA's special-purpose address registries).
_SPECIAL: tuple[Network, ...] = tuple(
    ipaddress.ip_network(words)
    for words in (
        "192.0.0.0/24",  # protocol assignments; one cloud's metadata lives there
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # metadata of another cloud, in an address that looks public
        "2001::/23",  # Teredo and other translations
        "2002::/16",  # IPv4 translated by 6to4 (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
    )
)
# Only here are hosts of the whole world (RFC 4291); translated addresses (64:ff9b::/96), site-local ones … lie outside.
_WORLD = ipaddress.ip_network("2000::/3")
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: an IPv4 address in the lowest bits of any IPv6 network


def networks(allowed: Iterable[str]) -> tuple[Network, ...]:
    """The case's `allow_addresses` as networks; one address is a network of one. What is neither is left out."""
    found: list[Network] = []
    for words in allowed:
        try:
            found.append(ipaddress.ip_network(words, strict=False))
        except ValueError:
            continue  # a name: names are never allowed as such, only the addresses that they lead to
    return tuple(found)


def may_reach(address: str, allowed: Collection[Network] = ()) -> bool:
    """Whether `address` is public (not loopback, private, link-local, multicast, reserved …) or allowed by the case."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    plain = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped else ip
    if any(form.version == network.version and form in network for network in allowed for form in (ip, plain)):
        return True
    if isinstance(plain, ipaddress.IPv6Address) and (plain not in _WORLD or int(plain) >> 32 & 0xFFFFFFFF in _ISATAP):
        return False
    if any(plain.version == network.version and plain in network for network in _SPECIAL):
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def refusal(host: str, address: str) -> Refused:
    """Why a host is not visited."""
    return Refused(
        f"{host} leads to {address}, an address inside a private network",
        "If this address is meant (a test site of your own), add it to allow_addresses in case.toml.",
    )


@implementer(IResolutionReceiver)
class _Filter:
    """Passes on the addresses that may be reached."""

    def __init__(self, receiver: Any, host: str, allowed: Collection[Network], refused: dict[str, str]) -> None:
        self._receiver, self._host, self._allowed, self._refused = receiver, host, allowed, refused

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # Twisted's name
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # Twisted's name
        ip = str(getattr(address, "host", ""))
        if may_reach(ip, self._allowed):
            self._receiver.addressResolved(address)
        else:
            self._refused[self._host] = ip

    def resolutionComplete(self) -> None:  # Twisted's name
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """Scrapy's resolver, less the addresses that may not be reached.

    The connection is made to the very addresses that pass here, so a name that changes its address between a check
    and the connection (DNS rebinding) gains nothing; redirects are resolved here like any other request.
    """

    refused: dict[str, str] = {}  # noqa: RUF012  # shared on purpose: there is one resolver a process

    def __init__(self, reactor: ReactorBase, cache_size: int, allowed: Collection[Network] = ()) -> None:
        super().__init__(reactor, cache_size)
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: ReactorBase) -> Self:
        """Scrapy's way to make one."""
        folder = crawler.settings.get("JEJAK_CASE")
        allowed = read_case_settings(Path(folder)).allow_addresses if folder else ()
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), networks(allowed))

    def resolveHostName(  # Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # Twisted's name
        hostName: str,  # Twisted's name
        portNumber: int = 0,  # Twisted's name
        addressTypes: Any = None,  # Twisted's name
        transportSemantics: str = "TCP",  # Twisted's name
    ) -> IHostResolution:
        """Resolve a name, or pass an address through the same check."""
        receiver = _Filter(resolutionReceiver, hostName, self._allowed, self.refused)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)  # type: ignore[arg-type]  # zope interfaces
