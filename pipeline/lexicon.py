"""The lexicon: phrases in our languages and what they point to, found once and shared by all who need them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.phrases import PhraseFinder, together
from pipeline.plain import Plain
from pipeline.tables import read_table


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase points to (an indicator's id, or `kind:news`, `role:origin-marker`…), and how surely."""

    name: str
    lang: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """A sense at its place in `Plain.text`."""

    start: int
    end: int
    name: str
    sure: bool


def find_senses(plain: Plain, lang: str) -> tuple[Sense, ...]:
    """All senses of the lexicon's phrases in a text, in order; a phrase of another language counts as unsure."""
    return tuple(_senses(plain, lang))


def _senses(plain: Plain, lang: str) -> Iterator[Sense]:
    for found in lexicon_finder().find(plain):
        names: dict[str, bool] = {}
        for entry in found.meanings:
            at_home = entry.lang in (lang, "und", "en") or {entry.lang, lang} <= {"id", "ms"}
            if at_home or found.end - found.start > 5:
                names[entry.name] = names.get(entry.name, False) or (entry.sure and at_home)
        for name, sure in names.items():
            yield Sense(found.start, found.end, name, sure)


@together
def lexicon_finder() -> PhraseFinder[Entry]:
    """The finder of all phrases, built once."""
    rows = read_table("lexicon", ("phrase", "lang", "sense", "confidence"))
    return PhraseFinder((row["phrase"], Entry(row["sense"], row["lang"], row["confidence"] == "high")) for row in rows)
