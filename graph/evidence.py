"""Reasons to hold that two contacts belong to one recruiter, weighed after Fellegi and Sunter (1969).

Every kind of evidence weighs log2(m/u) bits; what many share weighs less, as its u grows with their number. The sum of
the bits and of the prior is the logarithm of the odds. All of it depends on the posts around the two contacts only,
never on the whole case: so a new post changes nothing far away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, exp2, log2
from typing import NamedTuple, Protocol

from casefile.records import JoinReason
from graph.identities import base_of, is_like, is_same_number
from graph.observation import Observation
from graph.profiles import Profile, contact_of
from graph.settings import Agreement, GraphSettings, JoinSettings

SAME_NUMBER = "the same number under two messengers"
LIKE_NUMBER = "the same number with and without its country's code"
SAME_POST = "given together in a job offer"
SAME_LIST = "given together in a list of contacts"
SAME_ACCOUNT = "given in job offers of the same account"
SAME_TEXT = "given in the same text"
SAME_ACCOUNT_TEXT = "given in the same text by the same account"
SAME_BASE = "names that differ in a running number"
SAME_TOWN = "their offers send people to the same place"
SAME_COUNTRY = "their offers send people to the same country"
SAME_COMPANY = "their offers name the same company"
IN_TURN = "one was given when the other was given no more"
OTHER_COUNTRY = "against: their offers send people to different countries"
OTHER_MANNER = "against: only one's offers show warning signs"
OTHER_LANGUAGE = "against: their offers are in different languages"
AT_ONCE = "against: given by turns, now this one, now that"
OWN_ACCOUNTS = "against: each is also given by accounts of its own"
BESIDE_OWN = "against: the account gives both, but each is also given by accounts of its own"
SELDOM = "against: both are busy, and stand together once"

_SURE_READING = 0.6  # a contact read less surely than this joins less
_MANNERS_APART = 0.5
_BUSY = 4  # texts
_FEWEST_IN_TURN = 3  # posts
_DIGITS = 6
_MOST_PROOFS = 20
_MARGIN = 0.001  # bits, for rounding


@dataclass(frozen=True, slots=True)
class Join:
    """Why two nodes are one recruiter's, and how likely that is."""

    left: str
    right: str
    probability: float
    reasons: tuple[JoinReason, ...]


class Hub(NamedTuple):
    """The contacts of one account or text: where each stands, how many unrelated ones there are, in how many texts."""

    sightings: Mapping[str, Sequence[Observation]]
    groups: int
    texts: int


class Around(Protocol):
    """What lies around two contacts, as far as weighing them asks for it."""

    def account(self, account: str) -> Hub: ...
    def homes(self, node: str) -> frozenset[str]: ...
    def text(self, witness: str) -> Hub: ...
    def namesakes(self, base: str) -> int: ...
    def partners(self, profile: Profile) -> int: ...
    def is_list(self, post: Observation) -> bool: ...
    def is_own(self, post: Observation, contact: str) -> bool: ...
    def speaks_for_itself(self, post: Observation) -> bool: ...


