"""Who must join nobody: hotlines, portals, footers, shared accounts, lists of many recruiters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from casefile.records import Label
from graph.identities import is_short_code, number_of
from graph.observation import Observation
from graph.settings import GuardSettings
from graph.unions import Unions


def is_everybodys(contact: str, posts: Sequence[Observation], settings: GuardSettings) -> bool:
    """Whether a contact is nobody's in particular, and so no recruiter's; `posts` are those that name it."""
    if contact in settings.public_contacts or is_short_code(contact, settings.shortest_number):
        return True
    offers = [post for post in posts if post.offers_work]
    witnesses = {post.witness for post in offers}
    warned = len({post.witness for post in posts if not post.offers_work} - witnesses)
    if warned >= settings.warned_least and warned >= settings.warned_ratio * (warned + len(witnesses)):
        return True
    companies = {named.id for post in offers for named in post.of(Label.ORG)}
    if min(len(companies), len(witnesses)) > settings.common_companies:
        return True
    # A crowd tells nothing of each, and would cost its square.
    single = [post for post in offers if not is_list(post, settings)]
    return _is_common(contact, single, settings)


def _is_common(contact: str, offers: Sequence[Observation], settings: GuardSettings) -> bool:
    partners = {named.id for post in offers for named in post.contacts} - {contact}
    accounts = {post.account or post.source for post in offers}
    witnesses = {post.witness for post in offers}
    many = len(accounts) >= settings.common_accounts or len(witnesses) > settings.common_partners
    if len(partners) > settings.common_partners and many:
        return True
    return len(unrelated(offers, {contact})) >= settings.common_groups


def unrelated(
    posts: Iterable[Observation], besides: Collection[str], without: str | None = None
) -> list[Sequence[str]]:
    """The contacts of posts (except `besides`) in groups that share no post, account or text (but for `without`)."""
    unions: Unions[str] = Unions()
    contacts = set()
    for post in posts:
        others = [named.id for named in post.contacts if named.id not in besides]
        contacts.update(others)
        shared = [key for key in (post.account, post.witness) if key and key != without]
        for one in others:
            for other in (others[0], *shared):
                unions.union(one, other)
            if number := number_of(one)[1]:
                unions.union(one, f"number:{number}")
    groups = ([key for key in group if key in contacts] for group in unions.groups())
    return [group for group in groups if group]


def is_list(post: Observation, settings: GuardSettings) -> bool:
    """Whether a post names so many contacts of one kind that they may be several recruiters'."""
    if len(post.contacts) > settings.most_contacts:
        return True
    contacts = {named.id for named in post.contacts}
    kinds = Counter(number_of(contact)[0] for contact in contacts if not _is_double(contact, contacts))
    return max(kinds.values(), default=0) >= settings.list_contacts


def _is_double(contact: str, contacts: Collection[str]) -> bool:
    """Whether a messenger's handle only repeats a phone number of the same post."""
    platform, number = number_of(contact)
    return platform != "phone" and bool(number) and f"phone:+{number}" in contacts


def is_shared_author(post: Observation, settings: GuardSettings) -> bool:
    """Whether the author's name is one that many people share, or that a web site fills in by itself."""
    return post.author.casefold() in settings.shared_authors
