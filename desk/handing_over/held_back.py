"""What is held back from one recipient: of whom, why, and what is told instead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from casefile.case import Case
from casefile.identity import entity_id
from casefile.judgements import in_force
from casefile.progress import Progress, no_progress
from casefile.records import Connections, Entity, Label, ReadPost
from desk.handing_over.profiles import Profile
from desk.handing_over.pseudonyms import Pseudonyms
from desk.handing_over.written_forms import SHORTEST_NUMBER, Finder, Secret, Sort
from graph.entities import ACCOUNT, SOURCE, TEXT
from graph.export.shield import Fate, Named, who_is_named
from graph.observation import CONTACTS, accounts_of

SHIELDED, WITHHELD = "SHIELDED", "WITHHELD"
"""The kinds of entities under a pseudonym: people who are not recruiters; and what the recipient may not have."""
GONE = "[withheld]"
_ORDINARY = 3
"""A single word that so many authors of job offers use is an ordinary word, whoever else is called so: admin, dewi."""


class Why(StrEnum):
    """Why something is held back, in plain words."""

    UNOFFERED = "that no job offer names: left out"
    BYSTANDER = "of warners and bystanders: under a pseudonym"
    HARMED = "that may be those of somebody harmed: under a pseudonym"
    RECIPIENT = "that this recipient may not have: under a pseudonym"
    TELLING = "whose name holds that of somebody shielded: under a pseudonym"
    HIDDEN = "that a judgement hides: left out"
    PLEA = "posts that ask for help: left out as proof"


class Reason(NamedTuple):
    """Why something is held back, and what it is, in the plural; of pleas the sentence says it itself."""

    why: Why
    what: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.why}".strip()


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """An entity under another name."""

    id: str
    kind: str
    name: str


@dataclass(slots=True)
class HeldBack:
    """What does not leave: `instead` tells of each held-back entity its pseudonym, or None where it is left out.

    `why` counts what is held back by reason; `finder` knows every value that must not be written.
    """

    named: Named
    profile: Profile
    pseudonyms: Pseudonyms
    hidden: frozenset[str]
    own_words: frozenset[str]
    instead: dict[str, Pseudonym | None] = field(default_factory=dict)
    why: Counter[Reason] = field(default_factory=Counter)
    finder: Finder = field(default_factory=lambda: Finder(()))

    def count(self, entity: Entity, why: Why) -> None:
        """One more of its kind is held back, for this reason."""
        self.why[Reason(why, _words(entity))] += 1

    def counted(self) -> list[tuple[Reason, int]]:
        """How much is held back, by reason, ordered by its words."""
        return sorted(((reason, number) for reason, number in self.why.items() if number), key=lambda one: str(one[0]))

    @property
    def opaque(self) -> bool:
        """Whether ids leave as pseudonyms: they are hashes of contacts and addresses, which others could try out."""
        profile = self.profile
        return "pseudonym" in (profile.names, profile.contacts) or profile.addresses != "full"

    def id_of(self, identity: str) -> str | None:
        """What an id is called outside; None where it is left out."""
        if identity in self.instead:
            pseudonym = self.instead[identity]
            return pseudonym.id if pseudonym else None
        sort, _, _ = identity.partition(":")
        hashed = sort in ("actor", "network", "text") and self.opaque
        return f"{sort}:{self.pseudonyms.of(identity)}" if hashed else identity

    def post_of(self, post: str) -> str | None:
        """What a post is called outside; None where it is left out."""
        if post in self.named.pleas or post in self.hidden:
            return None
        return post if post in self.named.offers and not self.opaque else f"post:{self.pseudonyms.of(post)}"

    def source_of(self, name: str) -> str:
        """What a source is called outside."""
        pseudonym = self.instead.get(f"source:{name}")
        return pseudonym.name if pseudonym else name

    def text_instead(self, identity: str) -> str:
        """What stands in a text instead of an entity."""
        pseudonym = self.instead.get(identity)
        return f"[{pseudonym.name}]" if pseudonym else GONE


@dataclass(slots=True)
class _Gathered:
    """Names by whom they belong to, and addresses by which posts stand there."""

    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pleading_names: set[str] = field(default_factory=set)
    told_addresses: set[str] = field(default_factory=set)
    pleading_addresses: set[str] = field(default_factory=set)
    bystanding_addresses: set[str] = field(default_factory=set)

    def add(self, read: ReadPost, named: Named) -> None:
        post = read.post
        for account in accounts_of(post):
            self.names[account].add(" ".join((post.author or "").split()))
        for mention in read.reading.mentions:
            if mention.label is Label.PERSON and (identity := entity_id(mention)):
                self.names[identity] |= {mention.value, mention.surface}
        addresses = {
            address for address in (post.url, post.author_url, *(media.url for media in post.media)) if address
        }
        if post.id in named.pleas:
            self.pleading_addresses |= addresses
            self.pleading_names |= {post.forwarded_from} if post.forwarded_from else set()
        elif post.id in named.offers:
            self.told_addresses |= addresses
        else:
            self.bystanding_addresses |= addresses


def hold_back(
    case: Case,
    connections: Connections,
    profile: Profile,
    pseudonyms: Pseudonyms,
    progress: Progress = no_progress,
    own_words: frozenset[str] = frozenset(),
) -> HeldBack:
    """What must not reach a recipient, of all that the case knows; `connections` are the whole case's.

    `own_words` stand in every file of the formats that are written (see `own_words`).
    """
    gathered, total = _Gathered(), len(connections.entities)
    named = who_is_named(())
    for number, read in enumerate(case.store.read_posts(), 1):
        named.add(read)
        gathered.add(read, named)
        if number % 1_000 == 0:
            progress(number, None)
    held = HeldBack(named, profile, pseudonyms, in_force(case.judgements()).hidden, own_words)
    for entity in connections.entities:
        _decide(entity, held)
    secrets = set(_of_the_harmed(held, gathered))
    secrets |= _without_ordinary(case, set(_of_others(held, gathered)), connections, held)
    _shield_the_telling(connections, gathered, secrets, held)
    held.why[Reason(Why.PLEA)] = len(named.pleas)
    progress(total, total)
    return held


def _decide(entity: Entity, held: HeldBack) -> None:
    """Whether an entity leaves as it is, under a pseudonym, or not at all."""
    if entity.id in held.hidden:  # the case was not connected since
        held.instead[entity.id] = None
        held.count(entity, Why.HIDDEN)
        return
    fate = held.named.fate(entity)
    if fate is Fate.LEFT_OUT:
        held.instead[entity.id] = None
        held.count(entity, Why.UNOFFERED)
    elif fate is Fate.PSEUDONYM:
        _rename(entity, SHIELDED, held)
        held.count(entity, Why.HARMED if entity.id in held.named.offered else Why.BYSTANDER)
    elif (held.profile.names == "pseudonym" and entity.label in (ACCOUNT, Label.PERSON)) or (
        held.profile.contacts == "pseudonym" and entity.label in (*CONTACTS, Label.URL)
    ):
        _rename(entity, WITHHELD, held)
        held.count(entity, Why.RECIPIENT)


def _rename(entity: Entity, kind: str, held: HeldBack) -> None:
    letters = held.pseudonyms.of(entity.id)
    word = kind.lower()
    held.instead[entity.id] = Pseudonym(
        f"{word}:{letters}", kind, f"{word} {_WORDS.get(entity.label, ('entity',))[0]} {letters}"
    )


_WORDS = {
    Label.PHONE.value: ("phone number", "phone numbers"),
    Label.HANDLE.value: ("messenger account", "messenger accounts"),
    Label.EMAIL.value: ("mail address", "mail addresses"),
    Label.WALLET.value: ("wallet", "wallets"),
    Label.URL.value: ("web address", "web addresses"),
    Label.PERSON.value: ("person", "persons"),
    Label.ORG.value: ("company", "companies"),
    Label.LOC.value: ("place", "places"),
    ACCOUNT: ("author", "authors"),
    SOURCE: ("site", "sites"),
    TEXT: ("text", "texts"),
    "ACTOR": ("recruiter", "recruiters"),
    SHIELDED: ("shielded person or contact", "shielded persons and contacts, under a pseudonym"),
    WITHHELD: ("withheld name or contact", "withheld names and contacts, under a pseudonym"),
}


def _words(entity: Entity) -> str:
    return _WORDS.get(entity.label, ("entity", "entities"))[1]


def in_words(kind: str) -> str:
    """What many of a kind of nodes are called, for people."""
    return _WORDS.get(kind.upper(), (kind, kind))[1]


def _of_the_harmed(held: HeldBack, gathered: _Gathered) -> Iterator[Secret]:
    """The values of people who plead, of persons in offers about minors, and of what was hidden: nothing lets them out.

    What an offer gives as a contact is the recruiter's, whoever else names it.
    """
    named = held.named
    for identity in {*named.pleading, *named.minors, *held.hidden} - _told(held):
        yield from secrets_of(identity, gathered.names.get(identity, ()), held.text_instead(identity))
    for name in gathered.pleading_names:
        yield Secret(Sort.NAME, name, GONE)
    for address in gathered.pleading_addresses:
        yield Secret(Sort.ADDRESS, address, GONE)
    for post in {*named.pleas, *(one for one in held.hidden if ":" not in one)}:
        yield Secret(Sort.ID, post, GONE)


def _of_others(held: HeldBack, gathered: _Gathered) -> Iterator[Secret]:
    """The values of warners and bystanders, and those that this recipient may not have."""
    told = _told(held)
    recruiters = {name.casefold() for identity in told for name in gathered.names.get(identity, ())}
    recruiters |= {word for name in recruiters for word in name.split()}
    for identity in {*held.named.bystanding, *held.instead} - told:
        for secret in secrets_of(identity, gathered.names.get(identity, ()), held.text_instead(identity)):
            # What a recruiter is called does not tell of the bystander who is called so too.
            bystander = identity not in held.named.offered
            if not (bystander and secret.sort is Sort.NAME and secret.value.casefold() in recruiters):
                yield secret
    for address in gathered.bystanding_addresses - gathered.told_addresses:
        yield Secret(Sort.ADDRESS, address, GONE)
    if held.profile.addresses != "full":
        for address in gathered.told_addresses:
            if held.profile.addresses == "none" or address.rstrip("/").count("/") > 2:
                yield Secret(Sort.ADDRESS, address, GONE)


def _told(held: HeldBack) -> set[str]:
    return held.named.offered - set(held.instead) - held.hidden


def secrets_of(identity: str, names: Iterable[str], instead: str) -> Iterator[Secret]:
    """The values that give an entity away; none for places, companies, texts and sources."""
    sort, _, value = identity.partition(":")
    if sort == "phone":
        if sum(map(str.isdigit, value)) >= SHORTEST_NUMBER:  # fewer are a service's number: 110, 1300
            yield Secret(Sort.PHONE, value, instead)
    elif sort == "url":
        yield Secret(Sort.ADDRESS, value, instead)
    elif sort in ("email", "wallet"):
        yield Secret(Sort.ACCOUNT, value.rpartition(":")[2], instead)
    elif sort in ("person", "account"):
        for name in {*names, value.partition("/")[2] if sort == "account" else value}:
            yield Secret(Sort.NAME, name, instead)
    elif sort not in ("place", "org", "text", "source", "indicator", "actor", "network") and value:
        yield Secret(Sort.ACCOUNT, value, instead)


def _without_ordinary(case: Case, secrets: set[Secret], connections: Connections, held: HeldBack) -> set[Secret]:
    """The values without single words that many offers use, and without what a place, a company or a site is called."""
    words = {s for s in secrets if s.sort in (Sort.NAME, Sort.ACCOUNT) and s.value.isalpha()}
    offers = held.named.offers
    texts = ((f"{p.source}/{p.author or p.id}", p.text) for p in case.store.posts() if p.id in offers)
    ordinary = Finder(words).used_by_many(texts, _ORDINARY)
    public = {
        e.name.casefold()
        for e in connections.entities
        if e.label in (SOURCE, Label.LOC, Label.ORG) and e.id not in held.instead
    }
    ordinary |= {secret for secret in secrets if secret.sort is Sort.NAME and secret.value.casefold() in public}
    sites = [f"{e.id} {e.name}" for e in connections.entities if e.label == SOURCE]
    named_so = Finder(s for s in secrets if s.sort in (Sort.NAME, Sort.ACCOUNT))
    ordinary |= {found.secret for site in sites for found in named_so.find(site)}
    return secrets - ordinary


def _shield_the_telling(connections: Connections, gathered: _Gathered, secrets: set[Secret], held: HeldBack) -> None:
    """Make the finder, and rename what would be told but holds a held-back value in its own id."""
    known = set(secrets)
    while True:
        held.finder = Finder(known, held.own_words)
        telling = [
            entity
            for entity in connections.entities
            if entity.id not in held.instead and entity.label != TEXT and _tells(entity, held.finder)
        ]
        if not telling:
            break
        for entity in telling:
            _rename(entity, WITHHELD, held)
            held.count(entity, Why.TELLING)
            known |= set(secrets_of(entity.id, gathered.names.get(entity.id, ()), held.text_instead(entity.id)))


def _tells(entity: Entity, finder: Finder) -> bool:
    """Whether an entity's id gives somebody away; places are called by letters that may be a short name."""
    if entity.label == Label.LOC:
        return finder.tells(entity.id) is not None
    return finder.tells(entity.id) is not None or finder.names(entity.id.partition(":")[2]) is not None
