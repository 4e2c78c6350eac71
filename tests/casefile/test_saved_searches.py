"""Searches that a case keeps by name."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import NotFound, QueryError, SettingsError
from casefile.saved_searches import FILE, remove_search, save_search, saved_search, saved_searches

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


def test_a_search_is_kept_under_its_name_until_it_is_removed(case: Case) -> None:
    assert saved_searches(case.folder) == {}
    save_search(case.folder, " Offers  towards Poipet ", "poipet kind:recruitment")
    save_search(case.folder, "งานปอยเปต", "ปอยเปต")
    assert list(saved_searches(case.folder)) == ["Offers towards Poipet", "งานปอยเปต"]
    save_search(case.folder, "Offers towards Poipet", "poipet lang:id")
    assert saved_search(case.folder, "Offers towards Poipet") == "poipet lang:id"
    remove_search(case.folder, "Offers towards Poipet")
    with pytest.raises(NotFound, match="งานปอยเปต"):
        saved_search(case.folder, "Offers towards Poipet")


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=WORDS, query=WORDS)
def test_any_name_and_query_come_back_as_they_were_saved(case: Case, name: str, query: str) -> None:
    try:
        save_search(case.folder, name, query)
    except QueryError:
        return  # a query that nobody can ask, or a name that cannot be printed
    assert saved_search(case.folder, name) == query
    remove_search(case.folder, name)


@pytest.mark.parametrize(
    ("name", "query"), [("", "poipet"), ("x" * 81, "poipet"), ("a\x00b", "poipet"), ("a", " "), ("a", 'kind:"wrong"')]
)
def test_what_cannot_be_a_saved_search_is_refused(case: Case, name: str, query: str) -> None:
    with pytest.raises(QueryError):
        save_search(case.folder, name, query)
    assert not (case.folder / FILE).exists()


def test_what_an_investigator_wrote_beside_them_stays(case: Case) -> None:
    (case.folder / FILE).write_text("# ours\nsearches:\n  Poipet: poipet  # every Monday\n", encoding="utf-8")
    save_search(case.folder, "Bavet", "bavet")
    text = (case.folder / FILE).read_text(encoding="utf-8")
    assert "# ours" in text and "# every Monday" in text and "Bavet: bavet" in text


@pytest.mark.parametrize("change", [lambda f: save_search(f, "b", "bavet"), lambda f: remove_search(f, "a")])
def test_a_file_with_mistakes_is_told_with_its_line_and_never_written_over(
    case: Case, change: Callable[..., None]
) -> None:
    wrong = "searches:\n  a: poipet\n  b: 'kind:wrong'\n"
    (case.folder / FILE).write_text(wrong, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"searches.yml, line 3"):
        change(case.folder)
    assert (case.folder / FILE).read_text(encoding="utf-8") == wrong


def test_many_who_save_at_once_lose_nothing(case: Case) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: save_search(case.folder, f"s{number}", f"word{number}"), range(12)))
    assert len(saved_searches(case.folder)) == 12
