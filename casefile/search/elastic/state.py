"""What a case remembers of its index: on which server it is, which generation, and of what it was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from casefile.chain import BEGINNING, Head
from casefile.judgements import InForce


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """`tokens` are one or two random words, of which one stands on the generation: who finds another there knows that
    somebody else (a copy of the case, a backup of the server) was at work.
    """

    cluster: str
    prefix: str
    schema: int
    case: Mapping[str, str]
    generation: int
    shown: bool = False
    tokens: tuple[str, ...] = ()
    journal: Head = BEGINNING
    judged: Mapping[str, list[Any]]

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self | None:
        """The state as it was kept; None if there is none, or none that this program understands."""
        try:
            state = cls(**kept)
            return replace(state, tokens=tuple(state.tokens), journal=Head(**kept["journal"]))
        except (TypeError, KeyError):
            return None

    def kept(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @property
    def in_force(self) -> InForce:
        """The judgements that the index was told of."""
        claims = {name: frozenset(map(tuple, self.judged[name])) for name in ("confirmed", "rejected")}
        return InForce(hidden=frozenset(self.judged["hidden"]), **claims)


def judged_fields(judged: InForce) -> dict[str, list[Any]]:
    """Those judgements that documents show."""
    return {
        "hidden": sorted(judged.hidden),
        "confirmed": _lists(judged.confirmed),
        "rejected": _lists(judged.rejected),
    }


def _lists(claims: Iterable[tuple[str, ...]]) -> list[list[str]]:
    return [list(claim) for claim in sorted(claims)]
