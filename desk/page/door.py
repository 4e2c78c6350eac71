"""Who may come in: a key that opens once, sessions that end by themselves, and a mark that forms must carry."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

COOKIE = "jejak"
_IDLE_SECONDS = 8 * 3600.0  # a working day without a click
_MOST_WRONG = 20  # keys tried before the door stays shut


@dataclass(slots=True)
class Door:
    """The keys and sessions of one running page; nothing of them is kept on disk. `clock` tells seconds, ever upwards."""

    clock: Callable[[], float] = time.monotonic
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _sessions: dict[str, float] = field(default_factory=dict)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _wrong: int = 0

    @property
    def is_shut(self) -> bool:
        """Whether so many wrong keys were tried that no key opens any more."""
        return self._wrong >= _MOST_WRONG

    def enter(self, key: str) -> str | None:
        """A new session for the right key, which then opens no more; None for any other."""
        if self.is_shut or not self.key or not hmac.compare_digest(key.encode(), self.key.encode()):
            self._wrong += 1
            return None
        self.key = ""
        session = secrets.token_urlsafe(32)
        self._sessions[session] = self.clock()
        return session

    def knows(self, session: str) -> bool:
        """Whether this is a session in use; asking keeps it awake."""
        now = self.clock()
        self._sessions = {held: seen for held, seen in self._sessions.items() if now - seen < _IDLE_SECONDS}
        if session not in self._sessions:
            return False
        self._sessions[session] = now
        return True

    def leave(self, session: str) -> None:
        """End a session."""
        self._sessions.pop(session, None)

    def mark(self, session: str) -> str:
        """What a form of this session carries, so that no other site can send it."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def is_marked(self, session: str, mark: str) -> bool:
        """Whether a form carries the mark of its session."""
        return hmac.compare_digest(self.mark(session).encode(), mark.encode())
