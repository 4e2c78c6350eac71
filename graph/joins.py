"""Reasons to hold that two contacts belong to one recruiter, each with its weight and its posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from casefile.records import JoinReason
from graph.guards import is_list, is_shared_author, number_of
from graph.ledger import Ledger
from graph.observation import Named, Observation
from graph.settings import GraphSettings
from graph.texts import is_telling

SAME_NUMBER = "the same number under two messengers"
SAME_POST = "given together in a job offer"
SAME_LIST = "given together in a list of contacts"
SAME_ACCOUNT = "given in job offers of the same account"
SAME_ACCOUNT_TEXT = "given in the same text by the same account"


class Pair(NamedTuple):
    """Two contacts, in order."""

    left: str
    right: str


class _Join(NamedTuple):
    pair: Pair
    reason: str


Sighting = tuple[Observation, Named]
Sightings = Mapping[str, Sequence[Sighting]]


def posts_of_contacts(offers: Iterable[Observation], everybodys: frozenset[str]) -> Sightings:
    """Where each contact of a job offer was seen; contacts that are everybody's are left out."""
    found: dict[str, list[Sighting]] = defaultdict(list)
    for post in offers:
        for named in post.contacts():
            if named.id not in everybodys:
                found[named.id].append((post, named))
    return found


def find_reasons(
    offers: Iterable[Observation], posts_of: Sightings, witness_of: Mapping[str, str], settings: GraphSettings
) -> dict[Pair, list[JoinReason]]:
    """Every reason to join two contacts that stand in `posts_of`."""
    ledger: Ledger[_Join] = Ledger(witness_of)
    by_account: dict[str, list[Sighting]] = defaultdict(list)
    by_list: dict[Pair, dict[str, Observation]] = defaultdict(dict)
    for post in offers:
        contacts = [named for named in post.contacts() if named.id in posts_of]
        if len(contacts) > settings.guards.most_contacts:
            continue
        if is_list(post, settings.guards):
            for left, right in combinations(contacts, 2):
                by_list[Pair(left.id, right.id)].setdefault(post.account or post.source, post)
            continue
        for left, right in combinations(contacts, 2):
            weight = settings.joins.same_post * min(left.confidence, right.confidence)
            ledger.enter(_Join(Pair(left.id, right.id), SAME_POST), post, weight)
        if contacts and post.account and not post.forwarded and not is_shared_author(post, settings.guards):
            by_account[post.account] += [(post, named) for named in contacts]
    for pair, once_an_account in by_list.items():
        for post in once_an_account.values():
            ledger.enter(_Join(pair, SAME_LIST), post, settings.joins.same_list)
    for account, sightings in by_account.items():
        _join_account(account, sightings, witness_of, settings, ledger)
    _join_numbers(posts_of, settings.joins.same_number, ledger)
    reasons: dict[Pair, list[JoinReason]] = defaultdict(list)
    for (pair, why), proof in ledger.proofs():
        reasons[pair].append(
            JoinReason(left=pair.left, right=pair.right, reason=why, weight=proof.confidence, posts=proof.posts)
        )
    return {pair: sorted(found, key=lambda reason: reason.reason) for pair, found in reasons.items()}


def _join_account(
    account: str,
    sightings: Sequence[Sighting],
    witness_of: Mapping[str, str],
    settings: GraphSettings,
    ledger: Ledger[_Join],
) -> None:
    """Join the contacts of one account; those of a busy one only where it sent one text with several of them."""
    if _contacts_in(sightings) <= settings.guards.account_contacts:
        _join_star(sightings, SAME_ACCOUNT, settings.joins.same_account, account, ledger)
        return
    by_text: dict[str, list[Sighting]] = defaultdict(list)
    for post, named in sightings:
        if is_telling(post.text):
            by_text[witness_of[post.post_id]].append((post, named))
    for same_text in by_text.values():
        if _contacts_in(same_text) <= settings.guards.account_text_contacts:
            _join_star(same_text, SAME_ACCOUNT_TEXT, settings.joins.same_account_text, account, ledger)


def _contacts_in(sightings: Iterable[Sighting]) -> int:
    return len({named.id for _, named in sightings})


def _join_numbers(posts_of: Sightings, weight: float, ledger: Ledger[_Join]) -> None:
    """Join a phone number with the handles that are the same number (WhatsApp, Zalo, Viber ...)."""
    by_number: dict[str, list[str]] = defaultdict(list)
    for contact in sorted(posts_of):
        if number := number_of(contact)[1]:
            by_number[number].append(contact)
    for number, (first, *others) in by_number.items():
        for other in others:
            for contact in (first, other):
                post = posts_of[contact][0][0]
                ledger.enter(_Join(Pair(first, other), SAME_NUMBER), post, weight, witness=number)


def _join_star(sightings: Iterable[Sighting], reason: str, weight: float, witness: str, ledger: Ledger[_Join]) -> None:
    """Join each contact with the one that was captured first, never all with all; all of it is one witness.

    A post that names both is left out: it was counted as such.
    """
    ordered = sorted(sightings, key=lambda sighting: (sighting[0].captured, sighting[1].id, sighting[0].post_id))
    first_post, centre = ordered[0]
    beside = {post.post_id for post, named in ordered if named.id == centre.id}
    for post, named in ordered:
        if post.post_id not in beside:
            join = _Join(Pair(min(centre.id, named.id), max(centre.id, named.id)), reason)
            ledger.enter(join, first_post, weight, witness=witness)
            ledger.enter(join, post, weight, witness=witness)
