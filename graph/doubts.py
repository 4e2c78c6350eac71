"""Which joins to ask a person about: where the machine is least sure, and most posts hang on the answer.

Two kinds of doubt. Inside an actor: its contacts are held together by a chain of joins (a maximum spanning tree, Kruskal,
1956); where the chain is weak, it may be two recruiters. Between actors: they share an account, a text or a company,
which was not enough to join them; how sure that makes it, only connecting their posts less strictly can tell (`graph.sureness`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from casefile.judgements import NOTHING_JUDGED, InForce, pair_of
from casefile.records import Actor, Connections, JoinReason, Link, LinkKind
from graph.chains import Chain
from graph.ledger import either

# How strongly one shared thing says that its two users are one; divided by how many others use it too.
_SHARED = {LinkKind.SAME_TEXT: 0.40, LinkKind.POSTED: 0.35, LinkKind.RECRUITS_FOR: 0.15}
_WORDS = {
    LinkKind.SAME_TEXT: "both send the same text",
    LinkKind.POSTED: "both are named by the same account",
    LinkKind.RECRUITS_FOR: "both recruit for the same company",
}
_MOST_USERS = 8  # what more actors share is everybody's
_LOOKED_AT = 50  # the weakest joins of one actor: each costs as much as it has joins
LEAST_DOUBT = 0.05  # 0: sure either way; 1: as likely as not


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One question: are these two contacts one recruiter's? `joined` tells what the machine holds now.

    `sure` (0 to 1) tells how surely they are one; `hangs` how many posts and contacts change hands by the answer.
    """

    left: str
    right: str
    joined: bool
    sure: float
    hangs: int
    reasons: tuple[str, ...]
    left_posts: tuple[str, ...]
    right_posts: tuple[str, ...]

    @property
    def worth(self) -> float:
        """How useful an answer is: uncertainty times effect."""
        return uncertainty(self.sure) * self.hangs


def uncertainty(sure: float) -> float:
    """0 where something is sure either way, 1 where it is as likely as not."""
    return 1 - abs(2 * sure - 1)


def find_doubts(connections: Connections, judged: InForce = NOTHING_JUDGED) -> list[Doubt]:
    """Everything worth asking, the most useful first; what was judged already is not asked again."""
    posts_of = posts_of_contacts(connections.links)
    inside = (doubt for actor in connections.actors for doubt in _inside(actor, posts_of, judged))
    doubts = [*inside, *_between(connections, posts_of, judged)]
    asked = [doubt for doubt in doubts if uncertainty(doubt.sure) >= LEAST_DOUBT]
    return in_order(asked)


def probability_of(reasons: Sequence[JoinReason]) -> float:
    """How surely two contacts are one, by all reasons together (0 to 1).

    Match weights add up (Fellegi and Sunter, 1969); the prior is what a reason's own probability has beside its weight.
    """
    weighed = [reason for reason in reasons if reason.bits]
    if not weighed:
        return either(reason.weight for reason in reasons)
    plain = min(weighed, key=lambda reason: abs(reason.weight - 0.5))  # the least rounded
    weight = min(max(plain.weight, 1e-9), 1 - 1e-9)
    total = math.log2(weight / (1 - weight)) - plain.bits + sum(reason.bits for reason in weighed)
    return 1 / (1 + math.exp2(-min(max(total, -100.0), 100.0)))


def in_order(doubts: Iterable[Doubt]) -> list[Doubt]:
    """The most useful first."""
    return sorted(doubts, key=lambda doubt: (-doubt.worth, doubt.left, doubt.right))


_Posts = Mapping[str, Sequence[str]]


def posts_of_contacts(links: Iterable[Link]) -> _Posts:
    """In which job offers each contact of an actor is given."""
    return {link.to_id: link.posts for link in links if link.kind is LinkKind.USES_CONTACT}


def _inside(actor: Actor, posts_of: _Posts, judged: InForce) -> Iterator[Doubt]:
    """Where an actor may be two: at each join of the tree that holds it together."""
    chain = Chain(actor, probability_of)
    for join in chain.tree[-_LOOKED_AT:]:
        ours, others, across = chain.cut(join)
        if judged.same.intersection(across):
            continue
        proofs = [post for reason in chain.reasons[join] for post in reason.posts]
        yield Doubt(
            left=join[0],
            right=join[1],
            joined=True,
            sure=either(chain.strength[pair] for pair in across),
            hangs=min(_weight(ours, posts_of), _weight(others, posts_of)),
            reasons=tuple(sorted({reason.reason for pair in across for reason in chain.reasons[pair]})),
            left_posts=posts_first(proofs, posts_of.get(join[0], ())),
            right_posts=posts_first(proofs, posts_of.get(join[1], ())),
        )


