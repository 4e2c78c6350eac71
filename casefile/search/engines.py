"""One search, two engines: the case's own database, or a team's Elasticsearch. Both find the same posts."""

from __future__ import annotations

from typing import Protocol

from casefile.case import Case
from casefile.records import Role
from casefile.search.embedded import EmbeddedEngine
from casefile.search.hits import Results
from casefile.settings import EngineName
from casefile.store.unindexed import Unindexed


class Engine(Protocol):
    """What searches a case; queries are written as `casefile.search.query` says."""

    def search(self, text: str, *, limit: int = 20, offset: int = 0, facets: bool = True) -> Results:
        """A page of the posts that match, best first, how many there are in all, and counts over all of them."""
        ...

    def matching_posts(self, text: str) -> list[str]:
        """The ids of all posts that match, in order of id."""
        ...

    def days(self, text: str) -> dict[str, int]:
        """How many posts match, by the day (ISO 8601, UTC) on which they were published, or else first seen; in order."""
        ...

    def places(self, text: str) -> dict[Role, dict[str, int]]:
        """How many posts that match name a place (`KH/poipet`) in a role, the places of most posts first."""
        ...


def asked_engine(case: Case, name: EngineName | None = None) -> EngineName:
    """The engine of this name; without one, what `case.toml` says, but no server that this user never trusted with anything.

    A case that was given may name any server: it must not learn what is searched for.
    """
    if name or case.settings.elastic.engine == "embedded":
        return name or "embedded"
    from casefile.search.elastic.connection import is_set_up, is_trusted

    elastic = case.settings.elastic
    return "elastic" if not is_set_up(elastic) or is_trusted(elastic) else "embedded"


def not_there_yet(case: Case, name: EngineName | None = None) -> int:
    """How many posts and networks the engine does not know as the case holds them now."""
    if asked_engine(case, name) == "embedded":
        return 0
    return Unindexed(case.store.database).count(("posts", "networks"))


def engine_of(case: Case, name: EngineName | None = None) -> Engine:
    """The engine that `asked_engine` tells."""
    if asked_engine(case, name) == "embedded":
        return EmbeddedEngine(case.store)
    from casefile.search.elastic.engine import ElasticEngine

    return ElasticEngine(case.store, case.settings)
