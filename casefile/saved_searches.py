"""Searches that a case keeps by name, in `searches.yml`: an investigator may edit it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from filelock import FileLock
from pydantic import AfterValidator, Field, StringConstraints
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from casefile.atomic import write_text
from casefile.errors import NotFound, QueryError
from casefile.search.query import parse_query
from casefile.settings import Strict
from casefile.settings_files import checked, read_yaml

FILE = "searches.yml"
_EXAMPLE = "Offers towards Poipet: poipet kind:recruitment"
_MOST = 500
_LONGEST_NAME, _LONGEST_QUERY = 80, 2_000


def _query(typed: str) -> str:
    try:
        parse_query(typed)
    except QueryError as error:
        raise ValueError(f"a search that is understood ({error})") from error
    return typed


Name = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_NAME, pattern=r"^[^\x00-\x1f\x7f]+$")]
Query = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_QUERY), AfterValidator(_query)]


class SavedSearches(Strict):
    """`searches.yml`: under `searches`, one a line, the name and what is searched for."""

    searches: dict[Name, Query] = Field(default={}, max_length=_MOST, examples=[{"Poipet": "poipet kind:recruitment"}])


def saved_searches(folder: Path) -> Mapping[str, str]:
    """The queries of a case's saved searches by name, in the order of the names; raises SettingsError."""
    if not (folder / FILE).is_file():
        return {}
    told = checked(read_yaml(folder / FILE, FILE, _EXAMPLE), SavedSearches, FILE).searches
    return dict(sorted(told.items(), key=lambda named: named[0].casefold()))


def saved_search(folder: Path, name: str) -> str:
    """The query of that name; raises NotFound."""
    found = saved_searches(folder)
    if name not in found:
        names = ", ".join(found) or "none"
        raise NotFound(f"No search is called “{name[:80]}” (there are: {names}).", "`jejak searches CASE` lists them.")
    return found[name]


def save_search(folder: Path, name: str, query: str) -> None:
    """Keep a search under a name, instead of what was kept under it; raises QueryError, SettingsError."""
    name, query = " ".join(name.split()), " ".join(query.split())
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise QueryError(f"A search is called by 1 to {_LONGEST_NAME} letters.", "Give it a short name.")
    if not 0 < len(query) <= _LONGEST_QUERY:
        raise QueryError(f"A search has 1 to {_LONGEST_QUERY:,} letters.", "Search for something, then save it.")
    parse_query(query)
    with _changing(folder) as searches:
        if name not in searches and len(searches) >= _MOST:
            raise QueryError(f"{_MOST} searches are saved already.", "Remove one that nobody needs.")
        searches[name] = query


def remove_search(folder: Path, name: str) -> None:
    """Keep it no longer; raises NotFound."""
    with _changing(folder) as searches:
        saved_search(folder, name)
        del searches[name]


@contextmanager
def _changing(folder: Path) -> Iterator[CommentedMap]:
    """The searches, to be changed by one at a time; comments in the file stay."""
    with FileLock(folder / ".locks" / "searches.lock"):
        saved_searches(folder)  # a file with mistakes is mended by hand, never written over
        whole = read_yaml(folder / FILE, FILE, _EXAMPLE) if (folder / FILE).is_file() else CommentedMap()
        searches = whole.setdefault("searches", CommentedMap())
        yield searches
        written = io.StringIO()
        yaml = YAML(typ="rt", pure=True)
        yaml.allow_unicode, yaml.width = True, 10_000
        yaml.dump(whole, written)
        write_text(folder / FILE, written.getvalue())
