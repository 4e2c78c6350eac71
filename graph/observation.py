"""What connecting needs of one post: who posted it, when, what it names, and which text it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from sys import intern

from casefile.identity import entity_id
from casefile.records import Label, Mention, Post, PostKind, Reading, ReadPost, Role
from graph.texts import Texts

CONTACTS = frozenset({Label.PHONE, Label.HANDLE, Label.EMAIL, Label.WALLET})
_NAMED = CONTACTS | {Label.ORG, Label.LOC, Label.PERSON, Label.URL}
_MINORS = "minor-recruited"  # the indicator of config/indicators.csv
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """One entity that a post names: how surely, under which name, where."""

    id: str
    label: Label
    name: str
    confidence: float
    role: Role = Role.MENTION
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One post, as connecting sees it; `captured` is when we saw it, `at` when it was published as far as known.

    `offers_work` tells whether the post may make somebody a recruiter.
    """

    post_id: str
    offers_work: bool
    suspect: float
    at: datetime
    captured: datetime
    source: str
    account: str | None
    author: str
    forwarded: bool
    named: tuple[Named, ...]
    text: str | None

    def contacts(self) -> list[Named]:
        """The contacts that the post names."""
        return [named for named in self.named if named.label in CONTACTS]

    def of(self, label: Label) -> list[Named]:
        """The entities of one label that the post names."""
        return [named for named in self.named if named.label is label]


def observe(read: ReadPost, texts: Texts, sure_offer: float) -> Observation:
    """The observation that a read post makes."""
    post, reading = read.post, read.reading
    return Observation(
        post_id=post.id,
        offers_work=offers_work(reading, sure_offer),
        suspect=reading.suspect,
        at=_when(read),
        captured=read.first_seen,
        source=post.source,
        account=account_of(post),
        author=" ".join((post.author or "").split()),
        forwarded=post.forwarded_from is not None,
        named=tuple(_named(read, takes_persons=offers_work(reading, sure_offer) and not _is_about_minors(read))),
        text=texts.add(post.text, reading.mentions),
    )


def offers_work(reading: Reading, sure_offer: float) -> bool:
    """Whether a post is a job offer, and surely enough to make somebody a recruiter."""
    return reading.kind is PostKind.RECRUITMENT and reading.kind_confidence >= sure_offer


def _when(read: ReadPost) -> datetime:
    """When the post was published; when it was first seen, if the page does not tell or tells the future."""
    published = read.post.published
    return published if published and published <= read.first_seen + _CLOCKS_DIFFER else read.first_seen


def account_of(post: Post) -> str | None:
    """The entity id of the post's author on its source; None when nobody is named."""
    name = " ".join((post.author or "").casefold().split())
    return f"account:{post.source}/{name}" if name else None


def _named(read: ReadPost, *, takes_persons: bool) -> Iterator[Named]:
    """Each entity once, in the order of its id, with its surest mention; what is negated is not named.

    Persons come from job offers only, and not from those about minors: who is named in news, in a warning or in a
    plea may be a victim, a relative or a reporter.
    """
    surest: dict[str, Mention] = {}
    for mention in read.reading.mentions:
        if mention.label not in _NAMED or mention.attributes.get("negated"):
            continue
        if mention.label is Label.PERSON and not takes_persons:
            continue
        identity = entity_id(mention)
        if identity is not None and (identity not in surest or _order(mention) < _order(surest[identity])):
            surest[identity] = mention
    for identity in sorted(surest):
        yield _name(intern(identity), surest[identity])  # interned: a case names few things very often


_ROLES = (Role.WORKSITE, Role.DESTINATION, Role.ORIGIN, Role.TRANSIT, Role.MENTION)
_ROLE_NAMED = {role.value: role for role in Role}


def _order(mention: Mention) -> tuple[int, float, int, str]:
    # A place's role outranks sureness: "from Medan ... work in Poipet ... Poipet" sends to Poipet.
    return _ROLES.index(_role(mention)), -mention.confidence, mention.start, mention.surface


def _role(mention: Mention) -> Role:
    return _ROLE_NAMED.get(str(mention.attributes.get("role")), Role.MENTION)


def _name(identity: str, mention: Mention) -> Named:
    place = mention.label is Label.LOC
    return Named(
        id=identity,
        label=mention.label,
        name=str(mention.attributes.get("name") or mention.value) if place else _display(mention),
        confidence=min(1.0, max(0.0, mention.confidence)),
        role=_role(mention),
        country=_text(mention.attributes.get("country")) if place else None,
        lat=_degrees(mention.attributes.get("lat"), 90) if place else None,
        lon=_degrees(mention.attributes.get("lon"), 180) if place else None,
    )


def _display(mention: Mention) -> str:
    value = mention.surface if mention.label in (Label.ORG, Label.PERSON) else mention.value
    return " ".join(value.split())[:200]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _degrees(value: object, most: float) -> float | None:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return number if number is not None and -most <= number <= most else None


def _is_about_minors(read: ReadPost) -> bool:
    return any(
        m.label is Label.INDICATOR and m.value == _MINORS and not m.attributes.get("negated")
        for m in read.reading.mentions
    )
