"""The model of one script: what every key says for and against each label, added up at each token of a sequence."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.tagger.chain import LABELS, Floats, Tagged, marginals, names_in
from pipeline.tagger.doubt import doubtful_parts
from pipeline.tagger.features import Frame, frame_keys, frames_of, neighbour_keys, word_keys
from pipeline.tagger.lexicon import MODEL
from pipeline.tagger.tokens import Token

FURTHEST = 3  # tokens that a key reaches to each side
_REACHED = 2 * FURTHEST + 1
_CELLS = _REACHED * len(LABELS)
_CACHED = 40_000  # words and frames whose sums are kept: 8 MB each

Integers = NDArray[np.intp]
Key = TypeVar("Key", bound=Hashable)


class Model:
    """One trained model, read from a file of plain arrays."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as held:
            keys = bytes(held["keys"]).decode().split("\n")
            self._counts = held["counts"].astype(np.intp)
            self._cells = held["cells"].astype(np.intp)
            self._values = held["values"].astype(np.float64)
            self._chain: Floats = held["chain"].astype(np.float64)
        self._starts = np.cumsum(self._counts) - self._counts
        self._rows = dict(zip(keys, range(len(keys)), strict=True))
        self._words = _Sums[tuple[str, str]](lambda word: self._sum(word_keys(*word)))  # text and script
        self._frames = _Sums[Frame](lambda frame: self._sum(frame_keys(frame)))

    def tag(self, text: str, tokens: Sequence[Token]) -> list[Tagged]:
        """The names among the tokens of one sequence."""
        scores = self._scores(text, tokens)
        spans = list(doubtful_parts(scores[:, 0] - scores[:, 1:].max(axis=1)))
        if not spans:
            return []
        chances = marginals([scores[first:end] for first, end in spans], self._chain)
        return [name for (first, _), rows in zip(spans, chances, strict=True) for name in names_in(rows, first)]

    def _scores(self, text: str, tokens: Sequence[Token]) -> Floats:
        """What speaks for each label at each token, before the chain is looked at: shape (tokens, labels)."""
        scores = self._of_neighbours(neighbour_keys(text, tokens))
        sums = self._words.of([(token.text, token.script) for token in tokens]) + self._frames.of(frames_of(tokens))
        for at in range(_REACHED):
            scores[at : at + len(tokens)] += sums[:, at]
        return scores[FURTHEST:-FURTHEST]

    def _of_neighbours(self, keys: Sequence[Sequence[str]]) -> Floats:
        """The sums of keys that name several words, too many to be kept; FURTHEST tokens longer at both ends."""
        row_of = self._rows
        rows = [row_of[key] for named in keys for key in named if key in row_of]
        anchors = [i for i, named in enumerate(keys) for key in named if key in row_of]
        cells, counts = self._cells_of(np.array(rows, dtype=np.intp))
        places = np.repeat(np.array(anchors, dtype=np.intp) * len(LABELS), counts) + self._cells[cells]
        size = (len(keys) + 2 * FURTHEST) * len(LABELS)
        scores = np.bincount(places, weights=self._values[cells], minlength=size).astype(np.float64, copy=False)
        return scores.reshape(-1, len(LABELS))

    def _sum(self, keys: Iterable[str]) -> Floats:
        """What the keys anchored at one token say: shape (tokens reached, labels)."""
        cells, _ = self._cells_of(np.array([self._rows[key] for key in keys if key in self._rows], dtype=np.intp))
        said = np.bincount(self._cells[cells], weights=self._values[cells], minlength=_CELLS)
        return said.astype(np.float64, copy=False).reshape(_REACHED, len(LABELS))

    def _cells_of(self, rows: Integers) -> tuple[Integers, Integers]:
        """Where the cells of the rows lie, and how many each row has. A cell is a token reached and a label."""
        counts = self._counts[rows]
        ends = np.cumsum(counts)
        return np.arange(counts.sum()) + np.repeat(self._starts[rows] - ends + counts, counts), counts


class _Sums(dict[Hashable, int], Generic[Key]):
    """The sums of what was met before, each at its row; forgets all rather than grow without end."""

    def __init__(self, added_up: Callable[[Key], Floats]) -> None:
        super().__init__()
        self._added_up = added_up
        self._held = np.empty((1_000, _REACHED, len(LABELS)))

    def of(self, keys: Sequence[Key]) -> Floats:
        """The sums of each: shape (keys, tokens reached, labels)."""
        if len(self) > _CACHED:
            self.clear()
        rows = list(map(self.__getitem__, keys))
        return self._held[rows]

    def __missing__(self, key: Key) -> int:
        row = len(self)
        if row == len(self._held):
            self._held = np.concatenate([self._held, np.empty_like(self._held)])
        self._held[row] = self._added_up(key)
        self[key] = row
        return row


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
