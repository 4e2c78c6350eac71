"""One search, two engines: the case's own database, or a team's Elasticsearch. Both find the same posts."""

from __future__ import annotations

from typing import Protocol

from casefile.case import Case
from casefile.search.embedded import EmbeddedEngine
from casefile.search.hits import Results
from casefile.settings import EngineName


class Engine(Protocol):
    """What searches a case; queries are written as `casefile.search.query` says."""

    def search(self, text: str, *, limit: int = 20, offset: int = 0, facets: bool = True) -> Results:
        """A page of the posts that match, best first, how many there are in all, and counts over all of them."""
        ...

    def matching_posts(self, text: str) -> list[str]:
        """The ids of all posts that match, in order of id."""
        ...


def engine_of(case: Case, name: EngineName | None = None) -> Engine:
    """The engine of this name; without one, what `case.toml` says."""
    if (name or case.settings.elastic.engine) == "embedded":
        return EmbeddedEngine(case.store)
    from casefile.search.elastic.engine import ElasticEngine

    return ElasticEngine(case.store, case.settings.elastic)
