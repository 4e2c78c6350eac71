"""Logistic regression, small and open: points by feature, held to zero, with their sign where it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

_ROUNDS = 500
_SEED = 1


def fit_kinds(shown: Matrix, told: Matrix, hold: float) -> Matrix:
    """Points by feature and class: the likeliest under a normal prior around zero (`hold`: inverse variance).

    `shown` is posts × features, its first column all ones, of which the points are free; `told` is posts × classes.
    """
    held = np.full((shown.shape[1], 1), hold)
    held[0] = 0.0
    steepest = float(0.5 * np.linalg.norm(shown, 2) ** 2 + hold)
    slope: Callable[[Matrix], Matrix] = lambda points: shown.T @ (chances(shown @ points) - told) + held * points  # noqa: E731
    return _descend(slope, np.zeros((shown.shape[1], told.shape[1])), 1.0 / steepest, lambda points: points)


def fit_suspects(shown: Matrix, told: Matrix, signs: Matrix, hold: float) -> Matrix:
    """Points by feature for yes or no, never against its sign: what speaks for it may weigh nothing, but not against it."""
    held = np.where(signs == 0, 0.0, hold)
    steepest = float(0.25 * np.linalg.norm(shown, 2) ** 2 + hold)
    slope: Callable[[Matrix], Matrix] = lambda points: shown.T @ (share(shown @ points) - told) + held * points  # noqa: E731
    keep: Callable[[Matrix], Matrix] = lambda points: np.where(points * signs < 0, 0.0, points)  # noqa: E731
    return _descend(slope, np.zeros(shown.shape[1]), 1.0 / steepest, keep)


def _descend(
    slope: Callable[[Matrix], Matrix], points: Matrix, step: float, keep: Callable[[Matrix], Matrix]
) -> Matrix:
    """Accelerated gradient descent with projection (FISTA: Beck and Teboulle, SIAM J. Imaging Sciences 2, 2009)."""
    ahead, speed = points, 1.0
    for _ in range(_ROUNDS):
        after = keep(ahead - step * slope(ahead))
        faster = (1.0 + np.sqrt(1.0 + 4.0 * speed * speed)) / 2.0
        ahead = after + (speed - 1.0) / faster * (after - points)
        points, speed = after, float(faster)
    return points


def chances(points: Matrix) -> Matrix:
    """The probability of each class (softmax)."""
    odds: Matrix = np.exp(points - points.max(axis=1, keepdims=True))
    total: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return total


def share(points: Matrix) -> Matrix:
    """The probability of yes (logistic function)."""
    told: Matrix = 1.0 / (1.0 + np.exp(-np.clip(points, -30.0, 30.0)))
    return told


def folds(count: int, parts: int) -> Iterator[tuple[Rows, Rows]]:
    """Cross-validation: rows to learn from and rows to measure by, each row measured once."""
    part = np.random.default_rng(_SEED).permutation(count) % parts
    for i in range(parts):
        yield np.flatnonzero(part != i), np.flatnonzero(part == i)
