"""A bound on memory for what is attacked."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MOST = 1 << 30  # more than anything that reads a file or a case may take


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Only so much more memory for this process: a bomb raises MemoryError instead of pulling the machine down."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + _MOST, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
