"""What investigators decided, and which of it is in force.

| decision  | on                                | means                                                        |
|-----------|-----------------------------------|--------------------------------------------------------------|
| same      | two or more subjects              | one recruiter                                                |
| different | two or more subjects              | never one recruiter, also not by way of others               |
| confirm   | a subject; two; or a link         | a recruiter's contact; one recruiter; the link is true       |
| reject    | a subject; two; or a link         | no recruiter's contact; nothing joins the two; no such link  |
| hide      | contacts, entities, posts         | left out of connecting, so of networks, report and exports   |

A subject is one thing that was named: one raw identifier (`phone:+…`, `account:…`, a post's id), or all identifiers of
an actor. Never an actor's id: that may change when more is known, and a judgement holds for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from casefile.records import Decision, Judgement

Pair = tuple[str, str]
"""Two identifiers, in order."""
Claim = tuple[str, ...]
"""What can be confirmed or rejected: (identifier), (left, right) in order for a join, (from, kind, to) for a link.

A confirmed join is not among the confirmed claims but in `same`, where contradictions are settled.
"""


@dataclass(frozen=True, slots=True)
class InForce:
    """The decisions that hold now, free of contradictions: `same` and `different` can be obeyed together."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    confirmed: frozenset[Claim] = frozenset()
    rejected: frozenset[Claim] = frozenset()
    hidden: frozenset[str] = frozenset()

    def on_link(self, from_ids: Iterable[str], kind: str, to_ids: Iterable[str]) -> Decision | None:
        """CONFIRM, REJECT or None for a link; an actor's end is given as all its identifiers, another as its id.

        Where parts of an actor that grew were judged differently, it is rejected: rather accuse nobody.
        """
        claims = [(left, str(kind), right) for left, right in product(set(from_ids), set(to_ids))]
        if any(claim in self.rejected for claim in claims):
            return Decision.REJECT
        return Decision.CONFIRM if any(claim in self.confirmed for claim in claims) else None


NOTHING_JUDGED = InForce()


def pair_of(left: str, right: str) -> Pair:
    """Two identifiers in order."""
    return (left, right) if left <= right else (right, left)


def in_force(judgements: Iterable[Judgement]) -> InForce:
    """What holds: undone judgements do not; of two that contradict each other the later does."""
    standing = [judgement for judgement in judgements if judgement.undone_by is None]
    standing.sort(key=lambda judgement: -judgement.sequence)
    groups = _Groups()
    claims: dict[Claim, bool] = {}
    hidden: dict[str, bool] = {}
    for judgement in standing:
        decision, subjects = judgement.decision, judgement.subjects
        if decision is Decision.HIDE:
            for identifier in _flat(subjects):
                hidden.setdefault(identifier, True)
        elif decision is Decision.SAME:
            groups.unite(pair for pair in _star(_flat(subjects)) if claims.get(pair, True))
        elif decision is Decision.DIFFERENT:
            groups.divide(_across(subjects))
        elif judgement.kind is not None:
            for left, right in product(*subjects):
                claims.setdefault((left, judgement.kind.value, right), decision is Decision.CONFIRM)
        elif len(subjects) == 2:
            _judge_join(subjects, decision, groups, claims)
        else:
            for identifier in subjects[0]:
                claims.setdefault((identifier,), decision is Decision.CONFIRM)
                hidden.setdefault(identifier, False)
    return InForce(
        same=frozenset(groups.same),
        different=frozenset(groups.different),
        confirmed=frozenset(claim for claim, true in claims.items() if true and len(claim) != 2),
        rejected=frozenset(c for c, true in claims.items() if not true and (len(c) != 2 or c not in groups.same)),
        hidden=frozenset(identifier for identifier, is_hidden in hidden.items() if is_hidden),
    )


def _judge_join(
    subjects: Sequence[Sequence[str]], decision: Decision, groups: _Groups, claims: dict[Claim, bool]
) -> None:
    """Confirmed: the two are one. Rejected: nothing that the machine saw joins them, though others may."""
    pairs = list(_across(subjects))
    if decision is Decision.CONFIRM:
        groups.unite([pair for pair in pairs if claims.get(pair, True)])
    for pair in pairs:
        claims.setdefault(pair, decision is Decision.CONFIRM)


def _flat(subjects: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(identifier for subject in subjects for identifier in subject))


def _star(identifiers: Sequence[str]) -> list[Pair]:
    return [pair_of(identifiers[0], other) for other in identifiers[1:]]


def _across(subjects: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Every pair of identifiers of two different subjects; what belongs to both sides says nothing."""
    for one, other in combinations(subjects, 2):
        for left, right in product(one, other):
            if left != right and not (left in other and right in one):
                yield pair_of(left, right)


class _Groups:
    """Who is one with whom and who never is; what contradicts an earlier call is left out (the latest decides first)."""

    def __init__(self) -> None:
        self.same: list[Pair] = []
        self.different: list[Pair] = []
        self._group_of: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._never: dict[str, set[str]] = {}  # by member: the members that it is never one with

    def unite(self, pairs: Iterable[Pair]) -> None:
        for pair in pairs:
            one, other = self._group(pair[0]), self._group(pair[1])
            if one == other:
                self.same.append(pair)
            elif not self._are_enemies(one, other):
                self._merge(one, other)
                self.same.append(pair)

    def divide(self, pairs: Iterable[Pair]) -> None:
        for left, right in pairs:
            if self._group(left) != self._group(right):
                self._never.setdefault(left, set()).add(right)
                self._never.setdefault(right, set()).add(left)
                self.different.append((left, right))

    def _group(self, identifier: str) -> str:
        if identifier not in self._group_of:
            self._group_of[identifier] = identifier
            self._members[identifier] = {identifier}
        return self._group_of[identifier]

    def _are_enemies(self, one: str, other: str) -> bool:
        small, large = sorted((self._members[one], self._members[other]), key=len)
        return any(not large.isdisjoint(self._never.get(member, ())) for member in small)

    def _merge(self, one: str, other: str) -> None:
        small, large = sorted((one, other), key=lambda group: len(self._members[group]))
        for member in self._members.pop(small):
            self._group_of[member] = large
            self._members[large].add(member)
