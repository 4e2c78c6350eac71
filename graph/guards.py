"""Who must join nobody: hotlines, portals, footers, shared accounts, lists of many recruiters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from casefile.records import Label
from graph.observation import Observation
from graph.settings import GuardSettings


@dataclass(slots=True)
class _Company:
    """What a contact is seen beside."""

    partners: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    companies: set[str] = field(default_factory=set)
    offers: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def everybodys_contacts(
    posts: Iterable[Observation], witness_of: Mapping[str, str], settings: GuardSettings
) -> frozenset[str]:
    """The contacts that are nobody's in particular, and so no recruiter's."""
    seen: dict[str, _Company] = defaultdict(_Company)
    for post in posts:
        contacts = [named.id for named in post.contacts()]
        for contact in contacts:
            company = seen[contact]
            if not post.offers_work:
                company.others.add(witness_of[post.post_id])
                continue
            company.offers.add(witness_of[post.post_id])
            if len(contacts) > settings.most_contacts:  # a crowd tells nothing of each, and would cost its square
                continue
            company.partners.update(contacts)
            company.accounts.add(post.account or post.source)
            company.companies.update(named.id for named in post.of(Label.ORG))
    return frozenset(contact for contact, company in seen.items() if _is_everybodys(contact, company, settings))


def _is_everybodys(contact: str, company: _Company, settings: GuardSettings) -> bool:
    unrelated = len(company.accounts) >= settings.common_accounts or len(company.offers) > settings.common_partners
    companies = min(len(company.companies), len(company.offers))
    warned = len(company.others)
    return (
        contact in settings.public_contacts
        or is_short_code(contact, settings.shortest_number)
        or (len(company.partners) - 1 > settings.common_partners and unrelated)
        or companies > settings.common_companies
        or (warned >= settings.warned_least and warned > settings.warned_ratio * len(company.offers))
    )


def is_short_code(contact: str, shortest: int) -> bool:
    """Whether a phone number is too short to be a person's: 110, 1343, +66 1300."""
    label, _, number = contact.partition(":")
    return label == "phone" and sum(map(str.isdecimal, number)) < shortest


def is_list(post: Observation, settings: GuardSettings) -> bool:
    """Whether a post names so many contacts of one kind that they may be several recruiters'."""
    contacts = {named.id for named in post.contacts()}
    kinds = Counter(number_of(contact)[0] for contact in contacts if not _is_double(contact, contacts))
    return max(kinds.values(), default=0) >= settings.list_contacts


def _is_double(contact: str, contacts: Collection[str]) -> bool:
    """Whether a messenger's handle only repeats a phone number of the same post."""
    platform, number = number_of(contact)
    return platform != "phone" and bool(number) and f"phone:+{number}" in contacts


def number_of(contact: str) -> tuple[str, str]:
    """The kind of a contact, and the digits of its phone number if it is one under any messenger."""
    kind, _, value = contact.partition(":")
    digits = value.removeprefix("+")
    is_number = kind not in ("email", "wallet") and 8 <= len(digits) <= 15 and digits.isascii() and digits.isdecimal()
    return kind, digits if is_number else ""


def is_shared_author(post: Observation, settings: GuardSettings) -> bool:
    """Whether the author's name is one that many people share, or that a site fills in by itself."""
    return post.author.casefold() in settings.shared_authors
