"""Search on a team's Elasticsearch: the index says which posts, the case shows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casefile.errors import ElasticError
from casefile.records import Role
from casefile.search.elastic.connection import connected
from casefile.search.elastic.dsl import to_dsl
from casefile.search.elastic.faults import KEPT
from casefile.search.hits import FACET_SIZE, MOST_PLACES, PLACED_ROLES, Results, load_hits
from casefile.search.query import parse_query
from casefile.settings import CaseSettings
from casefile.store.store import Store

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_SLICE = 1_000
_WINDOW = 10_000
"""As far as an index counts by position (index.max_result_window); beyond, one slice follows the other."""
_BEST_FIRST = [{"_score": "desc"}, {"@timestamp": "desc"}, {"post.id": "asc"}]
_VIEW_LASTS = "3m"


class ElasticEngine:
    """Searches the posts of one case in its index."""

    def __init__(self, store: Store, settings: CaseSettings) -> None:
        self._store, self._settings = store, settings
        self._index = f"{settings.elastic.prefix}-posts"

    def search(self, text: str, *, limit: int = 20, offset: int = 0, facets: bool = True) -> Results:
        """Posts that match the query `text`, the best match first, else the latest first."""
        query = parse_query(text)
        asked: dict[str, Any] = {"query": to_dsl(query), "sort": _BEST_FIRST}
        with self._asking() as client:
            within = offset + limit <= _WINDOW
            first = client.search(
                index=self._index,
                **asked,
                from_=offset if within else 0,
                size=limit if within else 0,
                aggs=_FACETS if facets else None,
                track_total_hits=True,
                source=False,
            )
            found = _ids(first) if within else list(self._slices(client, asked, offset + limit))[offset:]
        hits = load_hits(self._store, query, found)
        return Results(first["hits"]["total"]["value"], hits, _counts(first["aggregations"]) if facets else {})

    def matching_posts(self, text: str) -> list[str]:
        """The ids of all posts that match, in order of id."""
        asked = {"query": {"bool": {"filter": [to_dsl(parse_query(text))]}}, "sort": [{"post.id": "asc"}]}
        with self._asking() as client:
            return list(self._slices(client, asked, None))

    def days(self, text: str) -> dict[str, int]:
        """How many posts match by the day on which they were published, or else first seen; in order."""
        by_day = {"field": "@timestamp", "calendar_interval": "day", "format": "yyyy-MM-dd", "min_doc_count": 1}
        counted = self._counted(text, {"days": {"date_histogram": by_day}})
        return {bucket["key_as_string"]: bucket["doc_count"] for bucket in counted["days"]["buckets"]}

    def places(self, text: str) -> dict[Role, dict[str, int]]:
        """How many posts that match name a place in a role, the places of most posts first."""
        counted = self._counted(text, {role.value: _most(f"place.{role}", MOST_PLACES) for role in PLACED_ROLES})
        found = {role: {b["key"]: b["doc_count"] for b in counted[role.value]["buckets"]} for role in PLACED_ROLES}
        return {role: places for role, places in found.items() if places}

    def _counted(self, text: str, aggregations: dict[str, Any]) -> Any:
        with self._asking() as client:
            return client.search(
                index=self._index, query=to_dsl(parse_query(text)), aggs=aggregations, size=0, source=False
            )["aggregations"]

    def _slices(self, client: Elasticsearch, asked: dict[str, Any], most: int | None) -> Iterator[str]:
        """The ids of the first `most` posts, in order, out of the index as it is now, whatever is written meanwhile."""
        view = {
            "id": client.open_point_in_time(index=self._index, keep_alive=_VIEW_LASTS)["id"],
            "keep_alive": _VIEW_LASTS,
        }
        after: dict[str, Any] = {}
        given = 0
        try:
            while most is None or given < most:
                size = _SLICE if most is None else min(_SLICE, most - given)
                answer = client.search(**asked, **after, pit=view, size=size, source=False, track_total_hits=False)
                ids = _ids(answer)
                yield from ids
                if len(ids) < size:
                    return
                given += len(ids)
                after = {"search_after": answer["hits"]["hits"][-1]["sort"]}
        finally:
            client.close_point_in_time(id=view["id"])

    @contextmanager
    def _asking(self) -> Iterator[Elasticsearch]:
        from elasticsearch import NotFoundError

        try:
            with connected(self._settings) as client:
                yield client
        except ElasticError as error:
            if isinstance(error.__cause__, NotFoundError):
                raise ElasticError(
                    f"{self._index}: this index is not on the server", f"Make it: `jejak index CASE`. {_WITHOUT}"
                ) from error
            raise ElasticError(str(error), f"{error.remedy.replace(KEPT, '').strip()} {_WITHOUT}") from error


_WITHOUT = "To search without that server, add --engine embedded."


def _ids(answer: Any) -> list[str]:
    return [hit["_id"] for hit in answer["hits"]["hits"]]


# Facets ----------------------------------------------------------------------------------------------------------
def _most(field: str, size: int = FACET_SIZE, **more: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size, "order": [{"_count": "desc"}, {"_key": "asc"}], **more}}


_FACETS = {
    "source": _most("source.name"),
    "language": _most("post.lang", missing="?"),
    "kind": _most("post.kind", missing="unread"),
    "place": _most("entity.id", include="place:.*"),
    # A handle's id begins with its platform, whichever that is.
    "contact": _most("entity.id", exclude="(place|org|person|url|indicator):.*"),
}


def _counts(told: Any) -> dict[str, dict[str, int]]:
    return {name: {bucket["key"]: bucket["doc_count"] for bucket in told[name]["buckets"]} for name in _FACETS}
