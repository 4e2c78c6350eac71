"""Cases made ready to be searched, on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from casefile.case import Case
from casefile.search.engines import Engine, engine_of
from tests.elastic.indexed import Indexer

Ready = Callable[[Case], Engine]


@pytest.fixture(scope="session", params=["embedded", pytest.param("elastic", marks=pytest.mark.elastic)])
def ready(request: pytest.FixtureRequest) -> Iterator[Ready]:
    """Makes a case ready to be searched as it is now; every test runs once on each engine."""
    if request.param == "embedded":
        yield lambda case: engine_of(case, "embedded")
        return
    indexer = Indexer(request.getfixturevalue("elastic"))
    yield lambda case: engine_of(indexer.index(case), "elastic")
    indexer.remove()
