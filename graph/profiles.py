"""What is known of one contact from the job offers that give it; a number with a new owner counts as two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casefile.records import Label, Role
from graph.observation import Observation
from graph.telling import country_of, finest

DELIVERS = (Role.DESTINATION, Role.WORKSITE)
_TOLD_ENOUGH = 0.3  # of the witnesses that tell the most told place
_ERA = "\t"  # between a contact and the number of its owner, from the second on


@dataclass(frozen=True, slots=True)
class Profile:
    """A contact as long as it had one owner. `node` is the contact itself for the first owner."""

    node: str
    offers: tuple[Observation, ...]
    first: datetime
    last: datetime
    accounts: frozenset[str]
    witnesses: frozenset[str]
    towns: frozenset[str]
    companies: frozenset[str]
    languages: frozenset[str]
    suspect: float

    @property
    def countries(self) -> set[str]:
        """The countries that its offers send people to."""
        return set(map(country_of, self.towns))


def contact_of(node: str) -> str:
    """The contact that a node is, whoever owns it."""
    return node.partition(_ERA)[0]


def make_profiles(
    contact: str, offers: Sequence[Observation], pause: timedelta, lists: Collection[str] = frozenset()
) -> tuple[Profile, ...]:
    """The profiles of a contact, one for each owner, the earliest first; `lists` are the ids of posts by others."""
    return tuple(
        _profile(contact if number == 0 else f"{contact}{_ERA}{number}", era)
        for number, era in enumerate(_eras(offers, pause, lists))
    )


def _eras(offers: Sequence[Observation], pause: timedelta, lists: Collection[str]) -> Iterator[list[Observation]]:
    """Offers between which no long pause lies; a pause divides only where nothing else goes on."""
    in_time = sorted(offers, key=lambda post: (post.at, post.post_id))
    era: list[Observation] = []
    for place, post in enumerate(in_time):
        if era and post.at - era[-1].at >= pause:
            after = [later for later in in_time[place:] if later.post_id not in lists]
            if after and not _goes_on(era, after):
                yield era
                era = []
        era.append(post)
    if era:
        yield era


def _goes_on(before: Sequence[Observation], after: Sequence[Observation]) -> bool:
    return bool(_manner(before) & _manner(after))


def _manner(offers: Sequence[Observation]) -> set[str]:
    return {post.account for post in offers if post.account} | {post.witness for post in offers}


def _profile(contact: str, offers: Sequence[Observation]) -> Profile:
    suspects: dict[str, float] = {}
    for post in offers:
        suspects[post.witness] = max(post.suspect, suspects.get(post.witness, 0.0))
    ordered = sorted(suspects.values())
    return Profile(
        node=contact,
        offers=tuple(sorted(offers, key=lambda post: (post.captured, post.post_id))),
        first=min(post.at for post in offers),
        last=max(post.at for post in offers),
        accounts=frozenset(post.account for post in offers if post.account),
        witnesses=frozenset(suspects),
        towns=frozenset(_towns(offers)),
        companies=frozenset(named.id for post in offers for named in post.of(Label.ORG)),
        languages=frozenset(post.lang for post in offers) - {"", "und"},
        suspect=ordered[len(ordered) // 2],
    )


def _towns(offers: Sequence[Observation]) -> list[str]:
    """Where most of the offers send people; a country gives way to a place in it."""
    told: dict[str, set[str]] = defaultdict(set)
    for post in offers:
        for place in post.of(Label.LOC):
            if place.role in DELIVERS:
                told[place.id].add(post.witness)
    most = max(map(len, told.values()), default=0)
    return finest([place for place, witnesses in told.items() if len(witnesses) >= _TOLD_ENOUGH * most])
