"""What people set right stands in every reading."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.corrections import BY_A_PERSON, Change, Correction, Words
from casefile.errors import CorrectionError
from casefile.records import Label, Mention, PostKind, Reading, Role
from pipeline.correcting import corrected
from pipeline.meant import value_meant
from pipeline.reader import load_reader

OFFER = "Lowongan admin di Poipet, gaji 800 USD, berangkat dari Medan. WA 0812-0000-9101, PT Contoh Senja"


def told(sequence: int, change: Change) -> Correction:
    return Correction(sequence=sequence, at=datetime.now(UTC), by="x", post_id="a", change=change, because="seen")


def on(text: str, words: str, label: Label, value: str = "", role: Role | None = None) -> Change:
    start = text.index(words)
    return Change(words=Words.of(text, start, start + len(words)), label=label, value=value, role=role)


def read(text: str, *changes: Change) -> Reading:
    corrections = tuple(told(number, change) for number, change in enumerate(changes, 1))
    return load_reader(model=False).read(text, post_id="a", region="ID", corrections=corrections)


def named(reading: Reading, label: Label) -> dict[str, Mention]:
    return {mention.surface: mention for mention in reading.mentions if mention.label is label}


def test_the_kind_that_was_told_decides_how_suspect_a_post_is() -> None:
    before, after = read(OFFER), read(OFFER, Change(kind=PostKind.WARNING))
    assert (before.kind, after.kind, after.kind_confidence) == (PostKind.RECRUITMENT, PostKind.WARNING, 1.0)
    assert after.suspect < before.suspect and after.corrections == (1,)
    assert read(OFFER, Change(kind=PostKind.WARNING), Change(kind=PostKind.RECRUITMENT)).suspect >= before.suspect


def test_words_that_name_no_such_thing_lose_only_that() -> None:
    reading = read(OFFER, on(OFFER, "0812-0000-9101", Label.PHONE))
    assert not named(reading, Label.PHONE)
    assert len(reading.mentions) == len(read(OFFER).mentions) - 1


def test_words_name_what_a_person_says_with_all_that_is_known_of_the_place() -> None:
    medan = named(read(OFFER, on(OFFER, "Medan", Label.LOC, "KH/bavet", Role.TRANSIT)), Label.LOC)["Medan"]
    assert (medan.value, medan.attributes["role"], medan.attributes["country"]) == ("KH/bavet", "transit", "KH")
    assert medan.confidence == 1.0 and medan.extractor == BY_A_PERSON and medan.attributes["lat"]


def test_a_later_correction_of_the_same_words_outranks_an_earlier_one() -> None:
    first, second = (on(OFFER, "PT Contoh Senja", Label.ORG, value) for value in ("Senja", "Contoh Senja"))
    assert [m.value for m in read(OFFER, first, second).mentions if m.label is Label.ORG] == ["Contoh Senja"]
    assert not named(read(OFFER, first, on(OFFER, "PT Contoh Senja", Label.ORG)), Label.ORG)


def test_words_that_stand_elsewhere_now_are_followed_and_words_that_are_gone_change_nothing() -> None:
    change = on(OFFER, "0812-0000-9101", Label.PHONE)
    assert not named(read(f"Diperbarui. {OFFER}", change), Label.PHONE)
    assert named(read(OFFER.replace("9101", "9102"), change), Label.PHONE)


@given(st.data())
def test_corrected_mentions_stand_in_the_text_and_no_two_of_a_label_overlap(data: st.DataObject) -> None:
    mentions = read(OFFER).mentions
    spans = st.tuples(st.integers(0, len(OFFER) - 1), st.integers(1, 40))
    changes = [
        Change(words=Words.of(OFFER, start, min(len(OFFER), start + length)), label=label, value=value)
        for (start, length), label, value in data.draw(
            st.lists(st.tuples(spans, st.sampled_from(Label), st.sampled_from(["", "x"])), max_size=5)
        )
    ]
    after = corrected(OFFER, mentions, [told(number, change) for number, change in enumerate(changes, 1)])
    assert all(OFFER[mention.start : mention.end] == mention.surface for mention in after)
    assert after == sorted(after, key=lambda m: (m.start, -m.end, m.label))
    by_person = [mention for mention in after if mention.extractor == BY_A_PERSON]
    for one in by_person:
        others = [m for m in after if m is not one and m.label is one.label]
        assert all(m.end <= one.start or one.end <= m.start for m in others)
    if changes and changes[-1].value:
        assert any((m.start, m.end) == (changes[-1].words.start, changes[-1].words.end) for m in by_person)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("label", "typed", "value"),
    [
        (Label.PHONE, "0812-0000-9101", "+6281200009101"),
        (Label.PHONE, "+62 812 0000 9101", "+6281200009101"),
        (Label.HANDLE, "tg:@hr_senja_contoh", "telegram:hr_senja_contoh"),
        (Label.HANDLE, "line:senja_contoh", "line:senja_contoh"),
        (Label.LOC, "poipet", "KH/poipet"),
        (Label.LOC, "ปอยเปต", "KH/poipet"),
        (Label.LOC, "KH", "KH"),
        (Label.ORG, " PT  Contoh Senja ", "PT Contoh Senja"),
        (Label.PERSON, "Ibu Contoh", "Ibu Contoh"),
        (Label.EMAIL, "hrd@contoh.example", "hrd@contoh.example"),
    ],
)
def test_what_is_typed_is_understood_as_readings_name_it(label: Label, typed: str, value: str) -> None:
    assert value_meant(label, typed, "ID") == value


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        (Label.PHONE, "soon"),
        (Label.LOC, "nowhere at all"),
        (Label.HANDLE, "@x"),
        (Label.SALARY, "800"),
        (Label.ORG, " "),
    ],
)
def test_what_is_not_understood_is_refused_with_an_example(label: Label, typed: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        value_meant(label, typed, "ID")
    assert refused.value.remedy
