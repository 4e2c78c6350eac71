"""What is claimed, and on which posts: every link and every join is entered here with its evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from casefile.records import Role
from graph.observation import Observation

Claim = TypeVar("Claim")
_Entry = tuple[Observation, float, Role | None, str]

_SUREST = 0.99  # no number of public posts makes a claim certain
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence of one claim, added up."""

    confidence: float
    posts: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    role: Role | None


class Ledger(Generic[Claim]):
    """Claims with the posts that prove them. `witness_of` gives each post's witness: copies of a text are one."""

    def __init__(self, witness_of: Mapping[str, str]) -> None:
        self._witness_of = witness_of
        self._entries: dict[Claim, list[_Entry]] = defaultdict(list)

    def enter(
        self, claim: Claim, post: Observation, weight: float, *, role: Role | None = None, witness: str | None = None
    ) -> None:
        """Say that a post proves a claim with this weight (0 to 1); `witness` if it is another than the text."""
        self._entries[claim].append((post, weight, role, witness or self._witness_of[post.post_id]))

    def proofs(self) -> Iterator[tuple[Claim, Proof]]:
        """Every claim with its evidence, in the order in which the claims were first entered."""
        for claim, entries in self._entries.items():
            yield claim, self._proof(entries)

    def _proof(self, entries: list[_Entry]) -> Proof:
        strongest: dict[str, float] = {}
        for _, weight, _, witness in entries:
            strongest[witness] = max(weight, strongest.get(witness, 0.0))
        times = [post.at for post, _, _, _ in entries]
        roles = [role for _, _, role, _ in entries if role is not None]
        return Proof(
            confidence=either(strongest.values()),
            posts=tuple(dict.fromkeys(post.post_id for post, _, _, _ in entries)),
            first_seen=min(times),
            last_seen=max(times),
            role=_most_frequent(roles) if roles else None,
        )


def either(weights: Iterable[float]) -> float:
    """The weight of independent witnesses together: 1 - (1 - w1)(1 - w2)..., never certain ("noisy or", Pearl, 1988)."""
    doubt = 1.0
    for weight in weights:
        doubt *= 1.0 - weight
    return round(min(_SUREST, 1.0 - doubt), _DIGITS)


def _most_frequent(roles: list[Role]) -> Role:
    counts = Counter(roles)
    return min(counts, key=lambda role: (-counts[role], role.value))
