"""Texts that were sent many times."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.records import Connections
from graph.connect import connect
from graph.settings import load_settings
from graph.texts import TextShape, letters_in, shape_of
from tests.graph.making import phone, place, read_post
from tests.graph.wordings import PAIRS, A, B, offer


def texts_of(connections: Connections) -> list[tuple[str, int]]:
    return [(entity.id, entity.posts) for entity in connections.entities if entity.label == "TEXT"]


@pytest.mark.parametrize("lang", PAIRS)
def test_a_text_with_another_number_and_town_and_small_changes_is_the_same(lang: str) -> None:
    first, second = PAIRS[lang]
    connections = connect([offer(1, first, "Poipet", A), offer(2, second, "Bavet", B)])
    assert [count for _, count in texts_of(connections)] == [2]


def test_different_offers_are_different_texts() -> None:
    posts = [offer(n, first, "Poipet", A) for n, (first, _) in enumerate(PAIRS.values())]
    assert texts_of(connect(posts)) == []


def test_texts_too_short_to_tell_from_chance_are_not_compared() -> None:
    posts = [offer(n, "Loker {} {}", "Poipet", contact) for n, contact in enumerate((A, B))]
    assert texts_of(connect(posts)) == []


def test_the_shown_template_holds_no_contact() -> None:
    text = f"{PAIRS['id'][0].format('Poipet', A)} atau 0812 0000 0009"
    named = {"Poipet": place("KH/poipet", "Poipet", "destination"), A: phone(A)}
    posts = [read_post(n, text, named) for n in range(2)]
    names = [entity.name for entity in connect(posts).entities if entity.label == "TEXT"]
    assert len(names) == 1
    assert names[0].startswith("Dibutuhkan admin chat untuk …")
    assert not any(character.isdigit() for character in names[0])


def test_a_text_keeps_its_id_when_copies_are_added() -> None:
    first, second = PAIRS["id"]
    before = [offer(1, first, "Poipet", A), offer(2, first, "Bavet", A)]
    after = [*before, offer(3, second, "Poipet", B)]
    assert [key for key, _ in texts_of(connect(before))] == [key for key, _ in texts_of(connect(after))]


def test_copies_of_one_text_are_one_witness() -> None:
    first = PAIRS["id"][0]
    once = connect([offer(1, first, "Poipet", A)])
    often = connect([offer(n, first, "Poipet", A) for n in range(10)])
    twice = connect([offer(1, first, "Poipet", A), offer(2, PAIRS["vi"][0], "Poipet", A)])

    def sends(connections: Connections) -> list[float]:
        return [link.confidence for link in connections.links if link.kind.value == "sends_to"]

    assert sends(once) == sends(often)
    assert sends(twice)[0] > sends(once)[0]


def shape(text: str) -> TextShape:
    """The shape of a text in which the reader found nothing."""
    return shape_of(text, (), load_settings().texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tuyển dụng nhân viên, lương cao!", "TUYEN DUNG nhan vien - luong cao 🔥"),
        ("ｈｉｒｉｎｇ agents 24/7", "Hiring agents"),
        ("អាយុ ១៨ ឆ្នាំ", "អាយុ ២៥ ឆ្នាំ"),
    ],
)
def test_case_marks_signs_and_digits_do_not_matter(one: str, other: str) -> None:
    assert shape(one) == shape(other)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_shape_has_letters_only_and_is_its_own_shape(text: str) -> None:
    letters = shape(text).letters
    assert letters == "" or letters.isalnum()
    assert shape(letters).letters == letters_in(letters)
    assert (shape(text).key is None) == (letters == "")


def test_a_text_counts_up_to_its_longest_character() -> None:
    longest = load_settings().texts.longest
    assert shape("a" * 1_000_000) == shape("a" * longest)
