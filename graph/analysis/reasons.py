"""Why contacts are held to be one recruiter's: the chain of joins that holds them together, and what would break it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casefile.judgements import Pair
from casefile.records import Actor, JoinReason, Link
from graph.actors import JUDGED_SAME
from graph.chains import Chain
from graph.doubts import posts_of_contacts, probability_of
from graph.settings import GraphSettings, load_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """One join of the chain: two contacts, how surely they are one recruiter's (0 to 1), and by what reasons.

    `needs` are the reasons without any one of which the two would not be joined; `beside` are other joins between the
    two parts, which would hold them together still. `parts` are the contacts on either side if nothing held them.
    """

    left: str
    right: str
    probability: float
    reasons: tuple[JoinReason, ...]
    needs: tuple[str, ...]
    beside: tuple[Pair, ...]
    parts: tuple[tuple[str, ...], tuple[str, ...]]
    posts_apart: tuple[int, int]


def chain_of(actor: Actor, links: Sequence[Link], settings: GraphSettings | None = None) -> list[ChainLink]:
    """The joins that hold a recruiter together, the weakest first (see `Chain`).

    `links` are all of the case; of them those to the recruiter's contacts tell how many posts each part has.
    """
    enough = (settings or load_settings()).joins.enough
    chain = Chain(actor, probability_of_join)
    posts_of = posts_of_contacts(link for link in links if link.from_id == actor.id)
    return [_link(join, chain, posts_of, enough) for join in reversed(chain.tree)]


def probability_of_join(reasons: Sequence[JoinReason]) -> float:
    """How surely two contacts are one by all reasons together; what an investigator judged is certain."""
    return 1.0 if any(reason.reason == JUDGED_SAME for reason in reasons) else probability_of(reasons)


def _link(join: Pair, chain: Chain, posts_of: Mapping[str, Sequence[str]], enough: float) -> ChainLink:
    one, other, across = chain.cut(join)
    reasons = chain.reasons[join]
    return ChainLink(
        left=join[0],
        right=join[1],
        probability=round(chain.strength[join], 6),
        reasons=tuple(sorted(reasons, key=lambda reason: (-reason.bits, reason.reason))),
        needs=tuple(_needs(reasons, enough)),
        beside=tuple(sorted(pair for pair in across if pair != join)),
        parts=(one, other),
        posts_apart=(_posts(one, posts_of), _posts(other, posts_of)),
    )


def _needs(reasons: Sequence[JoinReason], enough: float) -> list[str]:
    """The reasons that the join cannot do without."""
    found = []
    for reason in reasons:
        rest = [other for other in reasons if other is not reason]
        if (reason.bits > 0 or reason.reason == JUDGED_SAME) and not _holds(rest, enough):
            found.append(reason.reason)
    return found


def _holds(rest: Sequence[JoinReason], enough: float) -> bool:
    """Whether the other reasons are enough; reasons against never speak for a join by themselves."""
    return any(r.bits > 0 or r.reason == JUDGED_SAME for r in rest) and probability_of_join(rest) >= enough


def _posts(contacts: Sequence[str], posts_of: Mapping[str, Sequence[str]]) -> int:
    return len({post for contact in contacts for post in posts_of.get(contact, ())})
