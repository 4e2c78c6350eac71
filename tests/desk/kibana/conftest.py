"""The demo case, held by a real Elasticsearch."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from casefile.case import Case
from casefile.records import Connections
from casefile.search.elastic.indexing import index_case
from casefile.settings import ElasticSettings
from tests.elastic.fixtures import remove_all
from tests.elastic.server import Server


@dataclass(frozen=True)
class Held:
    """The demo case as the server holds it."""

    prefix: str
    client: Elasticsearch
    posts: int
    mentions: int
    connections: Connections

    def ask(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to a search; an error of the server fails the test."""
        return dict(self.client.search(index=index, **body).body)


@pytest.fixture(scope="session")
def held(elastic: Server, demo_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    folder = tmp_path_factory.mktemp("held") / "case"
    shutil.copytree(demo_case, folder)
    prefix = f"test{secrets.token_hex(4)}"
    with Case.open(folder) as case, elastic.client() as client:
        case.settings = case.settings.model_copy(
            update={"elastic": ElasticSettings(urls=(elastic.url,), prefix=prefix)}
        )
        assert not index_case(case).refused
        reads = list(case.store.read_posts())
        mentions = sum(len(read.reading.mentions) for read in reads)
        yield Held(prefix, client, case.store.counts()["posts"], mentions, case.store.connections())
    remove_all(elastic, prefix)
