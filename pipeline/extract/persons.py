"""Persons (PERSON): people who are named with a title, as a contact, by their office, or as speakers. Precision first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.names import Name, longest_names
from pipeline.extract.persons_by_script import names_by_script
from pipeline.extract.persons_by_words import names_by_words, never_names
from pipeline.extract.words import Word, words_of
from pipeline.hints import Hints
from pipeline.plain import Plain

_SHORTEST_ALONE = 3  # letters; a longer family name is looked for by itself


def persons(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every named person, each occurrence; titles are left out of the name."""
    text = plain.folded.text
    words = words_of(text)
    names = longest_names(
        [*names_by_words(text, words), *_with_age(text), *_on_contact_lines(text), *names_by_script(text)]
    )
    for name in longest_names([*names, *_again(text, words, names)]):
        yield make_mention(
            plain.original,
            plain.folded,
            Label.PERSON,
            (name.start, name.end),
            " ".join(text[name.start : name.end].split()),
            confidence=name.confidence,
            extractor="persons",
        )


_AN_AGE = re.compile(r"\d{2}(?: tahun|-anyos|\)| taon| tuổi| years|, )|usia \d{2}")
_AGE = re.compile(
    r"\b([A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20}){1,4}),? \(?(?:\d{2}(?: tahun|-anyos|\)| taon| tuổi| years|, )|usia \d{2})"
)


def _with_age(text: str) -> Iterator[Name]:
    """Names with an age, as news give them: Example Name (26), Example Name, 33 tahun."""
    if not _AN_AGE.search(text):
        return
    for match in _AGE.finditer(text):
        if not any(word.lower() in never_names() for word in match.group(1).split()):
            yield Name(match.start(1), match.end(1), 0.6)


_IN_BRACKETS = re.compile(r"\d{3}[\d -]{0,9}\s?\(([^\W\d_][^()\n#\d]{1,28}?)(?:\)|\s#)")
_BEFORE_OFFICE = re.compile(
    r"(?m)^(?:HR ?[-—:：] ?|[ \t]{0,9})([A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20}){0,2}) ?(?:\((?:Mr|Ms|Mrs|Miss)\.?\))? {1,4}(?:HR|Human Resource|Recruit)"
)


def _on_contact_lines(text: str) -> Iterator[Name]:
    """Names in brackets behind a number, and on the line of an office: Example (Mr.) HR Manager."""
    for match in _IN_BRACKETS.finditer(text) if "(" in text else ():
        words = list(match.group(1).replace(".", " ").split())
        if len(words) <= 3 and not any(word.lower() in never_names() for word in words):
            yield Name(match.start(1), match.end(1), 0.6)
    if not any(word in text for word in ("HR", "Human Resource", "Recruit")):
        return
    for match in _BEFORE_OFFICE.finditer(text):
        if not any(word.lower() in never_names() for word in match.group(1).split()):
            yield Name(match.start(1), match.end(1), 0.7)


def _again(text: str, words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """Later mentions of somebody by one of the names, as news do."""
    full = [text[name.start : name.end].split() for name in names]
    alone = {part for parts in full if len(parts) >= 2 for part in (parts[0], parts[-1])}
    known = {part for part in alone if len(part) > _SHORTEST_ALONE}
    if known:
        yield from (Name(word.start, word.end, 0.6) for word in words if word.text in known)
