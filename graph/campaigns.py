"""Which posts are one text sent many times: each is placed once, in the order in which it was captured.

A campaign remembers how often each piece of text stood in its members. Pieces that most of them share are its wording;
what changes from copy to copy (a town that the reader missed, a typing error, a portal's footer) stays in the minority
and counts little. A text belongs to the campaign whose wording it covers best, if it covers enough. Texts are compared
with wordings, never with each other, so chains of small changes do not join two campaigns; and as only earlier posts
have a say, the campaign of a post never changes when later ones come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casefile.identity import short_hash
from casefile.store.texts import Remembered, TextMemory
from graph.settings import TextSettings
from graph.shingles import Pieces, marks_of, pieces_of
from graph.texts import TextShape, campaign_id

_STRANGE = 0.5  # what a piece costs that no member ever had, against one of the wording that is missing
_FOUNDER = 2  # the first text counts double: until others agree, its words are the wording
_LEARNED = 32  # so many different texts teach a campaign its wording; more change nothing
_MARKED = 4  # so many of its first texts may lead to a campaign; it is found by each
_CROWDED = 32  # a mark that so many campaigns carry tells nothing; no more are added
_COMPARED = 8  # campaigns that a text is compared with: those with most and rarest marks in common
_Counts = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a campaign knows: its pieces in order, how often each was seen, in how many texts."""

    texts: int
    pieces: Pieces
    counts: _Counts

    def likeness(self, pieces: Pieces) -> float:
        """How much of the wording a text covers, less what it says besides; from 0 to 1."""
        at, known = self._find(pieces)
        shared = self._shared
        common = int(np.count_nonzero(shared[at[known]]))
        strange = len(pieces) - int(np.count_nonzero(known))
        return common / (int(np.count_nonzero(shared)) + _STRANGE * strange)

    def shared(self) -> Pieces:
        """The pieces that most texts share."""
        return self.pieces[self._shared]

    def with_text(self, pieces: Pieces) -> _Wording:
        """The wording after one more text."""
        at, known = self._find(pieces)
        counts = self.counts.copy()
        counts[at[known]] += 1
        new = pieces[~known]
        union = np.concatenate((self.pieces, new))
        order = np.argsort(union, kind="stable")
        union, counts = union[order], np.concatenate((counts, np.ones(len(new), dtype=np.uint8)))[order]
        texts = self.texts + 1
        if texts >= _LEARNED:  # nothing more is learned: what only one text said is let go
            union, counts = union[counts > 1], counts[counts > 1]
        return _Wording(texts, union, counts)

    @property
    def _shared(self) -> NDArray[np.bool_]:
        return self.counts > self.texts // 2

    def _find(self, pieces: Pieces) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Where each piece would stand among the known ones, and whether it stands there."""
        at = np.minimum(np.searchsorted(self.pieces, pieces), len(self.pieces) - 1)
        return at, self.pieces[at] == pieces


class CampaignIndex:
    """Places posts, one after the other, in the order of (first seen, post id)."""

    def __init__(self, settings: TextSettings, memory: TextMemory | None = None) -> None:
        self._settings = settings
        self._memory = memory or TextMemory.temporary()

    def place(self, post_id: str, shape: TextShape) -> str:
        """The id of the post's campaign: equal for posts that are one text, and named after the first of them.

        A post without any letters stands for itself.
        """
        if shape.key is None:
            return post_id
        copy = _copy_mark(shape.key)
        copies = self._memory.found_by([copy])
        if copies:
            return self._memory.campaign(copies[0][1]).id
        pieces = pieces_of(shape.letters)
        marks = marks_of(shape.letters)
        campaign = self._best(pieces, marks, shape.telling)
        return (
            self._begin(post_id, pieces, [copy, *marks], shape)
            if campaign is None
            else self._join(campaign, pieces, [copy, *marks])
        )

    def _best(self, pieces: Pieces, marks: list[int], telling: bool) -> Remembered | None:
        """The campaign whose wording the pieces cover best and well enough; of two equals the older."""
        best, most = None, self._settings.same_wording if telling else self._settings.same_short_wording
        for number in self._nearest(marks):
            campaign = self._memory.campaign(number)
            likeness = _wording(campaign).likeness(pieces)
            if likeness > most or (likeness == most and (best is None or number < best.number)):
                best, most = campaign, likeness
        return best

    def _nearest(self, marks: list[int]) -> list[int]:
        """Campaigns worth comparing; a mark that few campaigns carry tells more than a portal's footer on many."""
        found = self._memory.found_by(marks)
        carriers = Counter(mark for mark, _ in found)
        votes: dict[int, float] = defaultdict(float)
        for mark, number in sorted(found):
            votes[number] += 1 / carriers[mark]
        return sorted(votes, key=lambda number: (-votes[number], number))[:_COMPARED]

    def _join(self, campaign: Remembered, pieces: Pieces, marks: list[int]) -> str:
        self._mark(campaign.number, marks[: 1 if campaign.texts > _MARKED else None])
        if campaign.texts < _LEARNED:
            wording = _wording(campaign).with_text(pieces)
            self._memory.change(campaign.number, wording.texts, wording.pieces.tobytes(), wording.counts.tobytes())
        return campaign.id

    def _begin(self, post_id: str, pieces: Pieces, marks: list[int], shape: TextShape) -> str:
        identity = campaign_id(post_id, telling=shape.telling)
        counts = np.full(len(pieces), _FOUNDER, dtype=np.uint8)
        number = self._memory.add(identity, _FOUNDER, pieces.tobytes(), counts.tobytes())
        self._mark(number, marks)
        return identity

    def _mark(self, number: int, marks: list[int]) -> None:
        carriers = Counter(mark for mark, _ in self._memory.found_by(marks))
        self._memory.mark(number, [mark for mark in marks if carriers[mark] < _CROWDED])


def _wording(campaign: Remembered) -> _Wording:
    pieces = np.frombuffer(campaign.pieces, dtype=np.uint32)
    return _Wording(campaign.texts, pieces, np.frombuffer(campaign.counts, dtype=np.uint8))


def _copy_mark(key: str) -> int:
    return int(short_hash("copy", key)[:15], 16)
