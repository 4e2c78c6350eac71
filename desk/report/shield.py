"""What the report withholds, and why: it must help those who are harmed, never point at them.

| post                       | withheld                                                        |
|----------------------------|-----------------------------------------------------------------|
| plea, warning, other       | author, address, contacts and persons in the text               |
| news                       | persons in the text                                             |
| job offer                  | nothing; persons, if the offer is about minors                  |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casefile.identity import entity_id
from casefile.records import Label, Mention, PostKind, ReadPost
from desk.report.wording import LABEL_WORDS

CONTACTS = frozenset({Label.PHONE, Label.HANDLE, Label.EMAIL, Label.WALLET, Label.URL})
MINORS = "minor-recruited"

Mask = tuple[int, int, str]

# What reading may have missed: seven digits or more in any script, an @, an address. Every repeat is bounded.
_LOOKS_LIKE_CONTACT = re.compile(
    r"(?P<phone>\+?\d(?:[\s().\-/·]{0,3}\d){6,30})"
    r"|(?P<account>[^\s@]{0,64}@[^\s@]{1,200})"
    r"|(?P<address>(?:https?://|www\.)\S{1,500}|[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}/\S{1,500})",
    re.IGNORECASE,
)

_BETWEEN_NAMES = re.compile(r"[\W_\d]+")


def names_a_recruiter(read: ReadPost) -> bool:
    """Whether the post may make somebody a recruiter: only a job offer does."""
    return read.reading.kind is PostKind.RECRUITMENT


def author_is_shielded(read: ReadPost) -> bool:
    """Whether the author may be somebody who is harmed, warns, or merely talks."""
    return read.reading.kind not in (PostKind.RECRUITMENT, PostKind.NEWS)


def why_shielded(read: ReadPost) -> str:
    """The reason for what is withheld in this post, or nothing."""
    if author_is_shielded(read):
        reasons = {
            PostKind.PLEA: "This is a plea for help: its author, contacts and persons are withheld.",
            PostKind.WARNING: "This is a warning: its author, contacts and persons are withheld.",
        }
        default = "This post offers no work: its author, contacts and persons are withheld."
        return reasons.get(read.reading.kind, default)
    if read.reading.kind is PostKind.NEWS:
        return "This is news: persons named in it are withheld."
    return "This post speaks of minors: persons named in it are withheld." if _is_about_minors(read) else ""


def masks_in_text(read: ReadPost, end: int) -> list[Mask]:
    """Stretches of the post's text to withhold, as far as `end`, in order and without overlap."""
    text = read.post.text[: end + 1_000]  # some more, so that nothing is cut where it could be recognised
    named = [(m.start, m.end, LABEL_WORDS[m.label]) for m in _hidden_mentions(read) if m.start < end]
    return _merged(sorted([*named, *_recognised(read, text)]))


def masks_in_title(read: ReadPost, title: str) -> list[Mask]:
    """Stretches of the post's title to withhold: mentions count in the text, so here their words are looked for."""
    surfaces = {m.surface: LABEL_WORDS[m.label] for m in _hidden_mentions(read) if m.surface}
    named = [
        (found.start(), found.end(), words)
        for surface, words in list(surfaces.items())[:100]
        for found in re.finditer(re.escape(surface), title, re.IGNORECASE)
    ]
    return _merged(sorted([*named, *_recognised(read, title)]))


def entities_offered(read: ReadPost) -> Iterator[str]:
    """Entities that a job offer itself names; what only warnings, news or pleas name is not shown."""
    if names_a_recruiter(read):
        for mention in read.reading.mentions:
            hidden = mention.label is Label.PERSON and _is_about_minors(read)
            if not hidden and (found := entity_id(mention)):
                yield found


def _hidden_mentions(read: ReadPost) -> Iterator[Mention]:
    shielded = author_is_shielded(read)
    hides_persons = shielded or read.reading.kind is PostKind.NEWS or _is_about_minors(read)
    for mention in read.reading.mentions:
        if (hides_persons and mention.label is Label.PERSON) or (shielded and mention.label in CONTACTS):
            yield mention


def _recognised(read: ReadPost, text: str) -> Iterator[Mask]:
    if author_is_shielded(read):
        for found in _LOOKS_LIKE_CONTACT.finditer(text):
            yield found.start(), found.end(), found.lastgroup or "contact"
        yield from _author_in(read, text)


def _author_in(read: ReadPost, text: str) -> Iterator[Mask]:
    author = (read.post.author or "").strip()
    parts = {part for part in _BETWEEN_NAMES.split(author) if len(part) >= 4}
    names = parts | {author} if len(author) >= 3 else parts
    long_enough = [re.escape(name) for name in sorted(names, key=len, reverse=True)]
    if long_enough:
        for found in re.finditer("|".join(long_enough), text, re.IGNORECASE):
            yield found.start(), found.end(), "author"


def _is_about_minors(read: ReadPost) -> bool:
    return any(m.label is Label.INDICATOR and m.value == MINORS and not is_negated(m) for m in read.reading.mentions)


def is_negated(mention: Mention) -> bool:
    """Whether the text says the opposite ("no fee")."""
    return bool(mention.attributes.get("negated"))


def _merged(spans: list[Mask]) -> list[Mask]:
    merged: list[Mask] = []
    for start, end, words in spans:
        if merged and start < merged[-1][1]:
            left, right, first = merged[-1]
            merged[-1] = (left, max(right, end), first)
        else:
            merged.append((start, end, words))
    return merged
