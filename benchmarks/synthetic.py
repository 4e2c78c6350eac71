"""Synthetic read posts with known recruiters: rotating numbers, shared texts, hotlines, portals, honest offers.

Everything is invented. The shares (half honest offers, a tenth warnings with hotlines, every fourth number changed
within a campaign) are assumptions for measuring speed, not findings; quality is measured elsewhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from casefile.identity import post_id
from casefile.records import Label, Mention, Post, PostKind, Reading, ReadPost, Scalar

_START = datetime(2026, 1, 1, tzinfo=UTC)
_TOWNS = ("KH/poipet", "KH/sihanoukville", "KH/bavet", "MM/myawaddy", "LA/golden-triangle", "PH/manila", "TL/oecusse")
_ORIGINS = ("ID/medan", "VN/ha-noi", "TH/mae-sot", "IN/mumbai", "MY/johor-bahru")
_HOTLINES = ("+661300", "+62110", "+84111")
_SYLLABLES = tuple(a + b for a in "kstnhmrpl" for b in ("a", "i", "u", "e", "o", "an", "ang", "in"))
_SITES = tuple(f"xx_site_{number}" for number in range(12))


@dataclass
class _Recruiter:
    """One recruiter, his network's company, towns and texts."""

    contacts: list[str]
    company: str
    towns: list[str]
    texts: list[str]
    accounts: list[str]
    suspect: float


@dataclass
class _Writer:
    """Writes one post piece by piece, so that mentions know where they stand."""

    text: str = ""
    mentions: list[Mention] = field(default_factory=list)

    def say(self, words: str) -> None:
        self.text += words + " "

    def name(self, label: Label, surface: str, value: str, **attributes: Scalar) -> None:
        start = len(self.text)
        self.say(surface)
        self.mentions.append(
            Mention(
                label=label,
                start=start,
                end=start + len(surface),
                surface=surface,
                value=value,
                confidence=0.9,
                extractor="synthetic",
                attributes=attributes,
            )
        )


def synthetic_posts(count: int, seed: int = 1) -> Iterator[ReadPost]:
    """`count` read posts; about one recruiter for 25 posts."""
    random_ = random.Random(seed)
    recruiters = list(_recruiters(max(2, count // 50), random_, honest=False))
    honest = list(_recruiters(max(2, count // 50), random_, honest=True))
    for number in range(count):
        share = random_.random()
        if share < 0.45:
            yield _offer(number, random_.choice(recruiters), random_, PostKind.RECRUITMENT)
        elif share < 0.85:
            yield _offer(number, random_.choice(honest), random_, PostKind.RECRUITMENT)
        elif share < 0.88:
            yield _list(number, random_.sample(recruiters, min(5, len(recruiters))), random_)
        else:
            yield _warning(number, random_.choice(recruiters), random_)


def _recruiters(count: int, random_: random.Random, *, honest: bool) -> Iterator[_Recruiter]:
    for first in range(0, count, 3):  # networks of three share a company, towns and texts
        company = f"PT {_words(2, random_).title()}"
        texts = [_words(random_.randint(25, 60), random_) for _ in range(3)]
        towns = random_.sample(_TOWNS, 2)
        for number in range(first, min(count, first + 3)):
            base = (5_000_000 if honest else 1_000_000) + number * 10
            contacts = [f"+62812{base + turn}" for turn in range(random_.randint(1, 4))]
            yield _Recruiter(
                contacts=contacts,
                company=company if not honest else f"PT {_words(2, random_).title()}",
                towns=towns,
                texts=texts if not honest else [_words(random_.randint(25, 60), random_) for _ in range(4)],
                accounts=[f"{'hr' if honest else 'agent'} {number} {turn}" for turn in range(2)],
                suspect=0.15 if honest else 0.85,
            )


def _words(count: int, random_: random.Random) -> str:
    return " ".join("".join(random_.choices(_SYLLABLES, k=random_.randint(2, 4))) for _ in range(count))


def _offer(number: int, recruiter: _Recruiter, random_: random.Random, kind: PostKind) -> ReadPost:
    writer = _Writer()
    words = random_.choice(recruiter.texts).split()
    if random_.random() < 0.3:  # a small rewrite
        words[random_.randrange(len(words))] = _words(1, random_)
    writer.say(" ".join(words))
    if random_.random() < 0.6:
        writer.name(Label.ORG, recruiter.company, recruiter.company)
    town = random_.choice(recruiter.towns)
    writer.name(Label.LOC, town, town, country=town[:2], name=town[3:].title(), role="destination", lat=13.0, lon=103.0)
    if random_.random() < 0.4:
        origin = random_.choice(_ORIGINS)
        writer.name(
            Label.LOC, origin, origin, country=origin[:2], name=origin[3:].title(), role="origin", lat=1.0, lon=101.0
        )
    for contact in random_.sample(recruiter.contacts, min(len(recruiter.contacts), random_.randint(1, 2))):
        writer.name(Label.PHONE, contact, contact)
    if random_.random() < 0.05:
        writer.name(Label.PHONE, "+622150009999", "+622150009999")  # the portal's own number
    suspect = min(1.0, max(0.0, random_.gauss(recruiter.suspect, 0.05)))
    return _post(number, writer, kind, suspect, random_.choice(recruiter.accounts), random_)


def _list(number: int, recruiters: list[_Recruiter], random_: random.Random) -> ReadPost:
    writer = _Writer()
    for recruiter in recruiters:
        writer.say(_words(4, random_))
        writer.name(Label.PHONE, recruiter.contacts[0], recruiter.contacts[0])
    return _post(number, writer, PostKind.RECRUITMENT, 0.6, f"collector {random_.randrange(40)}", random_)


def _warning(number: int, recruiter: _Recruiter, random_: random.Random) -> ReadPost:
    writer = _Writer()
    writer.say(_words(30, random_))
    writer.name(Label.PHONE, recruiter.contacts[0], recruiter.contacts[0])
    hotline = random_.choice(_HOTLINES)
    writer.name(Label.PHONE, hotline, hotline)
    return _post(number, writer, PostKind.WARNING, 0.2, None, random_)


def _post(
    number: int, writer: _Writer, kind: PostKind, suspect: float, author: str | None, random_: random.Random
) -> ReadPost:
    source = random_.choice(_SITES)
    identity = post_id(source, str(number))
    seen = _START + timedelta(minutes=5 * number)
    post = Post(id=identity, source=source, url=f"https://{source}.example/{number}", text=writer.text, author=author)
    reading = Reading(post_id=identity, lang="und", kind=kind, suspect=suspect, mentions=tuple(writer.mentions))
    return ReadPost(post=post, reading=reading, first_seen=seen, last_seen=seen)