class Weighing:
    """The evidence on one pair of nodes."""

    def __init__(self, around: Around, settings: GraphSettings, left: Profile, right: Profile) -> None:
        self._around, self._weights, self._guards = around, settings.joins, settings.guards
        self._left, self._right = left, right
        self._contacts = contact_of(left.node), contact_of(right.node)
        self._reasons: list[JoinReason] = []
        self._bits = settings.joins.prior

    def join(self) -> Join | None:
        """All reasons together; None where nothing speaks for it."""
        together = self._posts_together()
        by_name = self._names()
        by_post = self._together(together)
        # Who stands in one post stands in one text: that proves nothing more.
        by_text = not by_post and self._shared_text(together)
        by_account = self._shared_account(together)
        if by_name and not by_account and base_of(self._contacts[0]):
            self._turns(self._left.offers, self._right.offers)
        if not (by_name or by_post or by_text or by_account):
            return None
        self._places()
        self._company_and_manner()
        reasons = tuple(sorted(self._reasons, key=lambda reason: reason.reason))
        return Join(self._left.node, self._right.node, _probability(self._bits), reasons)

    def _say(
        self, reason: str, evidence: Agreement, posts: Sequence[str], *, sharers: float = 1, times: float = 1
    ) -> bool:
        """Enter a reason; `sharers` is how many times more often than usual it comes by chance."""
        bits = round(times * (evidence.bits - log2(max(1.0, sharers))), _DIGITS)
        self._bits += bits
        left, right = self._contacts
        proofs = tuple(dict.fromkeys(posts))[:_MOST_PROOFS]
        alone = _probability(self._weights.prior + bits)
        self._reasons.append(JoinReason(left=left, right=right, reason=reason, weight=alone, posts=proofs, bits=bits))
        return True

    def _first_posts(self) -> list[str]:
        return [self._left.offers[0].post_id, self._right.offers[0].post_id]

    def _posts_together(self) -> list[Observation]:
        beside = {post.post_id for post in self._right.offers}
        both = (post for post in self._left.offers if post.post_id in beside)
        return [post for post in both if len(post.contacts) <= self._guards.most_contacts]

    def _names(self) -> bool:
        left, right = self._contacts
        if left == right:
            return False
        if is_same_number(left, right):
            return self._say(SAME_NUMBER, self._weights.same_number, self._first_posts())
        if is_like(left, right):
            return self._say(LIKE_NUMBER, self._weights.like_number, self._first_posts())
        base = base_of(left)
        if len(base) >= self._guards.shortest_base and base == base_of(right):
            namesakes = self._around.namesakes(base)
            if namesakes <= self._guards.base_contacts:
                sharers = max(1, namesakes - 1) ** 2
                return self._say(SAME_BASE, self._weights.same_base, self._first_posts(), sharers=sharers)
        return False

    def _together(self, together: Sequence[Observation]) -> bool:
        lists = [post for post in together if self._around.is_list(post)]
        by_account = {post.account or post.source: post for post in reversed(lists)}
        if by_account:
            posts = sorted(post.post_id for post in by_account.values())
            self._say(SAME_LIST, self._weights.same_list, posts, times=_growing(len(by_account)))
        single = [post for post in together if not self._around.is_list(post)]
        if not single:
            return bool(lists)
        sureness = max(self._sureness(post) for post in single)
        witnesses = len({post.witness for post in single})
        busier = max(self._around.partners(self._left), self._around.partners(self._right))
        posts = [post.post_id for post in single]
        self._say(SAME_POST, self._weights.same_post, posts, sharers=busier, times=sureness * _growing(witnesses))
        if self._have_accounts_of_their_own(together):
            self._say(OWN_ACCOUNTS, self._weights.own_accounts, self._first_posts())
        both_busy = min(len(self._left.witnesses), len(self._right.witnesses)) >= _BUSY
        if witnesses == 1 and both_busy and not self._left.accounts & self._right.accounts:
            self._say(SELDOM, self._weights.seldom_together, self._first_posts())
        return True

    def _have_accounts_of_their_own(self, together: Sequence[Observation]) -> bool:
        """Whether each of the two is given without the other, by accounts that never give the other one."""
        left, right = self._own_posts(self._left, together), self._own_posts(self._right, together)
        return bool(left and right and len(left + right) > 2 and not set(left) & set(right))

    def _own_posts(self, profile: Profile, together: Sequence[Observation]) -> list[str]:
        """The accounts that give a contact as their own, once for each post that gives it without the other one."""
        beside, contact = {post.post_id for post in together}, contact_of(profile.node)
        alone = (post for post in profile.offers if post.post_id not in beside)
        return [post.account for post in alone if post.account and self._around.is_own(post, contact)]

    def _own_accounts(self, profile: Profile, together: Sequence[Observation]) -> set[str]:
        return set(self._own_posts(profile, together))

    def _sureness(self, post: Observation) -> float:
        sure = min(named.confidence for named in post.contacts if named.id in self._contacts)
        return min(1.0, sure / _SURE_READING)

    def _shared_account(self, together: Sequence[Observation]) -> bool:
        beside = {post.post_id for post in together}
        best: tuple[int, list[str], str] | None = None
        for account in sorted(self._around.homes(self._left.node) & self._around.homes(self._right.node)):
            hub = self._around.account(account)
            posts = self._apart(hub, beside)
            # Who sends one text only changes his number; who sends several under many numbers posts for others.
            most = self._guards.text_contacts if hub.texts == 1 else self._guards.account_contacts
            if posts and hub.groups <= most and (best is None or hub.groups < best[0]):
                best = hub.groups, posts, account
        if best is None:
            return False
        groups, posts, account = best
        hub = self._around.account(account)
        sharers = max(1, groups - 1) ** (1 if hub.texts == 1 else 2)
        self._say(SAME_ACCOUNT, self._weights.same_account, posts, sharers=sharers)
        sightings = hub.sightings
        self._turns(sightings[self._left.node], sightings[self._right.node])
        if self._is_one_of_many_accounts(together):
            self._say(BESIDE_OWN, self._weights.own_accounts, self._first_posts())
        return True

    def _is_one_of_many_accounts(self, together: Sequence[Observation]) -> bool:
        """Whether each of the two is given by accounts that do not give the other: the shared one posts for both."""
        left, right = self._own_accounts(self._left, together), self._own_accounts(self._right, together)
        return bool(left - right and right - left)

    def _turns(self, left: Sequence[Observation], right: Sequence[Observation]) -> None:
        """Whether these posts went over from one contact to the other for good, or give now this one, now that."""
        ids = {post.post_id for post in left} ^ {post.post_id for post in right}
        marked = [(post.at, post.post_id, side) for side, posts in enumerate((left, right)) for post in posts]
        sides = [side for _, post_id, side in sorted(marked) if post_id in ids]
        if len(sides) < _FEWEST_IN_TURN or len(set(sides)) < 2:
            return
        changes = sum(one != other for one, other in pairwise(sides))
        left_count, right_count = sides.count(0), sides.count(1)
        by_chance = 2 * left_count * right_count / len(sides)
        proofs = self._first_posts()
        if changes == 1:
            self._say(IN_TURN, _once_by_chance(self._weights.in_turn, left_count, right_count), proofs)
        elif changes > by_chance / 2 and min(left_count, right_count) > 1:
            self._say(AT_ONCE, self._weights.at_once, proofs)

    def _apart(self, hub: Hub, beside: set[str]) -> list[str]:
        """The first post of each of the two in a hub, where they do not stand together; [] if one is not in it."""
        firsts = []
        for node in (self._left.node, self._right.node):
            first = next((post for post in hub.sightings.get(node, ()) if post.post_id not in beside), None)
            if first is None:
                return []
            firsts.append(first.post_id)
        return firsts

    def _shared_text(self, together: Sequence[Observation]) -> bool:
        beside = {post.post_id for post in together}
        best: tuple[int, list[str], str] | None = None
        for witness in sorted(self._left.witnesses & self._right.witnesses):
            hub = self._around.text(witness)
            posts = self._apart(hub, beside)
            if posts and hub.groups <= self._guards.text_contacts and (best is None or hub.groups < best[0]):
                best = hub.groups, posts, witness
        if best is None:
            return False
        groups, posts, witness = best
        self._say(SAME_TEXT, self._weights.same_text, posts, sharers=max(1, groups - 1) ** 2)
        if self._accounts_of(self._left, witness) & self._accounts_of(self._right, witness):
            self._say(SAME_ACCOUNT_TEXT, self._weights.same_account_text, posts)
        return True

    def _accounts_of(self, profile: Profile, witness: str) -> set[str]:
        own = (post for post in profile.offers if post.witness == witness and self._around.speaks_for_itself(post))
        return {post.account for post in own if post.account}

    def _places(self) -> None:
        left, right = self._left, self._right
        if not left.towns or not right.towns:
            return
        if any("/" in town for town in left.towns & right.towns):
            self._say(SAME_TOWN, self._weights.same_town, self._first_posts())
        elif left.countries & right.countries:
            self._say(SAME_COUNTRY, self._weights.same_country, self._first_posts())
        else:
            self._say(OTHER_COUNTRY, self._weights.other_country, self._first_posts())

    def _company_and_manner(self) -> None:
        left, right = self._left, self._right
        if left.companies & right.companies:
            self._say(SAME_COMPANY, self._weights.same_company, self._first_posts())
        if abs(left.suspect - right.suspect) >= _MANNERS_APART:
            self._say(OTHER_MANNER, self._weights.other_manner, self._first_posts())
        if left.languages and right.languages and not left.languages & right.languages:
            self._say(OTHER_LANGUAGE, self._weights.other_language, self._first_posts())


