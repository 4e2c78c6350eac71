"""Which contacts and links are judged otherwise than when the case was connected last."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from casefile.judgements import InForce
from casefile.records import LinkKind
from graph.ledger import Claim


@dataclass(frozen=True, slots=True)
class Rejudged:
    """The identifiers and the links on which the judgements changed."""

    identifiers: frozenset[str] = frozenset()
    claims: frozenset[Claim] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.identifiers or self.claims)


NOTHING_REJUDGED = Rejudged()


def rejudged(before: InForce, now: InForce) -> Rejudged:
    """What changed between two states of the judgements; what is hidden must be the same in both."""
    pairs = (before.same ^ now.same) | (before.different ^ now.different)
    claims = (before.confirmed ^ now.confirmed) | (before.rejected ^ now.rejected)
    named = {identifier for claim in (*pairs, *claims) if len(claim) < 3 for identifier in claim}
    links = (claim for claim in claims if len(claim) == 3)
    return Rejudged(frozenset(named), frozenset(Claim(one, LinkKind(kind), other) for one, kind, other in links))


def write_judged(judged: InForce) -> str:
    """Judgements in force as text, always the same."""
    return json.dumps({part.name: sorted(getattr(judged, part.name)) for part in fields(judged)}, ensure_ascii=False)


def read_judged(text: str) -> InForce:
    """What `write_judged` wrote."""
    parts = json.loads(text)
    hidden = frozenset(parts.pop("hidden"))
    return InForce(**{name: frozenset(map(tuple, claims)) for name, claims in parts.items()}, hidden=hidden)
