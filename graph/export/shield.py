"""Who is a recruiter, who is a bystander, who asks for help: what may be told of each entity outside the case.

| entity                                                   | outside           | because                                   |
|----------------------------------------------------------|-------------------|-------------------------------------------|
| named by a job offer                                     | told              | it recruits                               |
| a person whom a plea names too; an account that wrote one | under a pseudonym | it may be the one who is harmed           |
| a contact that only warnings, news or talk name          | under a pseudonym | a bystander's, a hotline's, a warner's    |
| anything that only pleas name                            | left out          | it tells who asks for help                |
| persons in offers about minors                           | left out          | it may be the one who is harmed           |
| places and companies that no offer names                 | left out          | nothing rests on them                     |

Pleas prove nothing outside: links that rest on nothing else are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from casefile.identity import entity_id
from casefile.records import Entity, Label, PostKind, ReadPost
from graph.entities import ACCOUNT, SOURCE, TEXT
from graph.observation import CONTACTS, accounts_of, is_about_minors, offers_work
from graph.settings import GraphSettings, load_settings


class Fate(StrEnum):
    """What becomes of an entity that leaves."""

    TOLD = "told"
    PSEUDONYM = "pseudonym"
    LEFT_OUT = "left out"


@dataclass(slots=True)
class Named:
    """Which entities which posts name; ids of entities and posts."""

    sure_offer: float
    offered: set[str] = field(default_factory=set)
    pleading: set[str] = field(default_factory=set)
    bystanding: set[str] = field(default_factory=set)
    minors: set[str] = field(default_factory=set)
    offers: set[str] = field(default_factory=set)
    pleas: set[str] = field(default_factory=set)

    def add(self, read: ReadPost) -> None:
        """One more post."""
        entities = {found for mention in read.reading.mentions if (found := entity_id(mention))}
        accounts = set(accounts_of(read.post))
        if offers_work(read.reading, self.sure_offer):
            self.offers.add(read.post.id)
            minors = {one for one in entities if one.startswith("person:")} if is_about_minors(read) else set()
            self.minors |= minors
            self.offered |= (entities - minors) | accounts
        elif read.reading.kind is PostKind.PLEA:
            self.pleas.add(read.post.id)
            self.pleading |= entities | accounts
        else:
            self.bystanding |= entities | accounts

    def fate(self, entity: Entity) -> Fate:
        """What becomes of an entity."""
        if entity.label in (SOURCE, TEXT):
            return Fate.TOLD
        if entity.id in self.minors and entity.id not in self.pleading | self.offered:
            return Fate.LEFT_OUT
        if entity.id in self.offered:
            harmed = entity.label in (ACCOUNT, Label.PERSON) and (
                entity.id in self.pleading or entity.id in self.minors
            )
            return Fate.PSEUDONYM if harmed else Fate.TOLD
        is_contact = entity.label in CONTACTS and entity.id not in self.pleading
        return Fate.PSEUDONYM if is_contact and entity.id in self.bystanding else Fate.LEFT_OUT


def who_is_named(posts: Iterable[ReadPost], settings: GraphSettings | None = None) -> Named:
    """Who is named by which posts; `posts` are all read posts of the case."""
    named = Named((settings or load_settings()).guards.sure_offer)
    for read in posts:
        named.add(read)
    return named
