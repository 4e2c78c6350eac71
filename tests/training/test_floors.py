"""How well names are found in posts of our own that no model has learnt from. A floor only rises."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from training.corpora import own_posts
from training.evaluate import Tally, count, f1

FLOORS = {"en": 73, "hi": 65, "id": 75, "km": 66, "ms": 75, "my": 69, "th": 75, "tl": 77, "vi": 67, "zh": 69}
"""Strict F1 (span and label) over ORG, LOC and PERSON, in per cent."""


@cache
def tallies(*, with_model: bool) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for lang, post in own_posts(held_out=True, fillings=2):
        found.setdefault(lang, Counter()).update(count([post], with_model=with_model))
    return found


@pytest.mark.parametrize(("lang", "floor"), FLOORS.items())
def test_names_in_our_own_posts_are_found(lang: str, floor: float) -> None:
    assert f1(tallies(with_model=True)[lang]) >= floor


def test_the_model_finds_more_persons_than_the_rules() -> None:
    with_model, by_rules = (sum(tallies(with_model=asked).values(), Counter()) for asked in (True, False))
    assert f1(with_model, ["PERSON"]) >= f1(by_rules, ["PERSON"]) + 20
    assert f1(with_model) >= f1(by_rules) + 5
