"""How much of a site one crawl may take: pages, bytes, minutes, and how far from the first page."""

from __future__ import annotations

import time

from casefile.settings import Gentle


class Budget:
    """What a crawl has spent; every answer is the reason to stop, or nothing while there is room."""

    def __init__(self, gentle: Gentle) -> None:
        self._gentle = gentle
        self._asked: set[str] = set()
        self._paid = 0
        self._bytes = 0
        self._ends = time.monotonic() + 60 * gentle.max_minutes

    @property
    def seconds_left(self) -> float:
        """Until the crawl has lasted as long as it may."""
        return max(0.0, self._ends - time.monotonic())

    def was_asked(self, url: str) -> bool:
        """Whether an address was admitted before."""
        return url in self._asked

    def admit(self, url: str, depth: int, *, free: bool = False) -> str:
        """Let one more address be asked for; what is answered from the evidence is `free`, and so is a second time."""
        if url in self._asked:
            return ""
        if depth > self._gentle.max_depth:
            return f"at gentle.max_depth ({self._gentle.max_depth} pages one behind the other)"
        if not free and self._paid >= self._gentle.max_pages:
            return f"at gentle.max_pages ({self._gentle.max_pages})"
        self._asked.add(url)
        self._paid += not free
        return ""

    def receive(self, count: int) -> str:
        """Count bytes that came over the network."""
        self._bytes += count
        return f"at gentle.max_bytes ({self._gentle.max_bytes})" if self._bytes > self._gentle.max_bytes else ""
