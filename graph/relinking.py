"""Links that an update keeps or drops, and whose neighbours become more or fewer by that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from casefile.judgements import Pair, pair_of
from casefile.records import Link
from casefile.store.connected import Kept


class LinkChanges:
    """Changes the links of a case, and remembers between which nodes links came or went."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._more: Counter[Pair] = Counter()  # how many more links there are between two nodes

    def replace(self, old: Mapping[str, Link], new: Mapping[str, Link]) -> None:
        """Keep the new links, by their ids, instead of the old ones."""
        gone = sorted(old.keys() - new.keys())
        self._kept.drop("links", gone)
        self._kept.put([new[key] for key in sorted(new) if new[key] != old.get(key)])
        self._more.update(_ends(new[key]) for key in new.keys() - old.keys())
        self._more.subtract(_ends(old[key]) for key in gone)

    def joined_or_parted(self) -> dict[Pair, int]:
        """The nodes that are neighbours now and were not (1), or the other way round (-1)."""
        changed = {}
        for pair, more in sorted(self._more.items()):
            now = self._kept.between(*pair) if more else 0
            if more and (now > 0) != (now - more > 0):
                changed[pair] = 1 if now else -1
        return changed


def more_neighbours(changed: Mapping[Pair, int]) -> Counter[str]:
    """How many more neighbours each node has."""
    more: Counter[str] = Counter()
    for pair, sign in changed.items():
        more.update(dict.fromkeys(pair, sign))
    return more


def _ends(link: Link) -> Pair:
    return pair_of(link.from_id, link.to_id)
