"""Overlapping claims settled in one place: which mentions stay when several cover the same words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from casefile.records import Label, Mention

# Stronger first: whatever overlaps something stronger goes.
_STRENGTH = {
    Label.URL: 0,
    Label.EMAIL: 1,
    Label.WALLET: 2,
    Label.PHONE: 3,
    Label.HANDLE: 3,
    Label.SALARY: 4,
    Label.ORG: 5,
    Label.PERSON: 6,
    Label.LOC: 7,
}
_INSIDE_A_LINK = (Label.PHONE, Label.HANDLE)  # wa.me/62… is a link and a number


def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, in order of place; signs may lie over anything but contacts."""
    ranked = sorted(mentions, key=lambda m: (_STRENGTH.get(m.label, 9), m.start - m.end, m.start, -m.confidence))
    kept: list[Mention] = []
    taken = _Spans()
    contacts = _Spans()
    for mention in ranked:
        if mention.label is Label.INDICATOR:
            if not contacts.overlap(mention):
                kept.append(mention)
        elif mention.label in _INSIDE_A_LINK and contacts.hold(mention, (Label.URL, Label.EMAIL)):
            kept.append(mention)
        elif not taken.overlap(mention):
            kept.append(mention)
            taken.add(mention)
            if _STRENGTH[mention.label] <= 3:
                contacts.add(mention)
    return tuple(sorted(kept, key=lambda m: (m.start, -m.end, m.label)))


class _Spans:
    """Spans that do not overlap each other, found by bisection."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._mentions: list[Mention] = []

    def add(self, mention: Mention) -> None:
        at = bisect_left(self._starts, mention.start)
        self._starts.insert(at, mention.start)
        self._mentions.insert(at, mention)

    def overlap(self, mention: Mention) -> bool:
        at = bisect_left(self._starts, mention.end)
        return at > 0 and self._mentions[at - 1].end > mention.start

    def hold(self, mention: Mention, labels: tuple[Label, ...]) -> bool:
        """Whether the mention lies in or across one of these labels."""
        at = bisect_left(self._starts, mention.end)
        return at > 0 and self._mentions[at - 1].label in labels and self._mentions[at - 1].end > mention.start
