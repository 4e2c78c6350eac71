"""Cutting scripts without spaces into words by a dictionary: the cheapest way through a run of letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick

_UNKNOWN = 16.0  # cost of a piece that is in no dictionary; a word costs less


class Segmenter:
    """A dictionary of words with their costs (minus the logarithm of their share in texts)."""

    def __init__(self, words: Mapping[str, float]) -> None:
        self._costs = list(words.values())
        self._automaton = AhoCorasick(list(words))

    def cut(self, run: str, pieces: Iterable[int]) -> list[int]:
        """Where words end in a run that may be cut at `pieces` only; linear in its length."""
        ends = list(pieces)
        if len(ends) < 2:
            return ends
        allowed = {0, *ends}
        words: dict[int, list[tuple[int, float]]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(run, overlapping=True):
            if start in allowed and end in allowed:
                words.setdefault(end, []).append((start, self._costs[index]))
        cost, back = {0: 0.0}, {0: 0}
        before = 0
        for end in ends:
            best, start = cost[before] + _UNKNOWN, before
            for first, price in words.get(end, ()):
                if cost[first] + price < best:
                    best, start = cost[first] + price, first
            cost[end], back[end] = best, start
            before = end
        return _walk_back(ends[-1], back)


def _walk_back(end: int, back: Mapping[int, int]) -> list[int]:
    cuts = []
    while end:
        cuts.append(end)
        end = back[end]
    cuts.reverse()
    return cuts