def lists_may_join(weights: JoinSettings) -> bool:
    """Whether two contacts may be joined that share nothing but lists and what their offers tell."""
    return _may_join(weights, 2 * max(0.0, weights.same_list.bits))


def texts_may_join(weights: JoinSettings) -> bool:
    """Whether two contacts may be joined that share nothing but texts and what their offers tell."""
    return _may_join(weights, max(0.0, weights.same_text.bits) + max(0.0, weights.same_account_text.bits))


def _may_join(weights: JoinSettings, bits: float) -> bool:
    places = (weights.same_town, weights.same_country, weights.other_country)
    others = (weights.same_company, weights.other_manner, weights.other_language)
    told = max(0.0, *(evidence.bits for evidence in places)) + sum(max(0.0, evidence.bits) for evidence in others)
    return _probability(weights.prior + bits + told + _MARGIN) >= weights.enough


def _growing(witnesses: int) -> float:
    """How much more several witnesses prove than one: each half as much as the last, for they are not independent."""
    return 2.0 - 0.5 ** (witnesses - 1)


def _once_by_chance(evidence: Agreement, left: int, right: int) -> Agreement:
    """The evidence of a single change among so many posts of each of two: two of all orders have one by chance."""
    return evidence.model_copy(update={"u": max(evidence.u, 2 / comb(left + right, left))})


def _probability(bits: float) -> float:
    """The probability whose odds have this logarithm (base 2)."""
    return round(1.0 / (1.0 + exp2(-max(-60.0, min(60.0, bits)))), _DIGITS)