def _weight(contacts: Sequence[str], posts_of: _Posts) -> int:
    return len(contacts) + len({post for contact in contacts for post in posts_of.get(contact, ())})


def posts_first(proofs: Iterable[str], posts: Sequence[str]) -> tuple[str, ...]:
    """The posts, those that prove the point first."""
    among = set(posts)
    return tuple(dict.fromkeys([*(post for post in proofs if post in among), *posts]))


@dataclass(frozen=True, slots=True)
class _Use:
    """That an actor uses a thing: by which contact, how surely, in which posts."""

    contact: str
    confidence: float
    posts: tuple[str, ...]


def _between(connections: Connections, posts_of: _Posts, judged: InForce) -> Iterator[Doubt]:
    """Which actors may be one: those that share what few share."""
    actors = {actor.id: actor for actor in connections.actors}
    found: dict[tuple[str, str], list[tuple[LinkKind, float, _Use, _Use]]] = defaultdict(list)
    for kind, users in _shared_things(connections, posts_of):
        if 1 < len(users) <= _MOST_USERS:
            for one, other in combinations(sorted(users), 2):
                weight = _SHARED[kind] * min(users[one].confidence, users[other].confidence) / (len(users) - 1)
                found[one, other].append((kind, weight, users[one], users[other]))
    for (one, other), shared in sorted(found.items()):
        ours, theirs = actors[one], actors[other]
        if _are_judged(ours, theirs, judged):
            continue
        _, _, left, right = max(shared, key=lambda thing: thing[1])
        yield Doubt(
            left=left.contact,
            right=right.contact,
            joined=False,
            sure=either(weight for _, weight, _, _ in shared),
            hangs=min(_weight(ours.identifiers, posts_of), _weight(theirs.identifiers, posts_of)),
            reasons=tuple(sorted({_WORDS[kind] for kind, _, _, _ in shared})),
            left_posts=posts_first(left.posts, posts_of.get(left.contact, ())),
            right_posts=posts_first(right.posts, posts_of.get(right.contact, ())),
        )


def _are_judged(one: Actor, other: Actor, judged: InForce) -> bool:
    """Whether a person has spoken about any contact of the one and any of the other."""
    if not judged.different and not judged.rejected:
        return False
    pairs = (pair_of(left, right) for left in one.identifiers for right in other.identifiers)
    return any(pair in judged.different or pair in judged.rejected for pair in pairs)


def _shared_things(connections: Connections, posts_of: _Posts) -> Iterator[tuple[LinkKind, dict[str, _Use]]]:
    """Each account, text and company with the actors that use it."""
    actors = {actor.id: actor for actor in connections.actors}
    actor_of = {contact: actor.id for actor in connections.actors for contact in actor.identifiers}
    things: dict[tuple[LinkKind, str], dict[str, _Use]] = defaultdict(dict)
    for link in sorted(connections.links, key=lambda link: (-link.confidence, link.id)):
        if link.kind is LinkKind.POSTED and link.to_id in actor_of and link.from_id.startswith("account:"):
            use = _Use(link.to_id, link.confidence, link.posts)
            things[link.kind, link.from_id].setdefault(actor_of[link.to_id], use)
        elif link.kind in (LinkKind.SAME_TEXT, LinkKind.RECRUITS_FOR) and link.from_id in actors:
            contact = _contact_in(actors[link.from_id], set(link.posts), posts_of)
            things[link.kind, link.to_id].setdefault(link.from_id, _Use(contact, link.confidence, link.posts))
    for kind, thing in sorted(things):
        yield kind, things[kind, thing]


def _contact_in(actor: Actor, posts: set[str], posts_of: _Posts) -> str:
    """The contact that the actor gives most often in these posts."""
    return max(actor.identifiers, key=lambda contact: (len(posts.intersection(posts_of.get(contact, ()))), contact))
