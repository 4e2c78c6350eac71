"""The one source of chance: igraph draws from it, and the same seed gives the same result."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import igraph


@contextmanager
def seeded(seed: int) -> Iterator[random.Random]:
    """Let igraph draw its random numbers from a generator with this seed."""
    generator = random.Random(seed)
    igraph.set_random_number_generator(generator)
    try:
        yield generator
    finally:
        igraph.set_random_number_generator(random)
