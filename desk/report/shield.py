"""What the report withholds, and why: it must help those who are harmed, never point at them.

| post                              | withheld                                                 |
|-----------------------------------|----------------------------------------------------------|
| job offer                         | nothing; persons, if the offer is about minors           |
| plea for help                     | author, address, and the text but for places and signs   |
| anything else, and what may be it | author, address, contacts and what looks like a name     |

A plea that was taken for news or for an offer would betray a family. So news are shielded as pleas are, and a post
that is more probably something else than an offer proves nothing and is shielded too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casefile.identity import entity_id
from casefile.records import Label, Mention, PostKind, ReadPost
from desk.report.wording import LABEL_WORDS

CONTACTS = frozenset({Label.PHONE, Label.HANDLE, Label.EMAIL, Label.WALLET, Label.URL})
MINORS = "minor-recruited"
_SHIELDED = {
    PostKind.WARNING: "This is a warning",
    PostKind.NEWS: "This is news",
}

Mask = tuple[int, int, str]

# What reading may have missed: seven digits or more in any script, an @, an address. Every repeat is bounded.
_LOOKS_LIKE_CONTACT = re.compile(
    r"(?P<phone>\+?\d(?:[\s().\-/·]{0,3}\d){6,30})"
    r"|(?P<account>[^\s@]{0,64}@[^\s@]{1,200})"
    r"|(?P<address>(?:https?://|www\.)\S{1,500}|[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}/\S{1,500})",
    re.IGNORECASE,
)

_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ][a-zß-öø-ÿăđĩũơưạ-ỹ'’]{1,40}\b")  # Latin, Vietnamese included
_SENTENCE_ENDS = frozenset('.!?…:;\n"“(•-–')
_BETWEEN_NAMES = re.compile(r"[\W_\d]+")


def told_kind(read: ReadPost) -> PostKind:
    """What the report calls a post: an offer only if that is likelier than all other kinds together."""
    reading = read.reading
    return PostKind.OTHER if reading.kind is PostKind.RECRUITMENT and is_unclear(read) else reading.kind


def is_unclear(read: ReadPost) -> bool:
    """Whether a post that was read as a job offer is more probably something else."""
    return read.reading.kind is PostKind.RECRUITMENT and read.reading.kind_confidence < 0.5


def names_a_recruiter(read: ReadPost) -> bool:
    """Whether the post may make somebody a recruiter: only a job offer does."""
    return told_kind(read) is PostKind.RECRUITMENT


def why_shielded(read: ReadPost) -> str:
    """The reason for what is withheld in this post, or nothing."""
    if names_a_recruiter(read):
        return "This post speaks of minors: persons named in it are withheld." if _is_about_minors(read) else ""
    if is_unclear(read):
        return "It is in doubt whether this post offers work: its author, contacts and persons are withheld."
    if read.reading.kind is PostKind.PLEA:
        return "This is a plea for help: its text and its author are withheld. Who may see them finds them in the case."
    what = _SHIELDED.get(read.reading.kind, "This post offers no work")
    return f"{what}: its author, contacts and names are withheld."


def masks_in_text(read: ReadPost, end: int) -> list[Mask]:
    """Stretches of the post's text to withhold, as far as `end`, in order and without overlap."""
    text = read.post.text[: end + 1_000]  # some more, so that nothing is cut where it could be recognised
    named = [(m.start, m.end, LABEL_WORDS[m.label]) for m in _hidden_mentions(read) if m.start < end]
    known = [(m.start, m.end) for m in read.reading.mentions if m.label in (Label.LOC, Label.ORG)]
    return _merged(sorted([*named, *_recognised(read, text, known)]), text)


def masks_in_title(read: ReadPost, title: str) -> list[Mask]:
    """Stretches of the post's title to withhold: mentions count in the text, so here their words are looked for."""
    surfaces = {m.surface: LABEL_WORDS[m.label] for m in _hidden_mentions(read) if m.surface}
    named = [
        (found.start(), found.end(), words)
        for surface, words in list(surfaces.items())[:100]
        for found in re.finditer(re.escape(surface), title, re.IGNORECASE)
    ]
    return _merged(sorted([*named, *_recognised(read, title, [])]), title)


def entities_offered(read: ReadPost) -> Iterator[str]:
    """Entities that a job offer itself names; what only warnings, news or pleas name is not shown."""
    if names_a_recruiter(read):
        for mention in read.reading.mentions:
            hidden = mention.label is Label.PERSON and _is_about_minors(read)
            if not hidden and (found := entity_id(mention)):
                yield found


def _hidden_mentions(read: ReadPost) -> Iterator[Mention]:
    shielded = not names_a_recruiter(read)
    hides_persons = shielded or _is_about_minors(read)
    for mention in read.reading.mentions:
        if (hides_persons and mention.label is Label.PERSON) or (shielded and mention.label in CONTACTS):
            yield mention


def _recognised(read: ReadPost, text: str, known: list[tuple[int, int]]) -> Iterator[Mask]:
    if not names_a_recruiter(read):
        for found in _LOOKS_LIKE_CONTACT.finditer(text):
            yield found.start(), found.end(), found.lastgroup or "contact"
        yield from _author_in(read, text)
        yield from _like_names(text, known)


def _like_names(text: str, known: list[tuple[int, int]]) -> Iterator[Mask]:
    """Words with a capital inside a sentence, unless they are known to be a place or a company.

    Better to hide the name of a month than to show the name of a missing sister that reading did not find.
    """
    named = {i for start, end in known for i in range(start, min(end, len(text)))}
    for found in _CAPITAL.finditer(text):
        before = text[max(0, found.start() - 3) : found.start()].rstrip(" ")
        if before and before[-1] not in _SENTENCE_ENDS and found.start() not in named:
            yield found.start(), found.end(), "name"


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


def is_sign(mention: Mention) -> bool:
    """Whether it is a warning sign that the text does not deny, and no mere fact of an offer, such as a job title."""
    return mention.label is Label.INDICATOR and not is_negated(mention) and mention.attributes.get("weight") != "fact"


def _merged(spans: list[Mask], text: str) -> list[Mask]:
    """The spans without overlap; names that only a space divides are one."""
    merged: list[Mask] = []
    for start, end, words in spans:
        left, right, first = merged[-1] if merged else (0, -1, "")
        divided_by = text[right:start]
        if merged and (start < right or (first == words and divided_by in ("", " "))):
            merged[-1] = (left, max(right, end), first)
        else:
            merged.append((start, end, words))
    return merged
