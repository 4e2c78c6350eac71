"""Corrections as lines of the journal, and where their words stand in a text that changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.case import Case
from casefile.corrections import Change, Words, by_post, correction_entry, kind_told
from casefile.errors import CaseError, CorrectionError, JudgementError, NotFound
from casefile.records import Label, PostKind, Role
from tests.casefile.making import a_post, a_reading, keep

TEXT = "Hubungi 0812-0000-0001, kantor di Medan"
WORDS = Words.of(TEXT, 8, 22)


def test_corrections_are_read_as_they_were_written_until_they_are_taken_back(case: Case) -> None:
    kind = case.correct("a", Change(kind=PostKind.WARNING), "he warns")
    place = case.correct("a", Change(words=WORDS, label=Label.LOC, value="ID/medan", role=Role.ORIGIN), "it says so")
    assert case.corrections() == (kind, place)
    assert by_post(case.corrections()) == {"a": (kind, place)}
    taken = case.take_back(kind.sequence, "no")
    assert case.corrections() == (taken, place) and taken.undone_by == place.sequence + 1
    assert by_post(case.corrections()) == {"a": (place,)}
    with pytest.raises(NotFound, match="was taken back"):
        case.take_back(kind.sequence, "again")


def test_a_judgement_is_no_correction_and_the_other_way_round(case: Case) -> None:
    corrected = case.correct("a", Change(kind=PostKind.NEWS), "it is a newspaper")
    assert case.judgements() == ()
    with pytest.raises(NotFound, match="no judgement"):
        case.undo(corrected.sequence, "no")


def test_the_last_kind_that_was_told_holds(case: Case) -> None:
    for kind in (PostKind.WARNING, PostKind.PLEA):
        case.correct("a", Change(kind=kind), "seen")
    assert kind_told(case.corrections()) is PostKind.PLEA and kind_told(()) is None


def test_the_journal_keeps_no_words_of_a_post(case: Case) -> None:
    case.correct("a", Change(words=WORDS, label=Label.PHONE), "an order number")
    assert "0812" not in case.journal.path.read_text()


@pytest.mark.parametrize(
    "change",
    [
        Change(),
        Change(kind=PostKind.NEWS, words=WORDS, label=Label.PHONE),
        Change(words=WORDS),
        Change(label=Label.PHONE, value="+62"),
        Change(words=WORDS, label=Label.PHONE, value="+62", role=Role.ORIGIN),
        Change(words=WORDS, label=Label.LOC, role=Role.ORIGIN),
        Change(words=WORDS, label=Label.ORG, value="x" * 501),
    ],
)
def test_what_sets_nothing_right_is_refused(change: Change) -> None:
    with pytest.raises(CorrectionError):
        correction_entry("a", change, "because")


def test_a_correction_needs_a_reason(case: Case) -> None:
    with pytest.raises(JudgementError, match="reason"):
        case.correct("a", Change(kind=PostKind.NEWS), "  ")


def test_a_line_that_is_not_understood_is_not_passed_over(case: Case) -> None:
    case.journal.append(
        [{"type": "correction", "at": "2026-01-01T00:00:00+00:00", "by": "x", "post": "a", "kind": "lie"}]
    )
    with pytest.raises(CaseError, match="does not understand"):
        case.corrections()


@pytest.mark.parametrize("span", [(0, 0), (-1, 3), (5, 400), (9, 8)])
def test_words_stand_in_the_text(span: tuple[int, int]) -> None:
    with pytest.raises(CorrectionError):
        Words.of(TEXT, *span)


@given(st.text(max_size=40), st.text(min_size=1, max_size=8), st.text(max_size=40), st.text(max_size=40))
def test_words_are_found_again_in_an_edited_text(before: str, said: str, after: str, edit: str) -> None:
    words = Words.of(before + said + after, len(before), len(before) + len(said))
    assert words.place_in(before + said + after) == (len(before), len(before) + len(said))
    place = words.place_in(edit + said + after)
    assert place is not None and (edit + said + after)[slice(*place)] == said
    assert said in edit or words.place_in(edit) is None


def test_a_post_is_unread_until_its_reading_carries_just_its_corrections(case: Case) -> None:
    post = a_post(1)
    keep(case, post, a_post(2))
    case.store.save_readings([a_reading(post), a_reading(a_post(2))], "v1")
    for corrections in ([7], [7, 9], []):
        case.store.expect_corrections({post.id: corrections} if corrections else {})
        assert [one.id for one in case.store.unread_posts("v1")] == [post.id]
        case.store.save_readings([a_reading(post, corrections=tuple(corrections))], "v1")
        case.store.expect_corrections({post.id: corrections} if corrections else {})
        assert case.store.count_unread("v1") == 0
        reading = case.store.reading(post.id)
        assert reading is not None and reading.corrections == tuple(corrections)
