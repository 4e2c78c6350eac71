"""The joins that hold a recruiter together: a maximum spanning tree (Kruskal, 1956), and what each of them divides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from casefile.judgements import Pair, pair_of
from casefile.records import Actor, JoinReason
from graph.unions import Unions


class Cut(NamedTuple):
    """The contacts on either side of a join if it did not hold, and all joins between the sides (itself too), the surest first."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    across: Sequence[Pair]


class Chain:
    """The joins of one recruiter by pairs of contacts; `strength_of` tells how sure a pair is by its reasons."""

    def __init__(self, actor: Actor, strength_of: Callable[[Sequence[JoinReason]], float]) -> None:
        self._contacts = actor.identifiers
        self.reasons = reasons_by_pair(actor.joins)
        self.strength = {pair: strength_of(reasons) for pair, reasons in self.reasons.items()}
        self._pairs = sorted(self.strength, key=lambda pair: (-self.strength[pair], pair))
        unions = Unions(self._contacts)
        self.tree = [pair for pair in self._pairs if unions.union(*pair)]
        """The joins that are needed to hold all together, the surest first."""

    def cut(self, join: Pair) -> Cut:
        """What a join of the tree divides; its first contact is in `one`."""
        sides = Unions(self._contacts)
        for pair in self.tree:
            if pair != join:
                sides.union(*pair)
        ours = {contact: sides.find(contact) == sides.find(join[0]) for contact in self._contacts}
        return Cut(
            one=tuple(contact for contact in self._contacts if ours[contact]),
            other=tuple(contact for contact in self._contacts if not ours[contact]),
            across=[pair for pair in self._pairs if ours[pair[0]] != ours[pair[1]]],
        )


def reasons_by_pair(reasons: Iterable[JoinReason]) -> Mapping[Pair, list[JoinReason]]:
    """The reasons for joining each two contacts."""
    found: dict[Pair, list[JoinReason]] = defaultdict(list)
    for reason in reasons:
        found[pair_of(reason.left, reason.right)].append(reason)
    return found
