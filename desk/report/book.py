"""Which posts stand in the report: every claim gets at least one, the rest of the space goes to the most telling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from heapq import nsmallest

from desk.report.model import Refs

_CITED = 4  # posts named beside a claim
_WANTED = 2  # posts that a claim should have in the report, if it has as many
_MOST = 3  # times the limit: then claims must do with the posts that are there


class Book:
    """Takes posts in as claims need them; each post stands once, in the network that first needed it."""

    def __init__(self, offers: Mapping[str, tuple[datetime, float]], limit: int) -> None:
        self._offers, self._limit = offers, limit
        self._home: dict[str, int] = {}
        self._size: dict[int, int] = {}

    def cite(self, network: int, posts: Iterable[str]) -> Refs:
        """The proof of one claim of a network. Only job offers prove; other posts are context."""
        proof = [post for post in dict.fromkeys(posts) if post in self._offers]
        chosen = [post for post in proof if post in self._home][:_CITED]
        if len(chosen) < _WANTED and self._size.get(network, 0) < self._limit * _MOST:
            taken = set(chosen)
            fresh = nsmallest(_WANTED - len(chosen), (post for post in proof if post not in taken), self._rank)
            for post in fresh:
                self._take(network, post)
            chosen += fresh
        return Refs(shown=tuple(chosen), total=len(proof))

    def fill(self, network: int, posts: Iterable[str]) -> None:
        """Take in the most telling posts of a network until the limit is reached."""
        room = self._limit - self._size.get(network, 0)
        fresh = (post for post in posts if post not in self._home and post in self._offers)
        for post in nsmallest(max(0, room), fresh, self._rank):
            self._take(network, post)

    def of(self, network: int) -> list[str]:
        """The posts that stand in a network's section, by time."""
        return sorted((p for p, home in self._home.items() if home == network), key=lambda p: (self._offers[p][0], p))

    def _take(self, network: int, post: str) -> None:
        self._home[post] = network
        self._size[network] = self._size.get(network, 0) + 1

    def _rank(self, post: str) -> tuple[float, datetime, str]:
        at, suspect = self._offers[post]
        return -suspect, at, post
