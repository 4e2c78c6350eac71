"""`elastic` and `elastic_secured`: the servers that tests may ask for. All such tests run on one worker, on one server."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from tests.elastic.certificates import make_certificate
from tests.elastic.server import NoServer, Server, running

_FIXTURES = {"elastic", "elastic_secured"}
_ANSWERED = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "elastic: needs a real Elasticsearch (see setup/elasticsearch.sh)")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("elastic") or _FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.elastic)
            item.add_marker(pytest.mark.xdist_group("elastic"))


@pytest.fixture(scope="session")
def elastic(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A real Elasticsearch on loopback, without security."""
    try:
        with running() as server:
            _remember(request.config, f"{server.told()} answered the tests.")
            yield server
    except NoServer as reason:
        _remember(request.config, str(reason))
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def elastic_secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real Elasticsearch with TLS and passwords."""
    try:
        with running(make_certificate(tmp_path_factory.mktemp("authority"))) as server:
            yield server
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture
def prefix(elastic: Server) -> Iterator[str]:
    """The beginning of index names that nobody else uses; everything so named is removed after the test."""
    name = f"test{secrets.token_hex(4)}"
    yield name
    remove_all(elastic, name)


def remove_all(server: Server, prefix: str) -> None:
    """Remove every index, data stream and template that begins so."""
    with server.client() as client:
        # Not every server has data streams.
        client.options(ignore_status=(400, 404, 405)).indices.delete_data_stream(
            name=f"{prefix}*", expand_wildcards="all"
        )
        client.indices.delete(index=f"{prefix}*", ignore_unavailable=True, expand_wildcards="all")
        client.options(ignore_status=404).indices.delete_index_template(name=f"{prefix}*")
        client.options(ignore_status=404).cluster.delete_component_template(name=f"{prefix}*")


# Which server answered is said once, at the end: a worker tells it to the process that prints. --------------------
def _remember(config: pytest.Config, line: str) -> None:
    config.stash[_ANSWERED] = line
    if (output := getattr(config, "workeroutput", None)) is not None:
        output["elastic"] = line


class _Listener:
    """Hears what the workers tell (only where xdist is at work)."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        if line := getattr(node, "workeroutput", {}).get("elastic"):
            self.config.stash[_ANSWERED] = line


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.pluginmanager.register(_Listener(session.config))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if line := config.stash.get(_ANSWERED, ""):
        terminalreporter.write_line(line)
