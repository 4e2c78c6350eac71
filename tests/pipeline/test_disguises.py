"""Disguised contacts and look-alikes: how many are read right, whatever is done to their text. Floors only rise."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.disguises import CONTACTS, Case, Outcome, by_technique, outcomes, read_cases, share
from casefile.records import Label, Mention
from pipeline.extract.contacts import contacts
from pipeline.folding import fold
from pipeline.hints import Hints

SETS = {"contacts": 0.99, "contacts_later": 0.97, "lookalikes": 0.99, "lookalikes_later": 0.99}
LEAST_OF_A_TECHNIQUE = 0.9
LANGUAGES = {"id", "ms", "tl", "en", "vi", "th", "zh", "my", "km", "hi"}
FILLING = "Baris lain tanpa kontak.\nJust some other words."


@cache
def results(name: str) -> list[Outcome]:
    return list(outcomes(read_cases(name)))


@pytest.mark.parametrize(("name", "least"), SETS.items())
def test_so_many_are_read_right(name: str, least: float) -> None:
    assert share(results(name)) >= least


@pytest.mark.parametrize("name", ["contacts", "lookalikes"])
def test_no_technique_falls_behind(name: str) -> None:
    assert {
        technique: share(held)
        for technique, held in by_technique(results(name)).items()
        if len(held) >= 10 and share(held) < LEAST_OF_A_TECHNIQUE
    } == {}


@pytest.mark.parametrize("name", ["contacts", "lookalikes"])
def test_the_sets_are_large_and_speak_all_languages(name: str) -> None:
    cases = read_cases(name)
    assert len(cases) >= 390
    assert {case.language for case in cases} >= LANGUAGES


def test_no_text_stands_in_two_sets() -> None:
    texts = [case.text for name in SETS for case in read_cases(name)]
    assert len(set(texts)) == len(texts)


def hints(case: Case) -> Hints:
    return Hints(lang=case.language, regions=(case.region,) if case.region else ())


def found(case: Case, text: str) -> set[tuple[Label, str]]:
    """The contacts in a text, when nothing but the case's language and country is known."""
    mentions: list[Mention] = list(contacts(text, fold(text), hints(case)))
    assert all(text[mention.start : mention.end] == mention.surface for mention in mentions)
    return {(mention.label, mention.value) for mention in mentions if mention.label in CONTACTS}


FOUND = [case for case in read_cases("contacts") if (case.label, case.value) in found(case, case.text)]
each_found = given(st.sampled_from(FOUND))


@each_found
@settings(max_examples=200, deadline=None)
def test_a_contact_is_found_between_other_lines(case: Case) -> None:
    assert found(case, case.text) == found(case, f"{FILLING}\n\n{case.text}\n\n{FILLING}")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFC", text),
        lambda text: "\u200b".join(text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "\r\n"),
    ],
    ids=["NFD", "NFC", "zero-width", "no-break", "CRLF"],
)
@each_found
@settings(max_examples=120, deadline=None)
def test_no_form_of_its_characters_hides_a_contact(change: Callable[[str], str], case: Case) -> None:
    assert (case.label, case.value) in found(case, change(case.text))


# Words in capitals are headlines: a name without a digit or an at-sign is an account in small letters only.
IN_CAPITALS = [
    case
    for case in FOUND
    if case.label in ("PHONE", "EMAIL") or (case.label == "HANDLE" and any(map(str.isdecimal, case.text)))
]


@given(st.sampled_from(IN_CAPITALS))
@settings(max_examples=150, deadline=None)
def test_capitals_hide_no_contact(case: Case) -> None:
    text = case.text.upper()
    if len(text) == len(case.text) and "kakao" not in case.value:  # there capitals count
        assert (case.label, case.value) in found(case, text)
