"""A case of some hundred posts, to be changed at will, and what indexes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.index_world import make_case
from casefile.case import Case
from casefile.settings import ElasticSettings
from tests.elastic.indexed import Indexer
from tests.elastic.server import Server

POSTS = 600
"""More than go to the server in one batch."""


@pytest.fixture(scope="session")
def synthetic_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_case(tmp_path_factory.mktemp("synthetic") / "case", POSTS, ElasticSettings())


@pytest.fixture
def filled(synthetic_case: Path, tmp_path: Path) -> Iterator[Case]:
    """A case with posts, read and connected."""
    shutil.copytree(synthetic_case, tmp_path / "filled")
    with Case.open(tmp_path / "filled") as case:
        yield case


@pytest.fixture
def indexer(elastic: Server) -> Iterator[Indexer]:
    indexer = Indexer(elastic)
    yield indexer
    indexer.remove()
