"""The machine's clock, compared with the clocks of the sites that answer: they know nothing of each other."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from statistics import median

_MOST = 1_000


class ClockCheck:
    """How far this machine's clock is ahead of the `Date` (RFC 9110, 6.6.1) of the answers of one crawl."""

    def __init__(self) -> None:
        self._ahead: list[float] = []

    def hear(self, date: bytes | None, arrived: datetime | None = None) -> None:
        """An answer has just arrived with this `Date`; answers of caches, which are old, are outweighed by the others."""
        if date is None or len(self._ahead) >= _MOST:
            return
        try:
            told = parsedate_to_datetime(date.decode("latin-1"))
        except (ValueError, IndexError, OverflowError):
            return
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        self._ahead.append(((arrived or datetime.now(UTC)) - told).total_seconds())

    @property
    def ahead(self) -> float | None:
        """Seconds, the median of what was heard, below zero where the machine's clock is behind; None if nothing was heard."""
        return round(median(self._ahead), 1) if self._ahead else None
