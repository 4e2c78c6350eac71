"""Search: one box, what was found in any script, and facets that narrow it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.case import Case
from casefile.errors import QueryError, SettingsError
from casefile.records import PostKind
from casefile.saved_searches import saved_searches
from casefile.search.engines import engine_of, not_there_yet
from casefile.search.hits import Results
from casefile.search.query import TIME_FIELDS, narrowed
from desk.answers import searches
from desk.answers.sensitive import note_views
from desk.page.cutting import cut_at
from desk.page.forms import Stale, read_form
from desk.page.narrowing import condition, turned
from desk.page.opened import OpenCase
from desk.page.over_map import over_map
from desk.page.over_time import between, over_time
from desk.page.rendering import page
from desk.page.typed import whole_number
from desk.report.shown import without_unseen
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
    """The search screen: `q` is the query, `from` how many posts to pass over, `map` whether places are drawn.

    With days in `after` or `before`, which a form gives, it leads to the search for these.
    """
    opened: OpenCase = request.app.state.opened
    asked = request.query_params
    query, start = without_unseen(asked.get("q", "")).strip(), _number(asked.get("from", ""))
    here = partial(address_of, with_map=asked.get("map") == "yes")
    engine = engine_of(opened.case)
    saved, wrong = _saved(opened.case)
    try:
        if "after" in asked or "before" in asked:
            days = (_day(asked.get("after", "")), _day(asked.get("before", "")))
            return RedirectResponse(here(between(query, *days)), 303)
        found = engine.search(query, limit=_A_PAGE, offset=start)
        times = over_time(engine.days(narrowed(query, "", TIME_FIELDS)), query, here)
        places = over_map(opened.case.store, engine.places(query), query, here) if asked.get("map") == "yes" else None
    except QueryError as error:
        return page(request, "search.html.j2", 400, query=query, saved=saved, wrong=wrong, error=error, **_nothing())
    shy = [hit.post.id for hit in found.hits if hit.kind in (PostKind.PLEA, PostKind.WARNING)]
    note_views(opened.case, shy, "desk search")
    return page(
        request,
        "search.html.j2",
        query=query,
        saved=saved,
        wrong=wrong,
        error=None,
        total=found.total,
        start=start,
        missing=not_there_yet(opened.case),
        kinds=KIND_WORDS,
        hits=[(hit, list(cut_at(hit.snippet.text, hit.snippet.marks))) for hit in found.hits],
        facets={name: list(_facet(query, name, counts, here)) for name, counts in found.facets.items() if counts},
        before=here(query, max(0, start - _A_PAGE)) if start else None,
        after=here(query, start + _A_PAGE) if start + _A_PAGE < found.total else None,
        times=times,
        places=places,
        other_way=address_of(query, with_map=places is None),
        called=opened.ties.called,
    )


def _saved(case: Case) -> tuple[list[tuple[str, str, str]], SettingsError | None]:
    """Name, query and address of each saved search; what is wrong with their file keeps nobody from searching."""
    try:
        return [(name, asked, address_of(asked)) for name, asked in saved_searches(case.folder).items()], None
    except SettingsError as error:
        return [], error


async def save_or_remove(request: Request) -> Response:
    """Keep a search under a name, or keep it no longer; then show it."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    name, query = form.get("name", ""), form.get("query", "")
    await run_in_threadpool(_save_or_remove, opened.case, name, query, form.get("do", ""))
    return RedirectResponse(address_of(query), 303)


def _save_or_remove(case: Case, name: str, query: str, do: str) -> None:
    if do not in ("save", "remove"):
        raise Stale
    with Case.open(case.folder) as own:  # a thread of its own keeps a connection of its own
        if do == "save":
            searches.save(own, name, query)
        else:
            searches.remove(own, name)


def _nothing() -> dict[str, object]:
    empty = Results(0, ())
    return {
        "total": empty.total, "start": 0, "hits": [], "facets": {}, "before": None, "after": None, "called": str, "kinds": KIND_WORDS,
        "times": None, "places": None,
    }  # fmt: skip


def address_of(query: str, start: int = 0, *, with_map: bool = False) -> str:
    """The address of a search."""
    more = {"from": str(start)} if start else {}
    return "/search?" + urlencode({"q": query, **more, **({"map": "yes"} if with_map else {})})


def _facet(query: str, facet: str, counts: Mapping[str, int], address: Callable[[str], str]) -> Iterator[FacetValue]:
    for value, posts in counts.items():
        if value in _NO_FIELD:
            yield FacetValue(value, posts, "", chosen=False)
            continue
        field, _, told = value.partition(":")
        leads_to, chosen = turned(
            query, condition(_FIELDS[facet], value) if facet in _FIELDS else condition(field, told)
        )
        yield FacetValue(value, posts, address(leads_to), chosen)


def _day(text: str) -> str:
    """A day as the fields of a form give it; empty for what is none, or an open end."""
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat()
    return ""


def _number(text: str) -> int:
    return min(whole_number(text, 18) or 0, 10_000_000)
