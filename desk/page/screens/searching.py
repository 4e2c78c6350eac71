"""Search: one box, what was found in any script, and facets that narrow it down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from casefile.errors import QueryError
from casefile.records import PostKind
from casefile.search.engines import engine_of, not_there_yet
from casefile.search.hits import Results
from desk.answers.sensitive import note_views
from desk.page.cutting import cut_at
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.report.wording import KIND_WORDS

_A_PAGE = 20
_FIELDS = {"source": "source", "language": "lang", "kind": "kind"}  # the others' values name their field themselves
_NO_FIELD = ("?", "unread")  # facet values that nothing can be asked about


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many posts have it, and the address of the search that asks for it (or takes it out)."""

    name: str
    posts: int
    address: str
    chosen: bool


async def searching(request: Request) -> Response:
    """The search screen: `q` is the query, `from` how many posts to pass over."""
    opened: OpenCase = request.app.state.opened
    query, start = request.query_params.get("q", "").strip(), _number(request.query_params.get("from", ""))
    try:
        found = engine_of(opened.case).search(query, limit=_A_PAGE, offset=start)
    except QueryError as error:
        return page(request, "search.html.j2", 400, query=query, error=error, **_nothing())
    shy = [hit.post.id for hit in found.hits if hit.kind in (PostKind.PLEA, PostKind.WARNING)]
    note_views(opened.case, shy, "desk search")
    return page(
        request,
        "search.html.j2",
        query=query,
        error=None,
        total=found.total,
        start=start,
        missing=not_there_yet(opened.case),
        kinds=KIND_WORDS,
        hits=[(hit, list(cut_at(hit.snippet.text, hit.snippet.marks))) for hit in found.hits],
        facets={name: list(_facet(query, name, counts)) for name, counts in found.facets.items() if counts},
        before=address_of(query, max(0, start - _A_PAGE)) if start else None,
        after=address_of(query, start + _A_PAGE) if start + _A_PAGE < found.total else None,
        called=opened.ties.called,
    )


def _nothing() -> dict[str, object]:
    empty = Results(0, ())
    return {
        "total": empty.total, "start": 0, "hits": [], "facets": {}, "before": None, "after": None, "called": str, "kinds": KIND_WORDS,
    }  # fmt: skip


def address_of(query: str, start: int = 0) -> str:
    """The address of a search."""
    return "/search?" + urlencode({"q": query, **({"from": start} if start else {})})


def _facet(query: str, facet: str, counts: Mapping[str, int]) -> Iterator[FacetValue]:
    for value, posts in counts.items():
        if value in _NO_FIELD:
            yield FacetValue(value, posts, "", chosen=False)
            continue
        term = f"{_FIELDS[facet]}:{value}" if facet in _FIELDS else value
        term = f'{term.partition(":")[0]}:"{term.partition(":")[2]}"' if " " in term else term
        words = query.split(" ")
        chosen = term in words
        words = [word for word in words if word != term] if chosen else [*words, term]
        yield FacetValue(value, posts, address_of(" ".join(words).strip()), chosen)


def _number(text: str) -> int:
    return min(int(text), 10_000_000) if text.isascii() and text.isdecimal() else 0
