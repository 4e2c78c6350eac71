"""Small places (LOC) that no gazetteer lists, told by the word before them: Kampung, Sangkat, Quận, ตำบล…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.words import Word, joined, words_of
from pipeline.gazetteer import without_accents
from pipeline.hints import Hints
from pipeline.plain import Plain
from pipeline.tables import read_lists

_CONFIDENCE = 0.6
_LONGEST = 3  # words of a name
_SAME_WORD_IN = {("MY", "id"): "ID", ("ID", "ms"): "MY"}  # Indonesian and Malay share these words


def localities(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every place named with a word for village, quarter or district; its value is the country and the name."""
    text = plain.folded.text
    for country, start, end in (*_latin(text), *_thai(text)):
        country = _SAME_WORD_IN.get((country, hints.lang), country)
        name = " ".join(text[start:end].split())
        yield make_mention(
            plain.original,
            plain.folded,
            Label.LOC,
            (start, end),
            f"{country}/{_slug(name)}",
            confidence=_CONFIDENCE,
            extractor="localities",
            country=country,
            name=name,
            kind="locality",
        )


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", without_accents(name).lower()).strip("-") or "unnamed"


def _latin(text: str) -> Iterator[tuple[str, int, int]]:
    words = words_of(text)
    prefixes = _latin_prefixes()
    for i, word in enumerate(words):
        for parts, country in prefixes.get(word.lower, ()):
            name = i + len(parts)
            if [w.lower for w in words[i:name]] == list(parts) and (end := _end_of_name(text, words, name)) > name:
                if word.capital or not word.text.isascii():
                    yield country, word.start, words[end - 1].end
                break


def _end_of_name(text: str, words: tuple[Word, ...], first: int) -> int:
    """The index after the name: capitalised words, then perhaps a number."""
    end = first
    while end < len(words) and end - first < _LONGEST and _goes_on(text, words, end, first):
        end += 1
    return end


def _goes_on(text: str, words: tuple[Word, ...], at: int, first: int) -> bool:
    word, before = words[at], words[at - 1]
    gap = text[before.end : word.start]
    if at == first and gap not in (" ", ". ", "."):
        return False
    if at > first and (not joined(text, before, word) or "." in gap or "-" in gap):
        return False
    return word.capital and word.lower not in _not_names()


def _thai(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _thai_pattern().finditer(text):
        yield "TH", match.start(), match.end()


@cache
def _latin_prefixes() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for country, prefixes in read_lists("localities").items():
        for prefix in prefixes:
            parts = tuple(word.lower for word in words_of(str(prefix)))
            if country != "TH":
                table.setdefault(parts[0], []).append((parts, str(country)))
    for found in table.values():
        found.sort(key=lambda item: -len(item[0]))
    return table


@cache
def _thai_pattern() -> re.Pattern[str]:
    prefixes = "|".join(re.escape(str(prefix)) for prefix in read_lists("localities")["TH"])
    return re.compile(rf"(?<![\u0e00-\u0e7f.])(?:{prefixes}) ?[\u0e01-\u0e4e]{{3,20}}(?![\u0e00-\u0e7f])")


@cache
def _not_names() -> frozenset[str]:
    return frozenset(str(word).lower() for word in read_lists("persons")["not_names"])
