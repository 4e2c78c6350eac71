"""The measure of campaigns and the ways that they are compared with."""

from __future__ import annotations

import pytest

from benchmarks.texts import agreement, campaigns
from benchmarks.texts_rivals import exact, infoshield, minhash
from benchmarks.texts_world import rough_copies

TRUTH = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "3"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({post: f"x{campaign}" for post, campaign in TRUTH.items()}, (1.0, 1.0, 1.0)),
        (dict.fromkeys(TRUTH, "one"), (0.0, 4 / 15, 1.0)),
        (dict(zip(TRUTH, TRUTH, strict=True)), (0.0, 0.0, 0.0)),
        ({**TRUTH, "c": "2"}, ((2 - 16 / 15) / (4 - 16 / 15), 2 / 4, 2 / 4)),
    ],
    ids=["all right", "all together", "all apart", "one wrong"],
)
def test_agreement_is_the_adjusted_rand_index(found: dict[str, str], expected: tuple[float, float, float]) -> None:
    assert agreement(TRUTH, found) == pytest.approx(expected, abs=0.001)


def test_rough_copies_are_the_same_for_the_same_seed() -> None:
    assert rough_copies(50, 1) == rough_copies(50, 1) != rough_copies(50, 2)


def test_rough_copies_are_found_better_than_by_the_ways_compared_with() -> None:
    posts = rough_copies(300, 3)
    texts = {post.id: post.text.casefold() for post in posts}
    truth = {post.id: str(post.campaign) for post in posts}
    ours = agreement(truth, campaigns(texts, dict.fromkeys(texts, ())))[0]
    others = [exact(texts), infoshield(texts), *(minhash(texts, threshold) for threshold in (0.5, 0.6, 0.7))]
    assert ours > max(agreement(truth, found)[0] for found in others)
