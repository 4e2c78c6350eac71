"""Who must join nobody: hotlines, portals, footers, shared accounts, lists of many recruiters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from casefile.records import Label, PostKind
from graph.identities import is_short_code, number_of, tail_of
from graph.observation import Observation
from graph.settings import GuardSettings
from graph.unions import Unions

_FEW_OFFERS = 20
_SELDOM = 0.1
_MOST_GROUPS = 4  # of unrelated people, beyond which more of them prove no more


def is_everybodys(contact: str, posts: Sequence[Observation], settings: GuardSettings) -> bool:
    """Whether a contact is nobody's in particular, and so no recruiter's; `posts` are those that name it."""
    if contact in settings.public_contacts or is_short_code(contact, settings.shortest_number):
        return True
    called_help = sum(contact in post.help_lines for post in posts)
    if called_help and called_help >= settings.help_share * len(posts):
        return True
    offers = [post for post in posts if post.offers_work]
    witnesses = {post.witness for post in offers}
    warned = len({post.witness for post in posts if post.kind is not PostKind.RECRUITMENT} - witnesses)
    if warned >= settings.warned_least and warned >= settings.warned_ratio * (warned + len(offers)):
        return True
    if _is_help(contact, offers, warned, settings):
        return True
    if _stands_beside_all(contact, posts, offers, settings):
        return True
    companies = {named.id for post in offers for named in post.of(Label.ORG)}
    if min(len(companies), len(witnesses)) > settings.common_companies:
        return True
    return _is_common(contact, [post for post in offers if len(post.contacts) <= settings.most_contacts], settings)


def _is_help(contact: str, offers: Sequence[Observation], warned: int, settings: GuardSettings) -> bool:
    """Whether a contact stands beside others in offers, never alone, and about as often in warnings: a help line."""
    seen_once = len(offers) == 1 and contact.startswith("phone:")
    if warned < settings.warned_least - seen_once or any(len(post.contacts) == 1 for post in offers):
        return False
    beside_many = len(offers) <= _FEW_OFFERS and len(unrelated(offers, {contact})) > 1
    return warned >= len(offers) or (beside_many and 2 * warned >= len(offers))


def _stands_beside_all(
    contact: str, posts: Sequence[Observation], offers: Sequence[Observation], settings: GuardSettings
) -> bool:
    """Whether no offer gives a contact alone, and offers and warnings give it beside many unrelated people: a help line.

    Neither proves it: posts are passed on, and recruiters are warned of together. Both together do, in whatever words.
    """
    if any(len(post.contacts) == 1 for post in offers):
        return False
    single = [post for post in offers if len(post.contacts) <= settings.list_kinds]
    warnings = [post for post in posts if post.kind is not PostKind.RECRUITMENT]
    groups = (len(unrelated(single, {contact}, by_account=True)), len(unrelated(warnings, {contact})))
    return sum(min(count, _MOST_GROUPS) for count in groups) >= settings.beside_groups


def _is_common(contact: str, offers: Sequence[Observation], settings: GuardSettings) -> bool:
    """Whether a contact stands beside many people who have nothing else in common, and seldom by itself."""
    alone = sum(len(post.contacts) == 1 for post in offers)
    few = (post for post in offers if len(post.contacts) <= settings.list_kinds)  # a list would lend all its contacts
    partners = {named.id for post in few for named in post.contacts}
    accounts = {post.account or post.source for post in offers}
    seldom_alone = alone <= _SELDOM * len(offers)
    if seldom_alone and len(partners) > settings.common_partners and len(accounts) >= settings.common_accounts:
        return True
    groups = unrelated(offers, {contact}, by_account=True)
    if len(groups) < settings.common_groups:
        return False
    group_of = {other: number for number, group in enumerate(groups) for other in group}
    beside: Counter[int] = Counter()
    for post in offers:
        beside.update({group_of[named.id] for named in post.contacts if named.id != contact})
    return alone + max(beside.values()) < settings.own_share * len(offers)


def unrelated(
    posts: Iterable[Observation], besides: Collection[str], *, by_account: bool = False, by_text: bool = False
) -> list[Sequence[str]]:
    """The contacts of posts (except `besides`) in groups that share no post or number (nor account, nor text)."""
    unions: Unions[str] = Unions()
    contacts = set()
    for post in posts:
        others = [named.id for named in post.contacts if named.id not in besides]
        contacts.update(others)
        shared = [post.account] if by_account and post.account else []
        shared += [post.witness] if by_text else []
        for one in others:
            for other in (others[0], *shared):
                unions.union(one, other)
            if number := number_of(one)[1]:
                unions.union(one, f"number:{number}")
    groups = ([key for key in group if key in contacts] for group in unions.groups())
    return [group for group in groups if group]


def is_list(contacts: Collection[str], settings: GuardSettings) -> bool:
    """Whether these are so many contacts (of one kind) for one post that they may be several recruiters'."""
    if len(contacts) > settings.most_contacts:
        return True
    single = {tail_of(contact) or contact: contact for contact in contacts if not _is_double(contact, contacts)}
    kinds = Counter(number_of(contact)[0] for contact in single.values())
    return max(kinds.values(), default=0) >= settings.list_contacts or len(single) >= settings.list_kinds


def _is_double(contact: str, contacts: Collection[str]) -> bool:
    """Whether a messenger's handle only repeats a phone number of the same post."""
    platform, number = number_of(contact)
    return platform != "phone" and bool(number) and f"phone:+{number}" in contacts


def is_shared_author(post: Observation, settings: GuardSettings) -> bool:
    """Whether the author's name is one that many people share, or that a web site fills in by itself."""
    return post.author.casefold() in settings.shared_authors
