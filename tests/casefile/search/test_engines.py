"""Searching: what is asked for is found, on the embedded database as on a real Elasticsearch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import QueryError
from casefile.identity import entity_id
from casefile.records import Label, PostKind, Role
from casefile.search.engines import Engine
from casefile.settings import CaseSettings
from tests.casefile.making import a_mention, a_post, a_reading, keep
from tests.casefile.search.conftest import Ready
from tests.casefile.search.test_query import pieces
from tests.casefile.search.test_tokens import UNSPACED

TEXTS = {
    1: "Lowongan admin di Kota Contoh, WA 0812-0000-0001, gaji besar",
    2: "รับสมัครงานที่กัมพูชา 100% under_score",
    3: "Cảnh báo: việc làm lừa đảo ở Sampletown 🔥",
    4: "高薪诚聘柬埔寨客服",
    5: "ជ្រើសរើសបុគ្គលិកនៅប៉ោយប៉ែត",
    6: "အလုပ်ခေါ်စာ မြဝတီ",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case to search in; to be looked at, not to be changed."""
    settings = CaseSettings(title="t", purpose="p", legal_basis="l", contact="desk@jejak.example")
    with Case.create(tmp_path_factory.mktemp("search") / "case", settings) as case:
        posts = [
            a_post(n, text, published=datetime(2026, n, 10, tzinfo=UTC), author=f"author {n}", source=f"xx_s{n % 2}")
            for n, text in TEXTS.items()
        ]
        keep(case, *posts)
        phone = a_mention(TEXTS[1], "0812-0000-0001", "+6281200000001")
        place = a_mention(
            TEXTS[1],
            "Kota Contoh",
            "KH/kota-contoh",
            Label.LOC,
            attributes={"role": "destination", "name": "Contoh City"},
        )
        case.store.save_readings(
            [
                a_reading(posts[0], phone, place),
                a_reading(posts[2], a_mention(TEXTS[3], "Sampletown", "MM/sampletown", Label.LOC, attributes={"role": "mention"}),
                          lang="vi", kind=PostKind.WARNING, suspect=0.1),
            ],
            "v1",
        )  # fmt: skip
        yield case


@pytest.fixture(scope="module")
def engine(filled: Case, ready: Ready) -> Engine:
    return ready(filled)


def found(engine: Engine, text: str) -> set[int]:
    numbers = {a_post(n, source=f"xx_s{n % 2}").id: n for n in TEXTS}
    return {numbers[post_id] for post_id in engine.matching_posts(text)}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", {1, 2, 3, 4, 5, 6}),
        ("LOWONGAN", {1}),
        ("lowong*", {1}),
        ('"kota contoh"', {1}),
        ('"contoh kota"', set()),
        ("viec lam", {3}),
        ("กัมพูชา", {2}),
        ("พู", {2}),
        ("柬埔", {4}),
        ("柬寨", set()),
        ("ប៉ោយ", {5}),
        ("မြဝ", {6}),
        ("🔥", {3}),
        ("!!!", set()),
        ("100% lowongan", set()),
        ("lowongan OR 高薪", {1, 4}),
        ("-lowongan", {2, 3, 4, 5, 6}),
        ("lowongan -gaji", set()),
        ("lang:vi", {3}),
        ("kind:warning", {3}),
        ("-kind:warning lang:id", {1}),
        ("source:xx_s1", {1, 3, 5}),
        ("source:xx_*", {1, 2, 3, 4, 5, 6}),
        ("source:xx_%", set()),
        ("source:xx_s_", set()),
        ("phone:+6281200000001", {1}),
        ("phone:081200000001", {1}),
        ("081200000001", {1}),
        ("phone:999", set()),
        ("place:KH", {1}),
        ("place:MM/sampletown", {3}),
        ("destination:KH", {1}),
        ("origin:KH", set()),
        ('place:"contoh city"', {1}),
        ("has:phone", {1}),
        ("suspect:0.5", {1}),
        ("author:author", {1, 2, 3, 4, 5, 6}),
        ('author:"author 2"', {2}),
        ("after:2026-03", {3, 4, 5, 6}),
        ("before:2026-03", {1, 2, 3}),
        ("after:2026-03-11 before:2026-05-10", {4, 5}),
        ("before:2026", {1, 2, 3, 4, 5, 6}),
        ("before:2025", set()),
    ],
)
def test_a_search_finds_what_it_asks_for(engine: Engine, text: str, numbers: set[int]) -> None:
    assert found(engine, text) == numbers
    assert engine.search(text).total == len(numbers)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(pieces | st.text(st.characters(exclude_categories=[]), max_size=6), max_size=8).map("".join))
