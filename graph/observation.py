"""What connecting needs of one post: who posted it, when, what it names, and which text it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from sys import intern

from casefile.identity import entity_id
from casefile.records import Label, Mention, Post, PostKind, Reading, ReadPost, Role
from graph.settings import GraphSettings, GuardSettings
from graph.texts import TextShape, is_telling, shape_of, without_mentions

CONTACTS = frozenset({Label.PHONE, Label.HANDLE, Label.EMAIL, Label.WALLET})
_NAMED = CONTACTS | {Label.ORG, Label.LOC, Label.PERSON, Label.URL}
_MINORS = "minor-recruited"  # the indicator of config/indicators.csv
_CLOCKS_DIFFER = timedelta(days=1)
_OPENING = 160  # characters
_CALLED_WITHIN = 32  # characters before a contact
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?://)?(?:www\.|m\.)?", re.IGNORECASE)


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
    """One post, as connecting sees it: its `contacts` and what else it names, each once, in the order of ids; `captured` is when we saw it, `at` when it was published as far as known.

    `help_lines` are contacts that the post calls so. `offers_work` tells whether the post may make somebody a recruiter; posts with nearly the same text have one
    `witness` (the id of their campaign), others stand for themselves; the first of them keeps its `opening` words.
    """

    post_id: str
    kind: PostKind
    offers_work: bool
    suspect: float
    at: datetime
    captured: datetime
    source: str
    account: str | None
    author: str
    forwarded: bool
    lang: str
    contacts: tuple[Named, ...]
    others: tuple[Named, ...]
    witness: str
    opening: str = ""
    help_lines: frozenset[str] = frozenset()

    def of_campaign(self, witness: str) -> Observation:
        """The same post, placed in a campaign; only of texts that may be shown is the opening kept."""
        opening = self.opening if self.offers_work and is_telling(witness) else ""
        return replace(self, witness=witness, opening=opening)

    @property
    def named(self) -> tuple[Named, ...]:
        """All that the post names."""
        return self.contacts + self.others

    def of(self, label: Label) -> list[Named]:
        """The entities of one label that the post names."""
        return [named for named in (self.contacts if label in CONTACTS else self.others) if named.label is label]


def draft_of(read: ReadPost, settings: GraphSettings, hidden: Set[str]) -> tuple[Observation, TextShape]:
    """The observation that a read post makes, without its campaign; and its text's shape, by which that is found."""
    mentions = read.reading.mentions
    draft = observe(read, "", settings.guards, opening_of(read.post.text, mentions), hidden)
    return draft, shape_of(read.post.text, mentions, settings.texts)


def observe(
    read: ReadPost, witness: str, guards: GuardSettings, opening: str = "", hidden: Set[str] = frozenset()
) -> Observation:
    """The observation that a read post makes; `hidden` entities are left out of it."""
    post, reading = read.post, read.reading
    offers = offers_work(reading, guards.sure_offer)
    takes_persons = offers and not is_about_minors(read)
    named = tuple(named for named in _named(read, takes_persons=takes_persons) if named.id not in hidden)
    return Observation(
        post_id=post.id,
        kind=reading.kind,
        offers_work=offers,
        suspect=reading.suspect,
        at=published_by(read),
        captured=read.first_seen,
        source=post.source,
        account=None if hidden and not hidden.isdisjoint(accounts_of(post)) else account_of(post),
        author=" ".join((post.author or "").split()),
        forwarded=post.forwarded_from is not None,
        lang=reading.lang,
        contacts=tuple(one for one in named if one.label in CONTACTS),
        others=tuple(one for one in named if one.label not in CONTACTS),
        witness=witness,
        opening=opening,
        help_lines=frozenset(_help_lines(read, guards.help_words)),
    )


def _help_lines(read: ReadPost, words: Sequence[str]) -> Iterator[str]:
    """The contacts that are called a help line, an embassy's, a news desk's right before they are given."""
    end = 0
    for mention in sorted(read.reading.mentions, key=lambda mention: mention.start):
        if mention.label in CONTACTS:
            before = read.post.text[max(end, mention.start - _CALLED_WITHIN) : mention.start].casefold()
            if any(word in before for word in words) and (identity := entity_id(mention)):
                yield identity
            end = max(end, mention.end)


def opening_of(text: str, mentions: Sequence[Mention]) -> str:
    """The beginning of a text for people, with an ellipsis where a name, a number or a contact was taken out."""
    begun = text[: 4 * _OPENING]
    pieces = without_mentions(begun, [mention for mention in mentions if mention.end <= len(begun)])
    words = re.sub(r"(?:\s|\d|…)+", lambda gap: " " if gap[0].isspace() else " … ", " … ".join(pieces)).strip()
    return words if len(words) <= _OPENING else words[: _OPENING - 1].rstrip(" …") + " …"


def offers_work(reading: Reading, sure_offer: float) -> bool:
    """Whether a post is a job offer, and surely enough to make somebody a recruiter."""
    return reading.kind is PostKind.RECRUITMENT and reading.kind_confidence >= sure_offer


def published_by(read: ReadPost) -> datetime:
    """When the post was published; when it was first seen, if the page does not tell or tells the future."""
    published = read.post.published
    return published if published and published <= read.first_seen + _CLOCKS_DIFFER else read.first_seen


def account_of(post: Post) -> str | None:
    """The entity id of the post's author on its source; None when nobody is named."""
    return next(accounts_of(post), None)


def accounts_of(post: Post) -> Iterator[str]:
    """The ids that the author's account may bear: by the address of the profile, which outlives a new name and tells
    namesakes apart, then by the name.
    """
    profile, own = (_SCHEME.sub("", address or "").rstrip("/") for address in (post.author_url, post.url))
    # A site's front page is nobody's, and what a post lies under (its channel) may be many people's.
    if ("/" in profile or "?" in profile) and not own.startswith(f"{profile}/"):
        yield f"account:{post.source}/{profile}"
    if name := " ".join((post.author or "").casefold().split()):
        yield f"account:{post.source}/{name}"


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
    return _shared(
        identity,
        mention.label,
        str(mention.attributes.get("name") or mention.value) if place else _display(mention),
        min(1.0, max(0.0, mention.confidence)),
        _role(mention),
        _text(mention.attributes.get("country")) if place else None,
        _degrees(mention.attributes.get("lat"), 90) if place else None,
        _degrees(mention.attributes.get("lon"), 180) if place else None,
    )


_shared = lru_cache(maxsize=1 << 16)(Named)  # a case names few things very often: one object for all of them


def _display(mention: Mention) -> str:
    value = mention.surface if mention.label in (Label.ORG, Label.PERSON) else mention.value
    return " ".join(value.split())[:200]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _degrees(value: object, most: float) -> float | None:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return number if number is not None and -most <= number <= most else None


def is_about_minors(read: ReadPost) -> bool:
    """Whether a post shows the sign of recruiting minors."""
    return any(
        m.label is Label.INDICATOR and m.value == _MINORS and not m.attributes.get("negated")
        for m in read.reading.mentions
    )
