"""An invented world: everybody's posts over eighteen months, and the truth about them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.networks import texts
from benchmarks.networks.contacts import Contact, numbered, plain, with_a_slip, written
from benchmarks.networks.people import DAYS, Account, Employer, Era, Founder, Recruiter, Site
from benchmarks.networks.settings import Language, Rates, common, languages
from benchmarks.networks.texts import Wording

_START = datetime(2025, 5, 1, tzinfo=UTC)
_POSTS_OF_A_RECRUITER = 24  # on average; a few write eight times as much as most
_POSTS_OF_AN_EMPLOYER = 10


@dataclass
class Draft:
    """One post before it has a number: its text, and what is true about it."""

    day: float
    account: Account
    text: str
    kind: str
    recruiter: Recruiter | None = None
    wording: Wording | None = None
    told: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    by_himself: bool = False


@dataclass
class World:
    """Posts as an import reads them, and the truth as a scorer does."""

    posts: list[dict[str, str]]
    truth: dict[str, Any]


def make_world(difficulty: str, seed: int, posts: int) -> World:
    """About `posts` posts; the same arguments give the same world."""
    return _Maker(Rates(difficulty), random.Random(f"{difficulty}/{seed}/{posts}"), posts).world()


class _Maker:
    def __init__(self, rates: Rates, random_: random.Random, posts: int) -> None:
        self.rates, self.random, self.count = rates, random_, posts
        self.founder = Founder(rates, random_)
        self.sites: dict[str, Site] = {site.name: site for site in self.founder.sites()}
        others = sum(rates[name] for name in ("honest", "warnings", "talk", "lists", "reposts"))
        own = posts * (1 - others)
        self.recruiters = self.founder.networks(max(4, round(own / _POSTS_OF_A_RECRUITER)))
        self.employers = self.founder.employers(max(2, round(posts * rates["honest"] / _POSTS_OF_AN_EMPLOYER)))
        self.by_language: dict[str, list[Recruiter]] = defaultdict(list)
        for person in self.recruiters:
            self.by_language[person.languages[0]].append(person)
        self.own = round(own)
        self.lines: dict[str, list[Contact]] = defaultdict(list)  # embassies' and news desks' numbers by language
        self.desks: dict[str, Account] = {}
        self.bystanders: set[str] = set()
        self.hotlines: set[str] = set()
        self.written: set[str] = set()

    def world(self) -> World:
        drafts = [*self._offers(), *self._adverts(), *self._talk("talk")]
        offers = [draft for draft in drafts if draft.kind == "recruitment"]
        drafts += self._reposts(offers)
        drafts += [self._list() for _ in range(round(self.count * self.rates["lists"]))]
        drafts += self._reports()
        drafts.sort(key=lambda draft: (draft.day, draft.text))
        return World([self._post(i, draft) for i, draft in enumerate(drafts, 1)], self._truth(drafts))

    # Recruiters ------------------------------------------------------------------------------------------------------
    def _offers(self) -> list[Draft]:
        weights = [min(8.0, self.random.paretovariate(1.6)) for _ in self.recruiters]
        least = 3
        spare = max(0, self.own - least * len(self.recruiters))
        counts = Counter(self.random.choices(range(len(self.recruiters)), weights, k=spare))
        return [
            self._offer(person, era)
            for i, person in enumerate(self.recruiters)
            for era in self._eras(person, least + counts[i])
        ]

    def _eras(self, person: Recruiter, count: int) -> list[Era]:
        """The era of each of his posts: every era has one at least, if there are enough posts."""
        weights = [era.last - era.first + 1 for era in person.eras]
        drawn = self.random.choices(person.eras, weights, k=max(0, count - len(person.eras)))
        return [*person.eras[:count], *drawn]

    def _offer(self, person: Recruiter, era: Era) -> Draft:
        day = self.random.uniform(era.first, era.last)
        own = person.own and (not person.shared or not self._happens("shared_wording"))
        wording = self.random.choice(person.own if own else person.shared)
        language = wording.texts
        by_admin = person.admin is not None and self._happens("admin")
        account = person.admin if by_admin and person.admin else self.random.choice(era.accounts)
        place, named = self._place(person, day, language)
        chosen = self._chosen(era)
        slots = {
            "place": place,
            "n": str(self.random.choice([3, 5, 8, 10, 15, 20, 30])),
            "pay": self.random.choice(language.texts["pays"]),
            "origin": self.random.choice(language.origins),
            "who": person.who,
            "contacts": str(language.says["and"]).join(self._written(c, language) for c in chosen),
        }
        company = person.company if self.random.random() < 0.5 else ""
        text = texts.offer(wording, slots, company, self._happens("rewrite"), self.random)
        if person.boss and self._happens("boss"):
            text += "\n" + self._boss(person.boss, day, language)
        text = texts.with_typos(text, self.rates["typos"], self.random)
        if self._happens("hotline_in_offer"):
            text += f"\n✔ {self._hotline(language)}"
        text += self._footer(account.site, language)
        contacts = [contact.identifier for contact in chosen]
        return Draft(day, account, text, "recruitment", person, wording, named, contacts, not by_admin)

    def _place(self, person: Recruiter, day: float, language: Language) -> tuple[str, list[str]]:
        """How a post names the destination, and which true destination it tells."""
        if self._happens("no_place"):
            return "", []
        if self._happens("false_place"):
            return self._named(self.random.choice(common()["false_destinations"]), language), []
        places = next(places for since, places in reversed(person.places) if since <= day)
        place = places[0] if len(places) == 1 or self.random.random() < 0.65 else places[1]
        country = place.partition("/")[0]
        if self._happens("country_only"):
            return language.countries[country], [country]
        return self._named(place, language), [place]

    def _named(self, place: str, language: Language) -> str:
        town, country = language.town(place), language.countries.get(place.partition("/")[0])
        if not country or self.random.random() < 0.4:
            return town
        if language.code == "zh":
            return country + town
        return f"{town}, {country}" if self.random.random() < 0.7 else f"{town} ({country})"

    def _chosen(self, era: Era) -> list[Contact]:
        """The contacts that one post names: none, one, or two."""
        if self._happens("no_contact"):
            return []
        chosen = [self.random.choice(era.contacts[:2])]
        rest = [contact for contact in era.contacts if contact not in chosen]
        if rest and self._happens("second_contact"):
            chosen.append(self.random.choice(rest))
        return chosen

    def _written(self, contact: Contact, language: Language) -> str:
        self.written.add(contact.identifier)
        disguised = self._happens("disguised")
        labels = numbered(common()["messengers"].get(contact.country, {}).get("numbers", [])) or ["phone"]
        label = ""
        if contact.platform == "phone":
            label = self.random.choice(["phone", *labels])
            if self._happens("two_labels"):
                return f"{written(contact, language, self.random, disguised, label)} / {self.random.choice(language.says[labels[0]])}"
        shown = written(contact, language, self.random, disguised, label)
        return with_a_slip(shown, self.random) if contact.platform == "phone" and self._happens("slip") else shown

    def _boss(self, boss: Recruiter, day: float, language: Language) -> str:
        era = min(boss.eras, key=lambda era: max(era.first - day, day - era.last))
        line = self.random.choice(language.texts["boss"])
        return str(line.replace("{contacts}", self._written(self.random.choice(era.contacts), language)))

    def _reposts(self, offers: list[Draft]) -> list[Draft]:
        """Others pass on what they saw, mostly as it stands."""
        carriers = [self.founder.stranger("Info") for _ in range(max(3, self.count // 150))]
        found = []
        for _ in range(round(self.count * self.rates["reposts"])):
            seen, carrier = self.random.choice(offers), self.random.choice(carriers)
            words = seen.wording.texts.texts["repost"] if seen.wording else [""]
            before = f"{self.random.choice(words)}\n" if self.random.random() < 0.5 else ""
            day = min(DAYS, seen.day + self.random.expovariate(1 / 6))
            text = before + seen.text
            found.append(
                Draft(day, carrier, text, "recruitment", seen.recruiter, seen.wording, seen.told, seen.contacts)
            )
        return found

    def _list(self) -> Draft:
        """Somebody lists many recruiters of one language."""
        person = self.random.choice(self.recruiters)
        language = languages()[person.languages[0]]
        like = self.by_language[language.code]
        chosen = self.random.sample(like, min(len(like), self.random.choice([3, 4, 5, 6, 8])))
        day = self.random.uniform(0, DAYS)
        lines = [str(self.random.choice(language.texts["list"]))]
        for one in chosen:
            contact = self.random.choice(self.random.choice(one.eras).contacts)
            lines.append(f"{one.who}: {self._written(contact, language)}")
        return Draft(day, self.founder.stranger("Info"), "\n".join(lines), "list")

    # Others ----------------------------------------------------------------------------------------------------------
    def _adverts(self) -> list[Draft]:
        found = []
        for _ in range(round(self.count * self.rates["honest"])):
            who = self.random.choice(self.employers)
            found.append(self._advert(who))
        return found

    def _advert(self, who: Employer) -> Draft:
        language = who.language
        contacts = self.random.sample(who.contacts, self.random.choice([1, 2]))
        slots = {
            "company": who.company,
            "place": self._named(self.random.choice(who.places), language),
            "pay": self.random.choice(language.texts["pays"]),
            "contacts": " / ".join(written(c, language, self.random, False) for c in contacts),
        }
        text = texts.honest_offer(language, self.random.choice(who.adverts), slots)
        account = who.account
        return Draft(
            self.random.uniform(0, DAYS), account, text + self._footer(account.site, language), "honest"
        )  # fmt: skip

    def _talk(self, kind: str) -> list[Draft]:
        return [self._told(kind) for _ in range(round(self.count * self.rates["talk"]))]

    def _reports(self) -> list[Draft]:
        """Warnings, news and pleas: they quote recruiters and give hotlines and their own numbers."""
        kinds = self.random.choices(
            ["warning", "news", "plea"], [6, 2, 2], k=round(self.count * self.rates["warnings"])
        )
        return [self._told(kind) for kind in kinds]

    def _told(self, kind: str) -> Draft:
        person = self.random.choice(self.recruiters)
        language = languages()[person.languages[0]]
        era = self.random.choice(person.eras)
        bad = self.random.sample(era.contacts, min(len(era.contacts), self.random.choice([1, 1, 2])))
        shown = {contact.identifier: plain(contact, language, self.random) for contact in bad}
        place = person.places[0][1][0]
        slots = {
            "place": self._named(place, language),
            "bad": ", ".join(shown.values()),
            "hotline": self._hotline(language),
            "n": str(self.random.randrange(5, 90)),
            "desk": self._line(language, "desk"),
            "mine": self._mine(language) if kind == "plea" or self.random.random() < 0.25 else "",
        }
        text = texts.told(language, kind, slots, self.random)
        self.written |= {identifier for identifier, how in shown.items() if how in text}
        who = (
            self._desk(language)
            if kind == "news"
            else self.founder.stranger(self.random.choice(language.names["first"]))
        )
        return Draft(min(DAYS, era.first + self.random.expovariate(1 / 60)), who, text, kind)

    def _hotline(self, language: Language) -> str:
        """A public short number, or an embassy's."""
        if self.random.random() < 0.3:
            return f"Embassy {self._line(language, 'embassy')}"
        number = self.random.choice(common()["hotlines"][self.random.choice(language.numbers)])
        self.hotlines.add(f"phone:{number}")
        return f"hotline {number}"

    def _desk(self, language: Language) -> Account:
        """The account of the news site that writes in this language."""
        if language.code not in self.desks:
            self.desks[language.code] = self.founder.stranger("News")
        return self.desks[language.code]

    def _line(self, language: Language, kind: str) -> str:
        lines = self.lines[f"{kind}/{language.code}"]
        if not lines:
            lines += [self.founder.inventor.phone(self.random.choice(language.numbers)) for _ in range(2)]
            self.hotlines |= {line.identifier for line in lines}
        return plain(self.random.choice(lines), language, self.random)

    def _mine(self, language: Language) -> str:
        contact = self.founder.inventor.phone(self.random.choice(language.numbers))
        self.bystanders.add(contact.identifier)
        return plain(contact, language, self.random)

    def _footer(self, site: str, language: Language) -> str:
        here = self.sites[site]
        if here.footer is None:
            return ""
        line = str(self.random.choice(language.texts["footer"]))
        line = line.replace("{portal}", here.portal).replace(
            "{contacts}", written(here.footer, language, random.Random(site), False)
        )
        if "{hotline}" in line:
            line = line.replace("{hotline}", self._hotline(language))
        return "\n--\n" + line

    def _happens(self, name: str) -> bool:
        return self.random.random() < self.rates[name]

    # Posts and truth -------------------------------------------------------------------------------------------------
    def _post(self, number: int, draft: Draft) -> dict[str, str]:
        at = _START + timedelta(seconds=round(draft.day * 86_400))
        return {
            "id": _name(number),
            "source": draft.account.site,
            "author": draft.account.name,
            "published": at.isoformat(),
            "url": f"https://{draft.account.site}.example/p/{number}",
            "text": draft.text,
        }

    def _truth(self, drafts: list[Draft]) -> dict[str, Any]:
        kinds: dict[str, list[str]] = defaultdict(list)
        posts: dict[str, list[str]] = defaultdict(list)
        told: dict[str, Counter[str]] = defaultdict(Counter)
        sent: dict[Wording, list[str]] = defaultdict(list)
        for number, draft in enumerate(drafts, 1):
            kinds[draft.kind].append(_name(number))
            if draft.recruiter and draft.wording:
                posts[draft.recruiter.id].append(_name(number))
                told[draft.recruiter.id].update(draft.told)
                sent[draft.wording].append(_name(number))
        footers = {site.footer.identifier for site in self.sites.values() if site.footer}
        return {
            "actors": [
                {
                    "id": person.id,
                    "network": person.network,
                    "identifiers": [c.identifier for c in person.contacts() if c.identifier in self.written],
                    "posts": posts[person.id],
                    "destinations": _destinations(told[person.id]),
                }
                for person in self.recruiters
            ],
            "campaigns": [
                {"id": w.id, "group": w.group, "family": w.family, "language": w.language, "posts": found}
                for w, found in sent.items()
            ],
            "hotlines": sorted(self.hotlines),
            "footers": sorted(footers),
            "honest": sorted({contact.identifier for who in self.employers for contact in who.contacts}),
            "bystanders": sorted(self.bystanders),
            "recycled": sorted(self.founder.recycled),
            "kinds": dict(kinds),
            "knowable": knowable(draft for draft in drafts if draft.recruiter),
        }


