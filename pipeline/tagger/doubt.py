"""Where in a sequence names may lie: most tokens are surely outside, and the chain need not be asked about them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.tagger.chain import Floats

_SURELY_OUTSIDE = 10.0  # a lead of "outside" that no neighbour makes up for
_NEAR = 6  # tokens around a doubtful one that are looked at with it
_DOUBTFUL = 0.0  # lead of "outside" below which a token may begin or carry a name


def doubtful_parts(lead: Floats) -> Iterator[tuple[int, int]]:
    """From and to which token names may lie: doubtful tokens, and those near them that are not surely outside.

    `lead` tells for each token by how much "outside" is ahead of the best name.
    """
    walls = [-1, *np.flatnonzero(lead >= _SURELY_OUTSIDE).tolist(), len(lead)]
    wall, first, end = 0, 0, 0
    for i in np.flatnonzero(lead < _DOUBTFUL).tolist():
        while walls[wall + 1] < i:
            wall += 1
        low, high = max(walls[wall] + 1, i - _NEAR), min(walls[wall + 1], i + 1 + _NEAR)
        if low > end or not end:
            if end:
                yield first, end
            first = low
        end = max(end, high)
    if end:
        yield first, end
