"""The chain of labels (a CRF): how probable each is at each token, given its neighbours, and the names that stand out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LABELS = ("O", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-PERSON", "I-PERSON")
"""Outside, and the first and later tokens of each kind of name."""
TYPES = ("ORG", "LOC", "PERSON")
_SCALED = 12  # steps after which products are scaled, long before they leave the range of floats
_IN_A_NAME = 0.5  # probability from which a token belongs to a name

Floats = NDArray[np.float64]


class Tagged(NamedTuple):
    """A name by the indexes of its first token and of the one after its last; `probability` is the chain's own."""

    first: int
    end: int
    label: str
    probability: float


def marginals(parts: Sequence[Floats], chain: Floats) -> list[Floats]:
    """The probability of each label at each token of parts that begin and end beside "outside".

    Forward-backward (Rabiner 1989), all parts at once and both ways in one pass: backwards is forwards through the
    parts reversed, with the chain turned round.
    """
    longest, labels = max(map(len, parts)), len(LABELS)
    emitted = np.zeros((longest, len(parts), 2, labels))
    emitted[..., 0] = 1.0  # beside a shorter part all is outside
    for i, scores in enumerate(parts):
        emitted[: len(scores), i, 0] = np.exp(scores - scores.max(axis=1, keepdims=True))
    emitted[:, :, 1] = emitted[::-1, :, 0]
    said = emitted.reshape(longest, len(parts), 2 * labels)
    ways = np.zeros((2 * labels, 2 * labels))
    ways[:labels, :labels], ways[labels:, labels:] = chain, chain.T
    reached = np.empty((longest + 1, len(parts), 2 * labels))
    reached[0, :, :labels], reached[0, :, labels:] = chain[0], chain[:, 0]
    for at in range(longest):
        np.dot(reached[at] * said[at], ways, out=reached[at + 1])
        if at % _SCALED == 0:
            both_ways = reached[at + 1].reshape(len(parts), 2, labels)
            both_ways /= both_ways.sum(axis=2, keepdims=True)
    chances = reached[:-1, :, :labels] * said[:, :, :labels] * reached[-2::-1, :, labels:]
    chances /= chances.sum(axis=2, keepdims=True)
    return [chances[: len(scores), i] for i, scores in enumerate(parts)]


def names_in(rows: Floats, shift: int) -> Iterator[Tagged]:
    """The names that a part's probabilities tell; their indexes are raised by `shift`."""
    inside = np.flatnonzero(rows[:, 0] <= 1.0 - _IN_A_NAME).tolist()
    first, kind, sure, before = -1, -1, 1.0, -2
    for i, (_, *row) in zip(inside, rows[inside].tolist(), strict=True):
        kinds = [row[0] + row[1], row[2] + row[3], row[4] + row[5]]
        best = max(range(len(TYPES)), key=kinds.__getitem__)
        if i != before + 1 or best != kind or row[2 * best] > row[2 * best + 1]:
            if first >= 0:
                yield Tagged(shift + first, shift + before + 1, TYPES[kind], sure)
            first, kind, sure = i, best, kinds[best]
        else:
            sure = min(sure, kinds[best])
        before = i
    if first >= 0:
        yield Tagged(shift + first, shift + before + 1, TYPES[kind], sure)
