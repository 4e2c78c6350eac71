"""Making read posts by hand: the text is written, the mentions are found in it by their surface."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from casefile.identity import post_id
from casefile.records import Label, Mention, Post, PostKind, Reading, ReadPost, Scalar

START = datetime(2026, 3, 1, 8, tzinfo=UTC)

# surface -> label, value, attributes
Named = tuple[Label, str, Mapping[str, Scalar]]


def unlike(number: int) -> str:
    """A text that resembles no other `unlike` text."""
    letters = random.Random(number)
    return " ".join("".join(letters.choices("abcdefghijklmnoprstuvwy", k=7)) for _ in range(20))


def phone(number: str) -> Named:
    return Label.PHONE, number, {}


def handle(value: str) -> Named:
    return Label.HANDLE, value, {}


def email(value: str) -> Named:
    return Label.EMAIL, value, {}


def company(name: str) -> Named:
    return Label.ORG, name, {}


def person(name: str) -> Named:
    return Label.PERSON, name, {}


def place(value: str, name: str, role: str = "mention", lat: float = 13.0, lon: float = 103.0) -> Named:
    country = value.partition("/")[0]
    return Label.LOC, value, {"country": country, "name": name, "role": role, "lat": lat, "lon": lon}


POIPET = place("KH/poipet", "Poipet", "worksite", 13.66, 102.56)
MYAWADDY = place("MM/myawaddy", "Myawaddy", "destination", 16.69, 98.51)
MEDAN = place("ID/medan", "Medan", "origin", 3.59, 98.67)


def read_post(
    number: int | str,
    text: str,
    named: Mapping[str, Named] | None = None,
    *,
    kind: PostKind = PostKind.RECRUITMENT,
    suspect: float = 0.9,
    source: str = "xx_board",
    author: str | None = None,
    day: int = 0,
    published: datetime | None = None,
    confidence: float = 0.95,
    forwarded_from: str | None = None,
) -> ReadPost:
    """A post captured `day` days after the start, with each surface of `named` mentioned where it first stands."""
    identity = post_id(source, str(number))
    seen = START + timedelta(days=day)
    mentions = []
    for surface, (label, value, attributes) in (named or {}).items():
        start = text.index(surface)
        mentions.append(
            Mention(
                label=label,
                start=start,
                end=start + len(surface),
                surface=surface,
                value=value,
                confidence=confidence,
                extractor="hand",
                attributes=attributes,
            )
        )
    return ReadPost(
        post=Post(
            id=identity,
            source=source,
            url=f"https://{source}.example/{number}",
            text=text,
            native_id=str(number),
            author=author,
            published=published,
            forwarded_from=forwarded_from,
        ),
        reading=Reading(
            post_id=identity,
            lang="und",
            kind=kind,
            suspect=suspect,
            mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.label))),
        ),
        first_seen=seen,
        last_seen=seen,
    )
