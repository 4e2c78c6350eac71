"""Who is there: networks with their recruiters, honest employers, sites, and the accounts of each."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from benchmarks.networks.contacts import Contact, Inventor
from benchmarks.networks.settings import Language, Rates, common, languages
from benchmarks.networks.texts import Wording, Writer

DAYS = 540.0
"""How long the invented world is watched: eighteen months."""

_PAUSE = 270.0  # days before a network provider may have given a number to somebody else
_CODES = ("id", "id", "vi", "vi", "th", "th", "zh", "zh", "ms", "en", "tl", "my", "km", "hi")


@dataclass(frozen=True)
class Account:
    """A name under which somebody posts on one site."""

    name: str
    site: str


@dataclass
class Era:
    """A time in which a recruiter uses the same contacts and accounts."""

    first: float
    last: float
    contacts: list[Contact]
    accounts: list[Account]


@dataclass
class Recruiter:
    """One recruiter; `places` are his destinations with the day from which each holds."""

    id: str
    network: str
    who: str
    languages: list[str]
    own: list[Wording]
    shared: list[Wording]
    places: list[tuple[float, list[str]]]
    company: str
    eras: list[Era] = field(default_factory=list)
    admin: Account | None = None
    boss: Recruiter | None = None

    def contacts(self) -> list[Contact]:
        """All contacts of his time, each once."""
        return list({c.identifier: c for era in self.eras for c in era.contacts}.values())


@dataclass
class Employer:
    """An honest employer or licensed agency: one desk, several jobs, few texts."""

    company: str
    language: Language
    contacts: list[Contact]
    account: Account
    places: list[str]
    adverts: list[dict[str, Any]]


@dataclass(frozen=True)
class Site:
    """A site; `footer` is the contact that it puts under adverts, if it does."""

    name: str
    portal: str
    footer: Contact | None


class Founder:
    """Makes the people of one world."""

    def __init__(self, rates: Rates, random_: random.Random) -> None:
        self.rates, self.random = rates, random_
        self.inventor = Inventor(random_)
        self.writer = Writer(random_)
        self._authors: dict[str, dict[Account, None]] = defaultdict(dict)  # by site, in order
        self.recycled: list[str] = []
        self._codes: list[str] = []

    def happens(self, name: str) -> bool:
        """Whether something happens this time."""
        return self.random.random() < self.rates[name]

    def _code(self) -> str:
        """A language: each comes up as often as it stands in `_CODES`, in an order of its own."""
        if not self._codes:
            self._codes = self.random.sample(_CODES, len(_CODES))
        return self._codes.pop()

    def sites(self) -> list[Site]:
        """The sites; some put their own number or name under every advert."""
        found = []
        for name, portal in zip(common()["sources"], common()["portals"], strict=True):
            country = self.random.choice(["ID", "VN", "TH", "MY", "PH", "IN"])
            made = self.random.choice(
                [self.inventor.phone(country), self.inventor.given("telegram", f"{name}_care", "")]
            )
            found.append(Site(name, portal, made if self.happens("footer_sites") else None))
        return found

    def networks(self, recruiters: int) -> list[Recruiter]:
        """Recruiters in networks of one to six."""
        people: list[Recruiter] = []
        lent: list[Wording] = []
        number = 0
        while len(people) < recruiters:
            number += 1
            size = min(self.random.choice([1, 2, 2, 3, 3, 4, 5, 6]), recruiters - len(people))
            people += self._network(f"n{number}", size, lent)
        self._recycle(people)
        return people

    def _network(self, name: str, size: int, lent: list[Wording]) -> list[Recruiter]:
        random_ = self.random
        code = self._code()
        codes = [code]
        if self.happens("second_language"):
            codes.append(random_.choice([c for c in languages() if c != code]))
        shared = self._shared(codes, lent)
        lent += shared
        company = self._company(languages()[code]) if random_.random() < 0.7 else ""
        main = random_.sample(common()["destinations"], 2)
        admin = self.account("Admin") if size > 1 and self.happens("admin_account") else None
        numbered = (
            self.inventor.word() + random_.choice(common()["roles"])
            if size > 1 and self.happens("numbered_staff")
            else ""
        )
        people: list[Recruiter] = []
        for place in range(size):
            own = [self.writer.new(c) for c in codes[:1]] if self.happens("own_wording") or not shared else []
            person = Recruiter(
                f"{name}r{place + 1}", name, "", codes, own, shared, self._places(main), company, admin=admin
            )  # fmt: skip
            self._live(person, f"{numbered}_{place + 1:02d}" if numbered else "")
            person.boss = people[0] if people else None
            people.append(person)
        return people

    def _shared(self, codes: list[str], lent: list[Wording]) -> list[Wording]:
        """The texts of a network: its own, and perhaps one that was another's; each perhaps translated."""
        random_ = self.random
        texts = [self.writer.new(codes[0]) for _ in range(random_.choice([1, 1, 2]))]
        near = [wording for wording in lent if wording.language == codes[0]]
        if near and self.happens("copied_wording"):
            texts[0] = random_.choice(near)
        elif lent and self.happens("borrowed_family"):
            texts[0] = self.writer.rewritten(random_.choice(near or lent), codes[0])
        if len(codes) > 1:
            texts += [self.writer.translated(texts[0], codes[1])]
        return texts

    def _places(self, main: list[str]) -> list[tuple[float, list[str]]]:
        first = [main[0]] + ([main[1]] if self.happens("second_destination") else [])
        if not self.happens("moves"):
            return [(0.0, first)]
        later = self.random.choice([place for place in common()["destinations"] if place not in first])
        return [(0.0, first), (DAYS * self.random.uniform(0.35, 0.65), [later])]

    def _company(self, language: Language) -> str:
        name = f"{self.inventor.word().title()} {self.inventor.word().title()}"
        return str(self.random.choice(language.names["company"])).format(name)

    def account(self, who: str) -> Account:
        """A recruiter's name on a site, mostly one that nobody else has there."""
        site = self.random.choice(common()["sources"])
        taken = self._authors[site]
        if taken and self.happens("same_name"):
            return self.random.choice(list(taken))
        return self.stranger(who, site)

    def stranger(self, who: str, site: str = "") -> Account:
        """An author's name that nobody else has on that site."""
        site = site or self.random.choice(common()["sources"])
        tail = self.inventor.word().title() if self.random.random() < 0.7 else str(self.random.randrange(100, 9999))
        made = Account(f"{who} {tail}", site)
        while made in self._authors[site]:
            made = Account(f"{who} {tail} {self.random.randrange(10, 9999)}", site)
        self._authors[site][made] = None
        return made

    def _who(self, language: Language) -> str:
        return f"{self.random.choice(language.names['before'])} {self.random.choice(language.names['first'])}"

    def _live(self, person: Recruiter, handle: str) -> None:
        """Give a recruiter his time, cut into eras by the changes of his number."""
        random_, language = self.random, languages()[person.languages[0]]
        person.who = self._who(language)
        begin = random_.uniform(0, DAYS * 0.7)
        end = min(DAYS, begin + random_.uniform(90, 420))
        count = 1 + sum(random_.random() < (self.rates["numbers"] - 1) / 4 for _ in range(4))
        cuts = sorted(random_.uniform(begin, end) for _ in range(count - 1))
        country = random_.choice(language.numbers)
        accounts = [self.account(person.who) for _ in range(2 if self.happens("two_accounts") else 1)]
        name = self._handle(country, handle)
        contacts = [self.inventor.phone(country), *([name] if name else [])]
        for first, last in zip([begin, *cuts], [*cuts, end], strict=True):
            if person.eras:
                accounts, contacts = self._changed(person, accounts, contacts)
            person.eras.append(Era(first, last, contacts, accounts))

    def _handle(self, country: str, given: str) -> Contact | None:
        platform = self.random.choice(common()["messengers"][country]["names"])
        if given:
            return self.inventor.given(platform, given, country)
        if self.random.random() < 0.2:
            return None
        return self.inventor.name(platform, country)

    def _changed(
        self, person: Recruiter, accounts: list[Account], contacts: list[Contact]
    ) -> tuple[list[Account], list[Contact]]:
        """The accounts and contacts after a change of number: one stays with the other, or all change at once."""
        number, names = contacts[0], [c for c in contacts[1:] if c.platform != "phone"]
        fresh = self.inventor.phone(number.country)
        clean = self.happens("clean_break")
        if clean and self.happens("new_account_at_break"):
            accounts = [self.account(person.who)]
        turned = [
            self.inventor.name(c.platform, c.country, like=c.value) if clean or self.happens("handle_turns") else c
            for c in names
        ]
        overlaps = not clean and (turned != names or not names)
        # For some time the old number is still answered, and named beside the new one.
        return accounts, [fresh, *turned, *([number] if overlaps else [])]

    def _recycle(self, people: list[Recruiter]) -> None:
        """Give a few numbers, unused for long, to recruiters who began later."""
        for person in people:
            late = person.eras[-1]
            if not self.happens("recycled"):
                continue
            free = [
                era.contacts[0]
                for other in people
                for era in other.eras[:-1]
                if other.network != person.network
                and era.contacts[0].country == late.contacts[0].country
                and _last_use(era.contacts[0], other) + _PAUSE < late.first
                and era.contacts[0].identifier not in self.recycled
            ]
            if free:
                late.contacts.append(self.random.choice(free))
                self.recycled.append(late.contacts[-1].identifier)

    def employers(self, count: int) -> list[Employer]:
        """Honest employers and agencies."""
        return [self._employer() for _ in range(count)]

    def _employer(self) -> Employer:
        random_ = self.random
        language = languages()[self._code()]
        company = self._company(language)
        domain = "-".join(word.lower() for word in company.split() if word.isascii() and word.isalpha())[:30]
        contacts = [
            self.inventor.phone(random_.choice(language.numbers)),
            self.inventor.email(domain or self.inventor.word()),
        ]
        if random_.random() < 0.3:
            contacts.append(self.inventor.phone(contacts[0].country))
        adverts = [
            {
                "job": random_.randrange(6),
                "open": random_.randrange(4),
                "body": random_.sample(range(7), random_.choice([3, 4, 5])),
                "apply": random_.randrange(3),
                "between": random_.choice(["\n", " ", "\n"]),
            }
            for _ in range(random_.choice([1, 2, 3, 5]))
        ]
        places = random_.sample(common()["honest_places"], 2)
        return Employer(company, language, contacts, self.stranger(company), places, adverts)


def _last_use(contact: Contact, person: Recruiter) -> float:
    return max(era.last for era in person.eras if contact in era.contacts)
