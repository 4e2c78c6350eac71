"""The ways out to the web: straight to addresses that were checked, or through a proxy that looks names up itself.

Whoever asks through a proxy asks nothing past it: no name is looked up on this machine, and when the proxy is away,
nothing goes out.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import secrets
import socket
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, Protocol
from urllib.parse import urlsplit

from casefile.errors import Refused, SourceDown
from casefile.settings import CaseSettings, SourceSettings
from crawlers.addresses import Network, may_reach, networks, refusal

PASSWORD_VARIABLE = "JEJAK_PROXY_PASSWORD"
TOR, DIRECT = "tor", "direct"
_TOR_PORT = 9050
_SECONDS = 60.0  # a circuit of Tor takes its time
# Names that lead into a network of one's own (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN's .internal of 2024).
_OF_ONES_OWN = frozenset(
    {"localhost", "local", "internal", "home", "lan", "corp", "intranet", "localdomain", "alt", "arpa"}
)


class Way(NamedTuple):
    """An open connection; `address` is the site's, where it is known."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    address: str | None


class Exit(Protocol):
    """A way out. `kind` is what evidence says of it: it names no machine of the investigator's."""

    @property
    def kind(self) -> str:
        """`direct`, `tor`, or the proxy's protocol."""

    async def admits(self, host: str) -> bool:
        """Whether a host may be asked for by this way."""

    async def connect(self, host: str, port: int) -> Way:
        """Connect to a host; raises JejakError where that may not or cannot be."""


@dataclass(frozen=True, slots=True)
class Direct:
    """Straight to the site: to the very address that was checked, so that a name that changes its address gains nothing."""

    allowed: Collection[Network] = ()
    kind: ClassVar[str] = DIRECT

    async def admits(self, host: str) -> bool:
        """Whether all addresses that a name leads to may be reached."""
        try:
            addresses = await _addresses(host, 0)
        except (OSError, UnicodeError):
            return False
        return bool(addresses) and all(may_reach(address, self.allowed) for address in addresses)

    async def connect(self, host: str, port: int) -> Way:
        """Look the name up, check every address, connect to the first."""
        try:
            addresses = await _addresses(host, port)
            for address in addresses:
                if not may_reach(address, self.allowed):
                    raise refusal(host, address)
            reader, writer = await asyncio.wait_for(asyncio.open_connection(addresses[0], port), _SECONDS)
        except (OSError, UnicodeError, TimeoutError) as error:
            raise SourceDown(f"{host} cannot be reached ({_reason(error)})", "Check the address.") from error
        return Way(reader, writer, addresses[0])

    def open_socket(self, host: str, port: int, seconds: float) -> socket.socket:
        """The same for who waits: a connected socket. Raises JejakError or OSError."""
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        for address in found:
            if not may_reach(address, self.allowed):
                raise refusal(host, address)
        return socket.create_connection((found[0], port), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Proxied:
    """Through a proxy, and by no other way. The proxy looks names up, so only the name can be checked here."""

    kind: str
    url: str = field(repr=False)  # may hold a password
    shown: str
    allowed: Collection[Network] = ()

    async def admits(self, host: str) -> bool:
        """Whether a proxy may be asked for this host; nothing is looked up."""
        return is_of_the_web(host, self.allowed)

    async def connect(self, host: str, port: int) -> Way:
        """Have the proxy connect to a host by its name."""
        from python_socks.async_.asyncio import Proxy

        with self._explained(host):
            connected = await Proxy.from_url(self.url, rdns=True).connect(host, port, timeout=_SECONDS)
        reader, writer = await asyncio.open_connection(sock=connected)
        return Way(reader, writer, None)

    def open_socket(self, host: str, port: int, seconds: float) -> socket.socket:
        """The same for who waits: a connected socket. Raises JejakError."""
        from python_socks.sync import Proxy

        with self._explained(host):
            return Proxy.from_url(self.url, rdns=True).connect(host, port, timeout=seconds)

    @contextmanager
    def _explained(self, host: str) -> Iterator[None]:
        """Refuse what may not be asked for, and say whether proxy or site is away."""
        from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

        if not is_of_the_web(host, self.allowed):
            raise Refused(
                f"{host} is no host of the public web",
                "If it is meant (a test site of your own), add its address to allow_addresses in case.toml.",
            )
        try:
            yield
        except (ProxyTimeoutError, ProxyError) as error:
            words = f"the proxy {self.shown} does not reach {host} ({_reason(error)})"
            raise SourceDown(words, "Try again later; some sites shut out proxies.") from error
        except (ProxyConnectionError, OSError) as error:
            words = f"the proxy {self.shown} does not answer, and nothing is asked without it ({_reason(error)})"
            remedy = "Start Tor (`sudo systemctl start tor`)." if self.kind == TOR else "Start it, or correct `proxy`."
            raise SourceDown(words, remedy) from error


def exit_for(case: CaseSettings | None, source: SourceSettings | None = None) -> Direct | Proxied:
    """The way out of a source, which outranks the case's; raises Refused where the case wants a proxy and none is set."""
    allowed = networks(case.allow_addresses if case else ())
    named = (source.proxy if source else None) or (case.network.proxy if case else None) or DIRECT
    if named != DIRECT:
        return _proxied(named, allowed)
    if case is not None and case.network.only_by_proxy:
        raise Refused(
            f"{source.name if source else 'this request'} would go out without a proxy, and this case forbids that",
            "Set `proxy` in [network] of case.toml or in the source's file; or only_by_proxy = false.",
        )
    return Direct(allowed)


def _proxied(named: str, allowed: Collection[Network]) -> Proxied:
    if named == TOR:
        # Tor gives each user name a circuit of its own (IsolateSOCKSAuth), so crawls are not seen to belong together.
        url = f"socks5://{secrets.token_hex(8)}:jejak@127.0.0.1:{_TOR_PORT}"
        return Proxied(TOR, url, f"127.0.0.1:{_TOR_PORT}", allowed)
    parts = urlsplit(named)
    kind = "socks5" if parts.scheme.startswith("socks5") else "http"
    place = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    shown = f"{place}:{parts.port}"
    user = f"{parts.username}:{os.environ.get(PASSWORD_VARIABLE, '')}@" if parts.username else ""
    return Proxied(kind, f"{kind}://{user}{shown}", shown, allowed)


def is_of_the_web(host: str, allowed: Collection[Network] = ()) -> bool:
    """Whether a host is a public address, in any notation, or a name that cannot be one of a private network.

    What a public name leads to is the proxy's to know: looking it up here would tell our own network of it.
    """
    plain = unicodedata.normalize("NFKC", host).strip("[]").rstrip(".").lower()
    address = _as_address(plain)
    if address is not None:
        return may_reach(address, allowed)
    labels = plain.split(".")
    # What ends in a number is an address in some notation (WHATWG URL, "ends in a number").
    numeric = labels[-1].isdecimal() or labels[-1].startswith("0x")
    return len(labels) > 1 and all(labels) and not numeric and labels[-1] not in _OF_ONES_OWN


def _as_address(host: str) -> str | None:
    with suppress(ValueError):
        return str(ipaddress.ip_address(host.partition("%")[0]))
    try:
        return socket.inet_ntoa(socket.inet_aton(host)) if host and " " not in host else None
    except (OSError, ValueError):
        return None


async def _addresses(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
