"""What a search gives, on whatever engine: the posts as the case holds them, each with the piece that shows why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from casefile.records import Post, Role
from casefile.search.query import Query
from casefile.search.snippets import Snippet, make_snippet
from casefile.search.tokens import tokens
from casefile.store import rows
from casefile.store.store import Store

FACET_SIZE = 10
"""How many values a facet shows."""


MOST_PLACES = 60
"""How many places are counted in one role."""
PLACED_ROLES = (Role.ORIGIN, Role.TRANSIT, Role.DESTINATION, Role.WORKSITE)
"""The roles in which a place is more than named."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One post found. `kind` and `suspect` are None as long as the post was not read."""

    post: Post
    kind: str | None
    lang: str | None
    suspect: float | None
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, how many there are in all, and counts by facet over all of them."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def load_hits(store: Store, query: Query, post_ids: Sequence[str]) -> tuple[Hit, ...]:
    """The posts with these ids, in this order, with what `query` marks in them; ids that the case lacks are left out."""
    phrases = [(words, term.prefix) for term in query.words() if (words := [t.word for t in tokens(term.value)])]
    found = store.database.execute(
        "SELECT p.*, r.kind, r.lang AS read_lang, r.suspect FROM json_each(?) AS wanted JOIN posts p ON p.id = wanted.value "
        "LEFT JOIN readings r ON r.post_id = p.id ORDER BY wanted.key",
        (json.dumps(post_ids),),
    )
    return tuple(
        Hit(post, row["kind"], row["read_lang"] or row["lang"], row["suspect"], make_snippet(post.text, phrases))
        for row in found
        for post in (rows.post_of(row),)
    )
