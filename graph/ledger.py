"""What is claimed, and on which posts: every link is entered here with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from casefile.identity import link_id
from casefile.records import Link, LinkKind, Role
from graph.observation import Observation

MOST_PROOFS = 200
"""How many posts a link cites, the first ones captured: more make it no surer, and a link must stay small."""
_SUREST = 0.99  # no number of public posts makes a claim certain
_DIGITS = 6


class Claim(NamedTuple):
    """What a post may prove: an edge without its evidence."""

    from_id: str
    kind: LinkKind
    to_id: str


class Said(NamedTuple):
    """One post's proof of a claim: how strong (0 to 1), and what part a place plays in it."""

    claim: Claim
    weight: float
    role: Role | None = None


@dataclass(slots=True)
class _Account:
    """The evidence of one claim, as far as it was entered."""

    first: datetime
    last: datetime
    posts: list[str] = field(default_factory=list)
    strongest: dict[str, float] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)


class Ledger:
    """Claims with the posts that prove them, entered in capture order; copies of a text are one witness."""

    def __init__(self) -> None:
        self._accounts: dict[Claim, _Account] = {}

    def enter(self, post: Observation, said: Said) -> None:
        """Say that a post proves a claim."""
        account = self._accounts.get(said.claim)
        if account is None:
            account = self._accounts[said.claim] = _Account(post.at, post.at)
        elif post.at < account.first:
            account.first = post.at
        elif post.at > account.last:
            account.last = post.at
        if len(account.posts) < MOST_PROOFS or account.posts[-1] == post.post_id:
            if not account.posts or account.posts[-1] != post.post_id:
                account.posts.append(post.post_id)
            account.strongest[post.witness] = max(said.weight, account.strongest.get(post.witness, 0.0))
            if said.role is not None:
                account.roles.append(said.role)

    def links(self) -> Iterator[Link]:
        """Every claim as a link, in the order in which the claims were first entered."""
        for claim, account in self._accounts.items():
            yield Link(
                id=link_id(*claim),
                from_id=claim.from_id,
                to_id=claim.to_id,
                kind=claim.kind,
                confidence=either(account.strongest.values()),
                posts=tuple(account.posts),
                first_seen=account.first,
                last_seen=account.last,
                role=_most_frequent(account.roles) if account.roles else None,
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
