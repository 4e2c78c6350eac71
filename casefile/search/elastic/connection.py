"""Reaching the server of a case: settings and secrets in, a client out; and what that server can do.

The client library is loaded only here and where it is used. Only calls that clients 8.19 and 9 both have are made, and
servers are asked for what they have, never for their version.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from casefile.errors import ElasticError
from casefile.search.elastic.faults import translated
from casefile.search.elastic.secrets import Secret, find_secret
from casefile.settings import CaseSettings, ElasticSettings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch as Elasticsearch

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answered: which cluster it is, and the modules that all its nodes have."""

    cluster: str
    version: str
    modules: frozenset[str]

    @property
    def has_streams(self) -> bool:
        """Whether it keeps data streams."""
        return "data-streams" in self.modules


def is_set_up(settings: ElasticSettings) -> bool:
    """Whether the case names a server."""
    return bool(settings.urls or settings.cloud_id)


def is_trusted(settings: ElasticSettings) -> bool:
    """Whether this user sends to that server without being asked: it is on this machine, or he holds a secret for it.

    A case that was given may name any server; only who says `jejak index` sends there.
    """
    return is_set_up(settings) and (_is_local(settings) or find_secret(settings) is not None)


@contextmanager
def connected(case: CaseSettings) -> Iterator[Elasticsearch]:
    """A client for the case's server; errors of the server come out as ElasticError. Nothing is sent yet."""
    from elasticsearch import Elasticsearch as Elasticsearch

    options = client_options(case, find_secret(case.elastic))
    with translated(case.elastic):
        try:
            client = Elasticsearch(**options)
        except (ValueError, OSError) as error:
            raise ElasticError(
                f"[elastic] in case.toml cannot be used: {error}", "See docs/elasticsearch.md for each setting."
            ) from error
        with client:
            yield client


def client_options(case: CaseSettings, secret: Secret | None) -> dict[str, Any]:
    """The arguments of the client; raises ElasticError where evidence would travel open, or past the case's proxy."""
    settings = case.elastic
    if not is_set_up(settings):
        raise ElasticError(
            "This case names no Elasticsearch.", 'Add to case.toml: [elastic] and below it urls = ["https://…:9200"].'
        )
    _refuse_open_ways(settings)
    _refuse_ways_past_the_proxy(case)
    options: dict[str, Any] = {
        "request_timeout": _SECONDS,
        "max_retries": 2,
        "retry_on_timeout": False,
        "http_compress": bool(settings.cloud_id),
    }
    if settings.cloud_id:
        options["cloud_id"] = settings.cloud_id
    else:
        options["hosts"] = [_with_port(url) for url in settings.urls]
    if secret and secret.api_key:
        options["api_key"] = secret.api_key
    elif secret and secret.password:
        options["basic_auth"] = (settings.username or "elastic", secret.password)
    return options | _how_to_know_it(settings)


def ask_server(client: Elasticsearch) -> Server:
    """Which server answers, and what it has."""
    told = client.info()
    nodes = client.nodes.info(metric="plugins")["nodes"].values()
    modules = [frozenset(module["name"] for module in node.get("modules", ())) for node in nodes]
    return Server(told["cluster_uuid"], told["version"]["number"], frozenset.intersection(*modules))


def address(settings: ElasticSettings) -> str:
    """The server in a few words."""
    return f"cloud {settings.cloud_id.partition(':')[0]}" if settings.cloud_id else ", ".join(settings.urls)


def _how_to_know_it(settings: ElasticSettings) -> dict[str, Any]:
    if settings.fingerprint:
        return {"ssl_assert_fingerprint": settings.fingerprint.replace(":", "").lower()}
    if settings.ca_file:
        path = Path(settings.ca_file).expanduser()
        if not path.is_file():
            raise ElasticError(f"{path}: there is no such certificate", "Correct ca_file in case.toml.")
        return {"ca_certs": str(path)}
    return {}


def _refuse_open_ways(settings: ElasticSettings) -> None:
    for url in settings.urls:
        if urlsplit(url).scheme == "http" and not _is_loopback(url) and not settings.insecure:
            raise ElasticError(
                f"{url}: evidence would travel there without encryption",
                "Use https://. In a network that nobody else is in: insecure = true under [elastic] in case.toml.",
            )


def _refuse_ways_past_the_proxy(case: CaseSettings) -> None:
    by_proxy = case.network.only_by_proxy or case.network.proxy not in (None, "direct")
    if by_proxy and not case.elastic.past_proxy and not _is_local(case.elastic):
        raise ElasticError(
            f"{address(case.elastic)}: would be asked past the proxy that [network] in case.toml wants",
            "Lead a way there through it (for example with ssh -L) and name its near end: urls = "
            '["https://127.0.0.1:9200"]. If your provider may know of that server: past_proxy = true under [elastic].',
        )


def _is_local(settings: ElasticSettings) -> bool:
    return not settings.cloud_id and all(map(_is_loopback, settings.urls))


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _with_port(url: str) -> str:
    """The client wants a port in every address."""
    parts = urlsplit(url)
    if parts.port is not None:
        return url
    return parts._replace(netloc=f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}").geturl()
