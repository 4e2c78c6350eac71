"""How well kinds and suspects are told in posts of our own that nothing was learnt from. A floor only rises."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.eval.calibration import expected_error
from benchmarks.labelled import Labelled, read_held_out
from casefile.records import PostKind

KIND_FLOORS = {
    "en": 0.70, "hi": 0.82, "id": 0.80, "km": 0.80, "ms": 0.80, "my": 0.75, "th": 0.82, "tl": 0.72, "vi": 0.84, "zh": 0.84,
}  # fmt: skip


@cache
def held_out() -> tuple[Labelled, ...]:
    return tuple(read_held_out())


def share_of_right_kinds(posts: list[Labelled]) -> float:
    return sum(post.draft.kind is post.kind for post in posts) / len(posts)


@pytest.mark.parametrize(("lang", "floor"), KIND_FLOORS.items())
def test_the_kind_is_told_in_every_language(lang: str, floor: float) -> None:
    assert share_of_right_kinds([post for post in held_out() if post.lang == lang]) >= floor


def test_the_kind_is_told_over_all() -> None:
    assert share_of_right_kinds(list(held_out())) >= 0.83


def test_confidences_of_kinds_are_honest() -> None:
    assert expected_error([(post.draft.kind_confidence, post.draft.kind is post.kind) for post in held_out()]) <= 0.08


def test_hardly_any_other_post_is_a_sure_offer() -> None:
    others = [post.draft for post in held_out() if post.kind is not PostKind.RECRUITMENT]
    sure = [draft for draft in others if draft.kind is PostKind.RECRUITMENT and draft.kind_confidence >= 0.7]
    assert len(sure) <= 0.04 * len(others)


def test_suspects_stand_above_the_rest() -> None:
    suspects, rest = ([post.draft.suspect for post in held_out() if post.suspect is side] for side in (True, False))
    above = sum((high > low) + 0.5 * (high == low) for high in suspects for low in rest)
    assert above >= 0.89 * len(suspects) * len(rest)


def test_no_plea_warning_or_news_is_a_suspect() -> None:
    kinds = (PostKind.PLEA, PostKind.WARNING, PostKind.NEWS)
    assert not [post.draft.text for post in held_out() if post.kind in kinds and post.draft.suspect >= 0.5]
