"""Search on the embedded database: full text through SQLite's FTS5, filters and facets through SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casefile.records import Label, Role
from casefile.search.hits import FACET_SIZE, MOST_PLACES, PLACED_ROLES, Results, load_hits
from casefile.search.query import LABEL_FIELDS, PLACE_FIELDS, PLATFORMS, Query, Term, is_country, number_in, parse_query
from casefile.search.tokens import digits_in, sign_runs, tokens
from casefile.store.database import translated
from casefile.store.store import Store

_FACETS = {"source": "source", "language": "lang", "kind": "kind"}
# What else entities may be, by the beginning of their ids.
_NO_CONTACTS = ("place", "org", "person", "url", "indicator")
_FROM = "FROM posts p LEFT JOIN readings r ON r.post_id = p.id"
_TIME = "coalesce(p.published, p.first_seen)"


@dataclass(frozen=True, slots=True)
class _Sql:
    condition: str
    arguments: tuple[str | float, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """Searches the posts of one case in its own database."""

    store: Store

    def search(self, text: str, *, limit: int = 20, offset: int = 0, facets: bool = True) -> Results:
        """Posts that match the query `text`, the best match first, else the latest first."""
        query, database = parse_query(text), self.store.database
        where = _where(query)
        with translated(self.store.path):
            # Found once, then paged and counted.
            database.execute("DROP TABLE IF EXISTS temp.found")
            database.execute(
                "CREATE TEMP TABLE found AS SELECT p.number, p.id, p.source, coalesce(r.lang, p.lang, '?') AS lang, "
                f"coalesce(r.kind, 'unread') AS kind, {_TIME} AS at {_FROM} WHERE {where.condition}",
                where.arguments,
            )
            total = int(database.execute("SELECT count(*) FROM temp.found").fetchone()[0])
            hits = load_hits(self.store, query, list(_best(database, query, limit, offset)))
            return Results(total, hits, _count_facets(database, total) if facets else {})

    def matching_posts(self, text: str) -> list[str]:
        """The ids of all posts that match, in order of id."""
        where = _where(parse_query(text))
        with translated(self.store.path):
            asked = f"SELECT p.id {_FROM} WHERE {where.condition} ORDER BY p.id"
            return [row[0] for row in self.store.database.execute(asked, where.arguments)]

    def days(self, text: str) -> dict[str, int]:
        """How many posts match by the day on which they were published, or else first seen; in order."""
        where = _where(parse_query(text))
        asked = f"SELECT substr({_TIME}, 1, 10), count(*) {_FROM} WHERE {where.condition} GROUP BY 1 ORDER BY 1"
        with translated(self.store.path):
            return dict(self.store.database.execute(asked, where.arguments).fetchall())

    def places(self, text: str) -> dict[Role, dict[str, int]]:
        """How many posts that match name a place in a role, the places of most posts first."""
        where, found = _where(parse_query(text)), dict[Role, dict[str, int]]()
        asked = (
            f"SELECT json_extract(m.attributes, '$.role'), m.value, count(DISTINCT m.post_id) {_FROM} "
            f"JOIN mentions m ON m.post_id = p.id AND m.label = 'LOC' WHERE {where.condition} GROUP BY 1, 2 ORDER BY 3 DESC, 2"
        )
        with translated(self.store.path):
            for role, place, posts in self.store.database.execute(asked, where.arguments):
                if role in PLACED_ROLES and len(found.setdefault(Role(role), {})) < MOST_PLACES:
                    found[Role(role)][place] = posts
        return found


def _best(database: sqlite3.Connection, query: Query, limit: int, offset: int) -> Iterator[str]:
    ranking = _match(list(query.words()), " OR ")
    # Ranked once for all: asked post by post, FTS5 would count all matches again for each.
    database.execute("DROP TABLE IF EXISTS temp.ranks")
    database.execute("CREATE TEMP TABLE ranks (number INTEGER PRIMARY KEY, rank REAL)")
    if ranking:
        database.execute("INSERT INTO temp.ranks SELECT rowid, rank FROM words WHERE words MATCH ?", (ranking,))
    found = database.execute(
        "SELECT f.id FROM temp.found f LEFT JOIN temp.ranks k ON k.number = f.number "
        "ORDER BY k.rank, f.at DESC, f.id LIMIT ? OFFSET ?",
        (limit, offset),
    )
    for row in found:
        yield row[0]


def _count_facets(database: sqlite3.Connection, total: int) -> dict[str, dict[str, int]]:
    counted = {
        name: f"SELECT {column}, count(*) FROM temp.found GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {FACET_SIZE}"
        for name, column in _FACETS.items()
    }
    facets = {name: dict(database.execute(sql).fetchall()) for name, sql in counted.items()}
    named = _count_named(database, total)
    is_place = [one for one in named if one[0].startswith("place:")]
    is_contact = [one for one in named if one[0].partition(":")[0] not in _NO_CONTACTS]
    return facets | {"place": _most(is_place), "contact": _most(is_contact)}


def _count_named(database: sqlite3.Connection, total: int) -> list[tuple[str, int]]:
    """The entities that the posts found name, each with how many of them name it."""
    if total == database.execute("SELECT count(*) FROM posts").fetchone()[0]:
        # All posts: the index has them in this order already.
        asked = "SELECT entity_id, count(DISTINCT post_id) FROM mentions WHERE entity_id IS NOT NULL GROUP BY 1"
    else:
        asked = (
            "SELECT m.entity_id, count(DISTINCT m.post_id) FROM temp.found f JOIN mentions m ON m.post_id = f.id "
            "WHERE m.entity_id IS NOT NULL GROUP BY 1"
        )
    return [(row[0], row[1]) for row in database.execute(asked)]


def _most(counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(counted, key=lambda one: (-one[1], one[0]))[:FACET_SIZE])


# From terms to SQL ----------------------------------------------------------------------------------------------------
def _where(query: Query) -> _Sql:
    parts = [_all(terms) for terms in query.alternatives]
    return _Sql(
        " OR ".join(f"({part.condition})" for part in parts), tuple(a for part in parts for a in part.arguments)
    )


def _all(terms: tuple[Term, ...]) -> _Sql:
    parts = [_sql(term) for term in terms] or [_Sql("1")]
    # What a post does not tell (NULL) is not so: `-lang:vi` finds posts of unknown language.
    conditions = [
        f"({p.condition}) IS NOT TRUE" if t.negated else f"({p.condition})" for t, p in zip(terms, parts, strict=False)
    ]
    return _Sql(" AND ".join(conditions) or "1", tuple(a for part in parts for a in part.arguments))


def _sql(term: Term) -> _Sql:
    if not term.field:
        return _words(term)
    if term.field in PLACE_FIELDS:
        return _place(term)
    if term.field in LABEL_FIELDS or term.field in PLATFORMS:
        return _entity(term)
    return _PLAIN[term.field](term)


def _words(term: Term) -> _Sql:
    match = _match([term], "")
    if not match:  # no word at all, perhaps picture signs
        signs = sign_runs(term.value)
        return _Sql(" AND ".join("instr(p.text, ?) > 0" for _ in signs) or "1", tuple(signs))
    text = _Sql("p.number IN (SELECT rowid FROM words WHERE words MATCH ?)", (match,))
    number = number_in(term)
    if number is None:
        return text
    phone = _entity(number)
    return _Sql(f"({text.condition}) OR ({phone.condition})", text.arguments + phone.arguments)


def _match(terms: list[Term], joiner: str) -> str:
    """An FTS5 expression: each term is a phrase of its tokens."""
    phrases = []
    for term in terms:
        words = " ".join(token.word.replace('"', "") for token in tokens(term.value))
        if words:
            phrases.append(f'"{words}"' + (" *" if term.prefix else ""))
    return joiner.join(phrases)


def _mentioned(condition: str, *arguments: str | float) -> _Sql:
    return _Sql(f"p.id IN (SELECT post_id FROM mentions WHERE {condition})", arguments)


def _entity(term: Term) -> _Sql:
    value = term.value.strip()
    if term.field == "phone":
        digits = digits_in(value).lstrip("0")
        if value.startswith("+"):
            return _mentioned("entity_id = ?", f"phone:+{digits}")
        return _mentioned("entity_id LIKE 'phone:%' || ?", digits) if digits else _Sql("0")
    if term.field in PLATFORMS:
        prefix = f"{term.field}:{value.lstrip('@')}"
        return _mentioned(
            "label = 'HANDLE' AND entity_id LIKE ? ESCAPE '\\'", _like(prefix) + ("%" if term.prefix else "")
        )
    label = LABEL_FIELDS[term.field]
    if label in (Label.ORG, Label.PERSON, Label.URL, Label.HANDLE):
        return _mentioned("label = ? AND value LIKE ? ESCAPE '\\'", label.value, f"%{_like(value.lstrip('@'))}%")
    return _mentioned(
        "label = ? AND value LIKE ? ESCAPE '\\'", label.value, _like(value) + ("%" if term.prefix else "")
    )


def _place(term: Term) -> _Sql:
    value, role = (
        term.value.strip(),
        ""
        if term.field == "place"
        else f" AND coalesce(json_extract(attributes, '$.role'), 'mention') = '{term.field}'",
    )
    if is_country(value):
        return _mentioned(f"label = 'LOC' AND (value = ? OR value LIKE ?){role}", value, f"{value}/%")
    if "/" in value:
        return _mentioned(f"label = 'LOC' AND value LIKE ? ESCAPE '\\'{role}", _like(value))
    bare = _like(value)
    return _mentioned(
        "label = 'LOC' AND (value LIKE ? ESCAPE '\\' OR surface LIKE ? ESCAPE '\\' "
        f"OR json_extract(attributes, '$.name') LIKE ? ESCAPE '\\'){role}",
        f"%/{bare}", bare, bare,
    )  # fmt: skip


def _plain(condition: str, value: str | float) -> _Sql:
    return _Sql(condition, (value,))


_PLAIN = {
    "source": lambda term: _plain("p.source LIKE ? ESCAPE '\\'", _like(term.value) + ("%" if term.prefix else "")),
    "lang": lambda term: _plain("coalesce(r.lang, p.lang) = ?", term.value.lower()),
    "kind": lambda term: _plain("r.kind = ?", term.value),
    "author": lambda term: _plain("p.author LIKE ? ESCAPE '\\'", f"%{_like(term.value)}%"),
    "has": lambda term: _mentioned("label = ?", term.value.upper()),
    "network": lambda term: _plain(
        "p.id IN (SELECT value FROM networks, json_each(networks.record, '$.posts') WHERE networks.id LIKE ? ESCAPE '\\')",
        _like(term.value) + "%",
    ),
    "suspect": lambda term: _plain("r.suspect >= ?", float(term.value)),
    "after": lambda term: _plain(f"{_TIME} >= ?", term.value),
    # A day, month or year given as the end is itself inside.
    "before": lambda term: _plain(f"substr({_TIME}, 1, {len(term.value)}) <= ?", term.value),
}


def _like(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
