"""The yardsticks that accuracy is told by."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.eval.calibration import expected_error
from benchmarks.eval.kinds import area, tell_kinds
from benchmarks.eval.reading import Pair, read_posts
from benchmarks.regression import fit_kinds, fit_suspects, folds


def pair(marked: str, read: str, *, suspect: bool = False, score: float = 0.0, sure: float = 0.9) -> Pair:
    return Pair(
        {"id": "1", "lang": "id", "text": "", "kind": marked, "suspect": suspect},
        {"kind": read, "kind_confidence": sure, "suspect": score},
    )


def test_confidences_that_come_true_have_no_error() -> None:
    assert expected_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0.0)


def test_confidences_that_boast_have_the_difference_as_error() -> None:
    assert expected_error([(0.9, False), (0.9, True)]) == pytest.approx(0.4)


def test_the_area_counts_ties_half() -> None:
    posts = [pair("other", "other", suspect=suspect, score=0.5) for suspect in (True, False)]
    assert area(posts) == 0.5
    assert area(posts[:1]) is None


def test_a_sure_offer_that_is_none_is_told() -> None:
    told = "\n".join(tell_kinds([pair("plea", "recruitment"), pair("plea", "recruitment", sure=0.5)]))
    assert "none: 1 of 2" in told


def test_posts_are_read_by_their_text_alone() -> None:
    post = {"id": "7", "lang": "xx", "text": "Lowongan kerja,\u2028gaji 5 juta", "kind": "news", "suspect": True}
    (read,) = read_posts([post])
    assert read.read["id"] == "7"
    assert read.read["lang"] == "id"


def test_every_row_is_measured_once_and_never_by_what_learnt_it() -> None:
    parts = list(folds(11, 4))
    assert sorted(row for _, measured in parts for row in measured) == list(range(11))
    assert all(not set(learnt) & set(measured) for learnt, measured in parts)


def test_points_never_go_against_their_sign() -> None:
    shown = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]] * 20)
    told = np.array([1.0, 0.0] * 20)
    points = fit_suspects(shown, told, np.array([0.0, -1.0, -1.0]), hold=0.5)
    assert points[1] == 0.0
    assert points[2] < 0.0


def test_kinds_are_learnt_from_what_parts_them() -> None:
    shown = np.array([[1.0, 1.0], [1.0, 0.0]] * 20)
    told = np.array([[1.0, 0.0], [0.0, 1.0]] * 20)
    points = fit_kinds(shown, told, hold=0.5)
    assert points[1, 0] > 0.5 > -0.5 > points[1, 1]
