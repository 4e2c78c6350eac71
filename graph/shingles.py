"""Short pieces of a text as numbers, so that texts can be compared and found again quickly.

The marks are MinHash signatures (Broder, 1997) cut into bands: two texts that share a share s of their long pieces have
one band of two minima in common with a chance of 1 - (1 - s²)^16, which is 0.94 at two fifths.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pieces = NDArray[np.uint32]
_Numbers = NDArray[np.uint64]

PIECE_LETTERS = 4
_MARK_LETTERS = 7  # longer, so that texts of one language that say different things seldom share one
MOST_PIECES = 1024  # of a longer text the pieces with the smallest numbers are kept, which are a fair sample
_BANDS, _ROWS = 16, 2

_random = np.random.RandomState(1997)  # a legacy generator: its numbers are promised never to change
_FACTORS: _Numbers = _random.randint(1, 2**63, size=(_BANDS * _ROWS, 1), dtype=np.int64).astype(np.uint64) * 2 + 1
_BAND_FACTORS: _Numbers = _random.randint(1, 2**63, size=_ROWS, dtype=np.int64).astype(np.uint64) * 2 + 1
_BAND_NAMES: _Numbers = _random.randint(1, 2**63, size=_BANDS, dtype=np.int64).astype(np.uint64)
_PRIME, _MIX = np.uint64(1_099_511_628_211), np.uint64(0xFF51AFD7ED558CCD)


def numbers_of(letters: str, length: int = PIECE_LETTERS) -> Pieces:
    """All pieces of so many letters of a text in their order, each as a number; a shorter text is one piece."""
    codes: _Numbers = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    count = max(1, len(codes) - length + 1)
    hashes: _Numbers = np.zeros(count, dtype=np.uint64)
    for offset in range(min(length, len(codes))):
        hashes = (hashes ^ codes[offset : offset + count]) * _PRIME
    hashes = (hashes ^ (hashes >> np.uint64(33))) * _MIX
    return (hashes >> np.uint64(32)).astype(np.uint32)


def pieces_of(letters: str) -> Pieces:
    """The different pieces of a text in the order of their numbers; never empty."""
    numbers = np.sort(numbers_of(letters))
    first_of_equals = np.concatenate(([True], numbers[1:] != numbers[:-1]))
    return numbers[first_of_equals][:MOST_PIECES]


def marks_of(letters: str) -> list[int]:
    """16 numbers of 63 bits, of which two similar texts share at least one."""
    numbers = numbers_of(letters, _MARK_LETTERS).astype(np.uint64) + np.uint64(1)
    smallest: _Numbers = (numbers * _FACTORS).min(axis=1).reshape(_BANDS, _ROWS)
    marks = ((smallest >> np.uint64(7)) * _BAND_FACTORS).sum(axis=1) ^ _BAND_NAMES
    marks = (marks ^ (marks >> np.uint64(29))) * _MIX
    found: list[int] = (marks >> np.uint64(1)).tolist()
    return found