def test_no_text_breaks_a_search(engine: Engine, filled: Case, text: str) -> None:
    try:
        engine.search(text)
    except QueryError as error:
        assert error.remedy


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE posts; --", '" OR 1=1 --', "author:') OR 1=1 --", "phone:%", "org:%", "x NEAR y", "tokens:x", "rowid:1",
     'a" OR tokens MATCH "b', "(a", "a^2", "{a b}:c", "a " * 99, "-a " * 99, "a OR " * 49 + "b"],
)  # fmt: skip
def test_an_attack_finds_nothing_and_harms_nothing(engine: Engine, filled: Case, text: str) -> None:
    try:
        assert engine.search(text).total == 0 or text.startswith("-a")
    except QueryError as error:
        assert error.remedy
    assert filled.store.counts()["posts"] == len(TEXTS)


def test_snippets_show_the_text_and_mark_what_was_found(engine: Engine) -> None:
    for text, surface in [
        ("viec", "việc"),
        ("กัมพูชา", "กัมพูชา"),
        ('"kota contoh"', "Kota Contoh"),
        ("lowong*", "Lowongan"),
    ]:
        [hit] = engine.search(text).hits
        snippet = hit.snippet
        assert hit.post.text[snippet.offset : snippet.offset + len(snippet.text)] == snippet.text
        assert [snippet.text[start:end] for start, end in snippet.marks] == [surface]


def test_pages_of_hits_follow_each_other(engine: Engine) -> None:
    every = [hit.post.id for hit in engine.search("").hits]
    paged = [engine.search("", limit=2, offset=at).hits for at in (0, 2, 4)]
    assert [hit.post.id for page in paged for hit in page] == every
    assert engine.search("").hits[0].post.published == datetime(2026, 6, 10, tzinfo=UTC)


def test_facets_count_all_hits_not_only_the_page(engine: Engine) -> None:
    facets = engine.search("", limit=1).facets
    assert facets["source"] == {"xx_s0": 3, "xx_s1": 3}
    assert facets["kind"] == {"unread": 4, "recruitment": 1, "warning": 1}
    assert facets["place"] == {"place:KH/kota-contoh": 1, "place:MM/sampletown": 1}
    assert facets["contact"] == {"phone:+6281200000001": 1}
    assert engine.search("", facets=False).facets == {}


@pytest.mark.parametrize("text", ["", "-lowongan", "kind:recruitment"])
def test_places_and_contacts_are_counted_as_the_readings_have_them(filled: Case, engine: Engine, text: str) -> None:
    counted = Counter(
        entity
        for read in filled.store.read_posts(engine.matching_posts(text))
        for entity in {entity_id(mention) or "" for mention in read.reading.mentions}
    )
    facets = engine.search(text).facets
    assert facets["place"] == {one: n for one, n in counted.items() if one.startswith("place:")}
    assert facets["contact"] == {one: n for one, n in counted.items() if one.startswith("phone:")}


def test_posts_are_counted_by_day_and_by_the_roles_of_places(engine: Engine) -> None:
    assert engine.days("") == {f"2026-0{n}-10": 1 for n in TEXTS}
    assert engine.days("after:2026-05 OR lowongan") == {"2026-01-10": 1, "2026-05-10": 1, "2026-06-10": 1}
    assert engine.places("") == engine.places("lowongan") == {Role.DESTINATION: {"KH/kota-contoh": 1}}
    assert engine.places("kind:warning") == {}


def test_an_edited_text_is_found_by_its_new_words_only(case: Case, ready: Ready) -> None:
    keep(case, a_post(1, "alpha"))
    ready(case)
    keep(case, a_post(1, "bravo"), minutes=1)
    engine = ready(case)
    assert engine.matching_posts("alpha") == []
    assert engine.matching_posts("bravo") == [a_post(1).id]


def test_two_characters_are_enough_in_every_script_without_spaces(case: Case, ready: Ready) -> None:
    posts = {script: a_post(n, text) for n, (script, text) in enumerate(UNSPACED.items())}
    keep(case, *posts.values(), a_post(99, "nothing of the kind"))
    engine = ready(case)
    for script, text in UNSPACED.items():
        for start in range(0, len(text) - 1, 5):
            found = engine.matching_posts(f'"{text[start : start + 2]}"')
            assert found == [posts[script].id], text[start : start + 2]


def test_the_best_match_comes_first(case: Case, ready: Ready) -> None:
    texts = ["contoh " + "lain " * 60, "contoh contoh contoh", "lain lain"]
    keep(case, *(a_post(n, text) for n, text in enumerate(texts, 1)))
    engine = ready(case)
    assert [hit.post.id for hit in engine.search("contoh").hits] == [a_post(2).id, a_post(1).id]
    assert engine.search("contoh OR lain").total == 3
