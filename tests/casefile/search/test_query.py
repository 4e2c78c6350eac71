"""The query language: what is understood, and what is refused with a way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import QueryError
from casefile.search.query import FIELDS, Term, holds, narrowed, parse_query, without


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("", ((),)),
        ("lowongan poipet", ((Term("lowongan"), Term("poipet")),)),
        ('"kerja di kamboja"', ((Term("kerja di kamboja"),),)),
        ("poipet OR bavet", ((Term("poipet"),), (Term("bavet"),))),
        ("poipet AND bavet", ((Term("poipet"), Term("bavet")),)),
        ("-loker", ((Term("loker", negated=True),),)),
        ('-"dua kata"', ((Term("dua kata", negated=True),),)),
        ("lowong*", ((Term("lowong", prefix=True),),)),
        ("LANG:th", ((Term("th", "lang"),),)),
        ('org:"PT Contoh"', ((Term("PT Contoh", "org"),),)),
        ("-place:KH", ((Term("KH", "place", negated=True),),)),
        ("https://x.example/a", ((Term("https://x.example/a", "url"),),)),
    ],
)
def test_a_query_is_understood(text: str, alternatives: tuple[tuple[Term, ...], ...]) -> None:
    assert parse_query(text).alternatives == alternatives


@pytest.mark.parametrize(
    "text",
    [
        'say "hello', "colour:red", "phone:", "-PLACE:", "after:yesterday", "after:2026-13", "before:2026-02-30", "after:๒๐๒๖",
        "kind:advert", "suspect:high", "suspect:nan", "suspect:7", "has:nothing", "OR", "poipet OR", "OR bavet",
        "a " * 101, "x" * 2001,
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(text)
    assert str(raised.value) and raised.value.remedy


pieces = st.sampled_from(
    [*(f"{field}:" for field in FIELDS), '"', "*", "-", "OR", "AND", " ", "'", ";", "%", "_", "\\", "("]
)


queries = st.lists(pieces | st.text(st.characters(exclude_categories=[]), max_size=6), max_size=12).map("".join)


@given(queries)
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        parse_query(text)
    except QueryError as error:
        assert error.remedy


@pytest.mark.parametrize(
    ("text", "term", "instead_of", "told"),
    [
        ("", "lang:th", (), "lang:th"),
        ("poipet", "lang:th", (), "poipet lang:th"),
        ("poipet OR bavet", "lang:th", (), "poipet lang:th OR bavet lang:th"),
        ("poipet lang:th", "lang:th", (), "poipet lang:th"),
        ("after:2026 poipet BEFORE:2026-03", "after:2026-02", ("after", "before"), "poipet after:2026-02"),
        ("poipet after:2026", "", ("after",), "poipet"),
        ("after:2026 OR poipet", "", ("after",), ""),
        ('"after:2026 OR x" y', "z", ("after",), '"after:2026 OR x" y z'),
    ],
)
def test_a_query_is_narrowed_in_each_of_its_alternatives(
    text: str, term: str, instead_of: tuple[str, ...], told: str
) -> None:
    assert narrowed(text, term, instead_of) == told


@given(queries, st.sampled_from(["lang:th", 'place:"kota contoh"', "kind:plea"]))
def test_what_was_added_to_a_query_can_be_taken_out(text: str, term: str) -> None:
    try:
        parse_query(text)
    except QueryError:
        return
    more = narrowed(text, term)
    assert holds(more, term) and not (holds(without(more, term), term))
