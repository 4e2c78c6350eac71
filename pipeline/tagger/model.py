"""The model of one script: what every key says for and against each label, added up and read as a chain (a CRF)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.tagger.features import context_keys, word_keys
from pipeline.tagger.lexicon import MODEL
from pipeline.tagger.tokens import Token

LABELS = ("O", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-PERSON", "I-PERSON")
"""Outside, and the first and later tokens of each kind of name."""
TYPES = ("ORG", "LOC", "PERSON")
FURTHEST = 3  # tokens that a key reaches to each side
_CACHED = 40_000  # words whose sums are kept
_SURELY_OUTSIDE = 10.0  # a lead of "outside" that no neighbour makes up for
_NEAR = 6  # tokens around a doubtful one that are looked at with it
_DOUBTFUL = 0.0  # lead of "outside" below which a token may begin or carry a name
_SCALED = 12  # steps after which products are scaled, long before they leave the range of floats
_IN_A_NAME = 0.5  # probability from which a token belongs to a name

Floats = NDArray[np.float32]


class Tagged(NamedTuple):
    """A name by the indexes of its first token and of the one after its last; `probability` is the chain's own."""

    first: int
    end: int
    label: str
    probability: float


class Model:
    """One trained model, read from a file of plain arrays."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as held:
            keys = bytes(held["keys"]).decode().split("\n")
            rows = np.repeat(np.arange(len(keys)), held["counts"])
            self._weights = np.zeros((len(keys), (2 * FURTHEST + 1) * len(LABELS)), dtype=np.float16)
            self._weights[rows, held["cells"]] = held["values"]
            self._chain: Floats = held["chain"].astype(np.float32)
        self._rows = dict(zip(keys, range(len(keys)), strict=True))
        self._words: dict[tuple[str, str], Floats] = {}

    def tag(self, text: str, tokens: Sequence[Token]) -> list[Tagged]:
        """The names among the tokens of one sequence."""
        scores = self._scores(text, tokens)
        lead = scores[:, 0] - scores[:, 1:].max(axis=1)
        doubts = (
            np.convolve(lead < _DOUBTFUL, np.ones(2 * _NEAR + 1), "same")[: len(lead)] if len(lead) > 2 * _NEAR else 1
        )
        unsure = np.flatnonzero((lead < _SURELY_OUTSIDE) & (doubts > 0))
        parts = np.split(unsure, np.flatnonzero(np.diff(unsure) > 1) + 1)
        parts = [part for part in parts if len(part) and lead[part].min() < _DOUBTFUL]
        if not parts:
            return []
        chances = _marginals([scores[part] for part in parts], self._chain)
        return [name for part, rows in zip(parts, chances, strict=True) for name in _names(rows, int(part[0]))]

    def _scores(self, text: str, tokens: Sequence[Token]) -> Floats:
        """What speaks for each label at each token, before the chain is looked at."""
        size = len(tokens)
        anchored = np.array([self._word(token.text, token.script) for token in tokens])
        rows, at = [], []
        for i, keys in enumerate(context_keys(text, tokens)):
            for key in keys:
                row = self._rows.get(key)
                if row is not None:
                    rows.append(row)
                    at.append(i)
        if rows:
            places, firsts = np.unique(at, return_index=True)
            anchored[places] += np.add.reduceat(self._weights[rows].astype(np.float32), firsts, axis=0)
        reach = anchored.reshape(size, 2 * FURTHEST + 1, len(LABELS))
        scores = reach[:, FURTHEST].copy()
        for far in range(1, min(FURTHEST, size - 1) + 1):
            scores[far:] += reach[:-far, FURTHEST + far]
            scores[:-far] += reach[far:, FURTHEST - far]
        return scores

    def _word(self, text: str, script: str) -> Floats:
        held = self._words.get((text, script))
        if held is None:
            rows = [self._rows[key] for key in word_keys(text, script) if key in self._rows]
            held = self._weights[rows].sum(axis=0, dtype=np.float32)
            if len(self._words) >= _CACHED:
                self._words.clear()
            self._words[text, script] = held
        return held


_folder = MODEL


def read_from(folder: Path) -> None:
    """Read models from another folder than the package's, as those who train them do."""
    global _folder  # one model a process; nothing else is worth carrying a folder through all calls
    _folder = folder
    load_model.cache_clear()


@cache
def load_model(name: str) -> Model | None:
    """The model for a script, read on first use; None where the folder has none."""
    path = _folder / f"{name}.npz"
    return Model(path) if path.is_file() else None


def _marginals(parts: Sequence[Floats], chain: Floats) -> list[list[list[float]]]:
    """The probability of each label at each token of parts that begin and end beside "outside"; all parts at once."""
    longest = max(map(len, parts))
    emitted = np.zeros((longest, len(parts), len(LABELS)))
    emitted[:, :, 0] = 1.0  # behind a shorter part all is outside
    for i, scores in enumerate(parts):
        emitted[: len(scores), i] = np.exp(scores - scores.max(axis=1, keepdims=True))
    forth, back = np.empty_like(emitted), np.empty_like(emitted)
    moved, backwards = chain[:1].astype(np.float64), chain.T.astype(np.float64)
    for at in range(longest):
        forth[at] = moved * emitted[at]
        moved = forth[at] @ chain
        if at % _SCALED == 0:
            moved /= moved.sum(axis=1, keepdims=True)
    moved = backwards[:1]
    for at in range(longest - 1, -1, -1):
        back[at] = moved
        moved = (moved * emitted[at]) @ backwards
        if at % _SCALED == 0:
            moved /= moved.sum(axis=1, keepdims=True)
    both = forth * back
    both /= both.sum(axis=2, keepdims=True)
    return [both[: len(scores), i].tolist() for i, scores in enumerate(parts)]


def _names(rows: Sequence[Sequence[float]], shift: int) -> list[Tagged]:
    found: list[Tagged] = []
    first, kind, sure = -1, -1, 1.0
    for i, row in enumerate([*rows, [1.0] + [0.0] * (len(LABELS) - 1)]):
        kinds = [row[1] + row[2], row[3] + row[4], row[5] + row[6]]
        best = max(range(3), key=kinds.__getitem__)
        inside = 1.0 - row[0] >= _IN_A_NAME
        begins = inside and (best != kind or row[1 + 2 * best] > row[2 + 2 * best])
        if first >= 0 and (begins or not inside):
            found.append(Tagged(shift + first, shift + i, TYPES[kind], sure))
            first = -1
        if begins:
            first, kind, sure = i, best, kinds[best]
        elif inside:
            sure = min(sure, kinds[best])
        if not inside:
            kind = -1
    return found