def _destinations(told: Counter[str]) -> list[str]:
    """The towns told at least twice, the most told first; countries count only where no town is told."""
    towns = [place for place, count in told.most_common() if "/" in place and count >= 2]
    towns = towns or [place for place, _ in told.most_common() if "/" in place]
    return towns or [place for place, _ in told.most_common()]


def _name(number: int) -> str:
    return f"p{number:06d}"


def knowable(drafts: Iterable[Draft]) -> float:
    """B-cubed recall of joining what one post, account or own text holds together, without a wrong join: the most
    that a reader of these posts could know. A post made by an admin or passed on tells nothing by its account."""
    evidence: dict[str, dict[object, set[str]]] = defaultdict(lambda: defaultdict(set))
    for draft in drafts:
        if not (draft.recruiter and draft.contacts):
            continue
        of_his = evidence[draft.recruiter.id]
        of_his[len(of_his)] |= set(draft.contacts)
        if draft.by_himself:
            of_his[draft.account] |= set(draft.contacts)
        if draft.wording in draft.recruiter.own:
            of_his[draft.wording] |= set(draft.contacts)
    parts = [_joined(found.values()) for found in evidence.values()]
    sizes = [(len(part), sum(map(len, whole))) for whole in parts for part in whole]
    return round(sum(part * part / whole for part, whole in sizes) / max(1, sum(part for part, _ in sizes)), 4)


def _joined(sets: Iterable[set[str]]) -> list[set[str]]:
    """The sets, those put together that have a member in common."""
    joined: list[set[str]] = []
    for one in sets:
        touching = [other for other in joined if one & other]
        joined = [other for other in joined if not one & other] + [set().union(one, *touching)]
    return joined
