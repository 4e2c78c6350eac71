"""The query language in Elasticsearch's own: what is found is what `casefile.search.embedded` finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casefile.records import Label
from casefile.search.query import LABEL_FIELDS, PLACE_FIELDS, PLATFORMS, Query, Term, is_country, number_in
from casefile.search.tokens import digits_in, sign_runs, tokens

Dsl = dict[str, Any]
_EVERYTHING: Dsl = {"match_all": {}}
_NOTHING: Dsl = {"match_none": {}}
_MOST_ENDINGS = 1_000_000
"""How many words a beginning may stand for inside a phrase: more than any language has."""


def to_dsl(query: Query) -> Dsl:
    """What the index is asked; words count for the order of the posts, all else does not."""
    return _one_of([_all_of(terms) for terms in query.alternatives])


def _all_of(terms: tuple[Term, ...]) -> Dsl:
    sorted_out: dict[str, list[Dsl]] = {"must": [], "filter": [], "must_not": []}
    for term in terms:
        place = "must_not" if term.negated else "filter" if term.field else "must"
        sorted_out[place].append(_one(term))
    return {"bool": {place: parts for place, parts in sorted_out.items() if parts}}


def _one_of(parts: list[Dsl]) -> Dsl:
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def _one(term: Term) -> Dsl:
    if not term.field:
        return _words(term)
    if term.field in PLACE_FIELDS:
        return _place(term)
    if term.field in LABEL_FIELDS or term.field in PLATFORMS:
        return _entity(term)
    return _PLAIN[term.field](term)


def _words(term: Term) -> Dsl:
    words = " ".join(token.word for token in tokens(term.value))
    if not words:
        signs = [{"match_phrase": {"post.signs": " ".join(run)}} for run in sign_runs(term.value)]
        return {"bool": {"must": signs}} if signs else _EVERYTHING
    number = number_in(term)
    text = _phrase(words, term.prefix)
    return text if number is None else _one_of([text, _entity(number)])


def _phrase(words: str, prefix: bool) -> Dsl:
    if not prefix:
        return {"match_phrase": {"post.tokens": words}}
    if " " not in words:
        return {"prefix": {"post.tokens": words}}
    return {"match_phrase_prefix": {"post.tokens": {"query": words, "max_expansions": _MOST_ENDINGS}}}


def _entity(term: Term) -> Dsl:
    value = term.value.strip()
    if term.field == "phone":
        digits = digits_in(value).lstrip("0")
        if value.startswith("+"):
            return {"term": {"entity.id": f"phone:+{digits}"}}
        return {"prefix": {"entity.phone_reversed": digits[::-1]}} if digits else _NOTHING
    ending = "*" if term.prefix else ""
    if term.field in PLATFORMS:
        return _like("entity.id", f"{term.field}:{_escaped(value.lstrip('@'))}{ending}")
    label = LABEL_FIELDS[term.field]
    if label in (Label.ORG, Label.PERSON, Label.URL, Label.HANDLE):
        return _like(f"value.{label.lower()}", f"*{_escaped(value.lstrip('@'))}*")
    return _like(f"value.{label.lower()}", _escaped(value) + ending)


def _place(term: Term) -> Dsl:
    value, role = term.value.strip(), "any" if term.field == "place" else term.field
    if is_country(value):
        return _one_of([{"term": {f"place.{role}": value}}, {"prefix": {f"place.{role}": f"{value}/"}}])
    if "/" in value:
        return _like(f"place.{role}", _escaped(value))
    return _one_of([_like(f"place.{role}", f"*/{_escaped(value)}"), _like(f"place_words.{role}", _escaped(value))])


_UNIT = {4: "y", 7: "M", 10: "d"}
_PLAIN: dict[str, Callable[[Term], Dsl]] = {
    "source": lambda term: _like("source.name", _escaped(term.value) + ("*" if term.prefix else "")),
    "lang": lambda term: {"term": {"post.lang": term.value.lower()}},
    "kind": lambda term: {"term": {"post.kind": term.value}},
    "author": lambda term: _like("post.author", f"*{_escaped(term.value)}*"),
    "has": lambda term: {"term": {"entity.label": term.value.upper()}},
    "network": lambda term: _like("network.id", f"{_escaped(term.value)}*"),
    "suspect": lambda term: {"range": {"post.suspect": {"gte": float(term.value)}}},
    "after": lambda term: {"range": {"@timestamp": {"gte": f"{term.value}||/{_UNIT[len(term.value)]}"}}},
    # Rounded up: a day, month or year given as the end is itself inside.
    "before": lambda term: {"range": {"@timestamp": {"lte": f"{term.value}||/{_UNIT[len(term.value)]}"}}},
}


def _like(field: str, pattern: str) -> Dsl:
    """Like SQL's LIKE: without the case of ASCII letters."""
    return {"wildcard": {field: {"value": pattern, "case_insensitive": True}}}


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?")
