"""The servers that the other tests stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from elasticsearch import AuthenticationException, ConnectionError

from tests.elastic.server import Server


def test_the_server_runs_as_nobody_that_matters(elastic: Server) -> None:
    with elastic.client() as client:
        [node] = client.nodes.info(metric="process")["nodes"].values()
    with Path(f"/proc/{node['process']['id']}/status").open() as status:
        [owner] = [line.split()[1] for line in status if line.startswith("Uid:")]
    assert owner != "0"


def test_a_killed_server_comes_back_with_what_it_held(elastic: Server, prefix: str) -> None:
    with elastic.client() as client:
        client.index(index=f"{prefix}-kept", id="1", document={"word": "held"})
        elastic.kill()
        with pytest.raises(ConnectionError):
            client.options(max_retries=0).info()
        elastic.start()
        assert client.get(index=f"{prefix}-kept", id="1")["_source"] == {"word": "held"}


def test_the_secured_server_knows_only_its_own(elastic_secured: Server) -> None:
    with elastic_secured.client() as client:
        assert client.security.authenticate()["username"] == "elastic"
    with elastic_secured.client(basic_auth=("elastic", "wrong")) as client, pytest.raises(AuthenticationException):
        client.info()
