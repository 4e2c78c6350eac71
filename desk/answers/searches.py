"""Saved searches: kept, taken out, listed, and asked again narrowed down."""

from __future__ import annotations

from casefile.case import Case
from casefile.errors import QueryError
from casefile.saved_searches import remove_search, save_search, saved_search, saved_searches
from casefile.search.query import narrowed
from desk import terminal


def save(case: Case, name: str, query: str) -> None:
    """Keep a search under a name, and note who did."""
    save_search(case.folder, name, query)
    case.audit("search saved", name=name)


def remove(case: Case, name: str) -> None:
    """Keep it no longer, and note who did."""
    remove_search(case.folder, name)
    case.audit("search removed", name=name)


def asked_again(case: Case, name: str, words: str) -> str:
    """A saved query, narrowed down by more words; raises NotFound, QueryError."""
    if " OR " in f" {words} ":
        raise QueryError("A saved search is not narrowed down by words with OR.", "Search for all of it in one query.")
    return narrowed(saved_search(case.folder, name), words)


def list_all(case: Case, as_json: bool) -> None:
    """List the saved searches by name."""
    searches = saved_searches(case.folder)
    if as_json:
        for name, query in searches.items():
            terminal.say_json({"name": name, "query": query})
        return
    if not searches:
        terminal.say("No search is saved yet. `jejak search CASE QUERY --save NAME` keeps one.")
        return
    terminal.table(("name", "searches for"), list(searches.items()))
