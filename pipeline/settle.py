"""Overlapping claims settled in one place: which mentions stay when several cover the same words."""

from __future__ import annotations

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
_HARDLY_A_PERSON = 0.65  # below this confidence a known place is believed first
_HARDLY_A_PLACE = 0.72
_INSIDE_A_LINK = (Label.PHONE, Label.HANDLE)  # wa.me/62… is a link and a number


def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, in order of place; signs may lie over anything but contacts."""
    ranked = sorted(mentions, key=lambda m: (_strength(m), m.start - m.end, m.start, -m.confidence))
    length = max((mention.end for mention in ranked), default=0)
    taken, contacts, links = _Cover(length), _Cover(length), _Cover(length)
    kept: list[Mention] = []
    seen: set[tuple[Label, int, int]] = set()  # what makes the identity of a mention within its post
    for mention in ranked:
        in_link = mention.label in _INSIDE_A_LINK and links.touch(mention)
        if mention.label is Label.INDICATOR:
            stands = not contacts.touch(mention)
        else:
            stands = in_link or not taken.touch(mention)
        place = (mention.label, mention.start, mention.end)
        if not stands or place in seen:
            continue
        seen.add(place)
        kept.append(mention)
        if mention.label is Label.INDICATOR or in_link:
            continue
        taken.add(mention)
        if _STRENGTH[mention.label] <= _STRENGTH[Label.PHONE]:
            contacts.add(mention)
        if mention.label in (Label.URL, Label.EMAIL):
            links.add(mention)
    return tuple(sorted(kept, key=lambda m: (m.start, -m.end, m.label)))


def _strength(mention: Mention) -> int:
    if mention.label is Label.PERSON and mention.confidence < _HARDLY_A_PERSON:
        return _STRENGTH[Label.LOC] + 1
    if mention.label is Label.LOC and mention.confidence < _HARDLY_A_PLACE:
        return _STRENGTH[Label.LOC] + 2
    return _STRENGTH.get(mention.label, len(_STRENGTH) + 1)


class _Cover:
    """The characters of a text that are covered; looking at a span costs its length."""

    def __init__(self, length: int) -> None:
        self._covered = bytearray(length)

    def add(self, mention: Mention) -> None:
        self._covered[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)

    def touch(self, mention: Mention) -> bool:
        return self._covered.find(1, mention.start, mention.end) >= 0
