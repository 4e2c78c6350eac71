"""Overlapping claims."""

from __future__ import annotations

from casefile.records import Label, Mention
from pipeline.settle import settle


def mention(label: Label, start: int, end: int, confidence: float = 0.9) -> Mention:
    return Mention(
        label=label,
        start=start,
        end=end,
        surface="x" * (end - start),
        value="x",
        confidence=confidence,
        extractor="test",
    )


def labels(*mentions: Mention) -> list[Label]:
    return [kept.label for kept in settle(mentions)]


def test_a_place_inside_a_company_is_part_of_its_name() -> None:
    assert labels(mention(Label.LOC, 3, 8), mention(Label.ORG, 0, 20)) == [Label.ORG]


def test_a_number_inside_a_link_stays_beside_the_link() -> None:
    assert labels(mention(Label.PHONE, 14, 25), mention(Label.URL, 0, 25)) == [Label.URL, Label.PHONE]


def test_nothing_is_found_inside_an_address() -> None:
    inside = [mention(label, 2, 6) for label in (Label.LOC, Label.ORG, Label.PERSON, Label.INDICATOR)]
    assert labels(mention(Label.EMAIL, 0, 20), *inside) == [Label.EMAIL]


def test_a_sign_may_lie_over_pay() -> None:
    assert labels(mention(Label.INDICATOR, 0, 10), mention(Label.SALARY, 0, 10)) == [Label.INDICATOR, Label.SALARY]


def test_a_known_place_outranks_an_unsure_person() -> None:
    assert labels(mention(Label.PERSON, 0, 5, 0.6), mention(Label.LOC, 0, 5)) == [Label.LOC]
    assert labels(mention(Label.PERSON, 0, 5, 0.9), mention(Label.LOC, 0, 5)) == [Label.PERSON]


def test_one_label_stands_once_at_one_place() -> None:
    kept = settle([mention(Label.INDICATOR, 0, 5, 0.5), mention(Label.INDICATOR, 0, 5, 0.8)])
    assert [sign.confidence for sign in kept] == [0.8]
