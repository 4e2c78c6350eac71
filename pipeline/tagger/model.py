"""The model of one script: what every key says for and against each label, added up and read as a chain (a CRF)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.tagger.features import Frame, frame_keys, frames_of, neighbour_keys, word_keys
from pipeline.tagger.lexicon import MODEL
from pipeline.tagger.tokens import Token

LABELS = ("O", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-PERSON", "I-PERSON")
"""Outside, and the first and later tokens of each kind of name."""
TYPES = ("ORG", "LOC", "PERSON")
FURTHEST = 3  # tokens that a key reaches to each side
_CACHED = 40_000  # words and frames whose rows are kept
_SURELY_OUTSIDE = 10.0  # a lead of "outside" that no neighbour makes up for
_NEAR = 6  # tokens around a doubtful one that are looked at with it
_DOUBTFUL = 0.0  # lead of "outside" below which a token may begin or carry a name
_SCALED = 12  # steps after which products are scaled, long before they leave the range of floats
_IN_A_NAME = 0.5  # probability from which a token belongs to a name

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
Key = TypeVar("Key")


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
            self._counts = held["counts"].astype(np.intp)
            self._cells = held["cells"].astype(np.intp)
            self._values = held["values"].astype(np.float64)
            self._chain: Floats = held["chain"].astype(np.float64)
        self._starts = np.cumsum(self._counts) - self._counts
        self._rows = dict(zip(keys, range(len(keys)), strict=True))
        self._words: dict[str, list[int]] = {}
        self._frames: dict[Frame, list[int]] = {}

    def tag(self, text: str, tokens: Sequence[Token]) -> list[Tagged]:
        """The names among the tokens of one sequence."""
        scores = self._scores(text, tokens)
        lead = (scores[:, 0] - scores[:, 1:].max(axis=1)).tolist()
        spans = list(_doubtful_parts(lead))
        if not spans:
            return []
        chances = _marginals([scores[first:end] for first, end in spans], self._chain)
        return [name for (first, _), rows in zip(spans, chances, strict=True) for name in _names(rows, first)]

    def _scores(self, text: str, tokens: Sequence[Token]) -> Floats:
        """What speaks for each label at each token, before the chain is looked at."""
        rows, held = list[int](), [0]
        for token, frame, keys in zip(tokens, frames_of(tokens), neighbour_keys(text, tokens), strict=True):
            rows += self._rows_of_word(token)
            rows += self._rows_of_frame(frame)
            rows += self._known(keys)
            held.append(len(rows))
        return self._added_up(np.array(rows, dtype=np.intp), np.diff(held))

    def _added_up(self, rows: Integers, held: Integers) -> Floats:
        """The sums of all cells of the rows that each token holds. A cell is a distance (from FURTHEST before) and a label."""
        counts = self._counts[rows]
        ends = np.cumsum(counts)
        cells = np.arange(counts.sum()) + np.repeat(self._starts[rows] - ends + counts, counts)
        anchors = np.repeat(np.arange(len(held)) * len(LABELS), held)
        places = np.repeat(anchors, counts) + self._cells[cells]
        size = (len(held) + 2 * FURTHEST) * len(LABELS)
        scores = np.bincount(places, weights=self._values[cells], minlength=size).astype(np.float64, copy=False)
        return scores.reshape(-1, len(LABELS))[FURTHEST:-FURTHEST]

    def _rows_of_word(self, token: Token) -> list[int]:
        rows = self._words.get(token.text)  # its script is told by its characters
        if rows is None:
            rows = self._known(word_keys(token.text, token.script))
            _remember(self._words, token.text, rows)
        return rows

    def _rows_of_frame(self, frame: Frame) -> list[int]:
        rows = self._frames.get(frame)
        if rows is None:
            rows = self._known(frame_keys(frame))
            _remember(self._frames, frame, rows)
        return rows

    def _known(self, keys: Iterable[str]) -> list[int]:
        return [self._rows[key] for key in keys if key in self._rows]


def _remember(held: dict[Key, list[int]], key: Key, rows: list[int]) -> None:
    """Keep what was looked up; forget all rather than grow without end."""
    if len(held) >= _CACHED:
        held.clear()
    held[key] = rows


def _doubtful_parts(lead: Sequence[float]) -> Iterator[tuple[int, int]]:
    """From and to which token names may lie: doubtful tokens, and those near them that are not surely outside."""
    first = end = 0
    for i, by in enumerate(lead):
        if by >= _DOUBTFUL:
            continue
        low, high = i, i + 1
        while low > max(end, i - _NEAR) and lead[low - 1] < _SURELY_OUTSIDE:
            low -= 1
        if low > end or not end:
            if end:
                yield first, end
            first = low
        while high < min(len(lead), i + 1 + _NEAR) and lead[high] < _SURELY_OUTSIDE:
            high += 1
        end = max(end, high)
    if end:
        yield first, end


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
    moved, backwards = chain[:1], np.ascontiguousarray(chain.T)
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
