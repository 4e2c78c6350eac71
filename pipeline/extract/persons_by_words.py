"""Persons by the words around a name: titles, offices, markers, verbs of saying, words of contact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.names import Name
from pipeline.extract.words import Word, Words, run_forward, starts_with, words_of
from pipeline.tables import read_lists, read_table

_LONGEST = 5  # words of a name


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases of config/persons.yml with the list they stand in, by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in ("sure", "home", "markers", "office", "says_before", "contact", "says_after", "office_after"):
        for phrase in read_lists("persons")[key]:
            parts = tuple(word.lower for word in words_of(str(phrase)))
            table.setdefault(parts[0], []).append((parts, key))
    for found in table.values():
        found.sort(key=lambda item: -len(item[0]))
    return table


@cache
def never_names() -> frozenset[str]:
    """Words that are no part of a name, whatever title stands before them; in lower case."""
    lists = read_lists("persons")
    return frozenset(
        str(word).lower() for key in ("not_names", "office") for word in lists[key] if " " not in str(word)
    )


def _match(words: Sequence[Word], at: int) -> dict[str, int]:
    """The lists that have a phrase at this word, each with the number of words of its longest one."""
    found: dict[str, int] = {}
    for parts, key in _phrases().get(words[at].lower, ()):
        if key not in found and starts_with(words, at, parts):
            found[key] = len(parts)
    return found


def names_by_words(text: str, words: Words) -> Iterator[Name]:
    """Names behind a title, an office, a marker, a verb of saying or a word of contact; and before a verb or office."""
    known = _phrases()
    told = words.places_of(known)
    for i in told:
        lists = _match(words, i)
        first = next((key for key in _BEHIND if key in lists and (key != "home" or _is_title(words, i))), None)
        if first == "contact":
            yield from _contact_name(text, words, i + lists[first])
        elif first:
            confidence, least, mixed = _BEHIND[first]
            at = i + lists[first]
            at += _length_of_country(words, at) if first == "office" else 0
            yield from _name_at(text, words, at, confidence, least=least, mixed=mixed)
        if "says_after" in lists or "office_after" in lists:
            yield from _name_before(text, words, i)


# What stands before a name, the surest first: confidence, fewest words, whether short forms in capitals are refused.
_BEHIND: dict[str, tuple[float, int, bool]] = {
    "sure": (0.9, 1, False),
    "home": (0.7, 1, False),
    "markers": (0.8, 1, True),
    "office": (0.7, 2, True),
    "says_before": (0.65, 1, True),
    "contact": (0.6, 1, False),
}


def _is_title(words: Sequence[Word], at: int) -> bool:
    """Whether a word like "Kak" or "Anh" is a title here: with a capital, or behind a word of contact."""
    if at and words[at - 1].lower == "tiếng":  # "tiếng Anh" is English, not a brother
        return False
    return words[at].capital or any("contact" in _match(words, at - back) for back in (1, 2) if at >= back)


def _name_at(
    text: str, words: Sequence[Word], first: int, confidence: float, *, least: int, mixed: bool = False
) -> Iterator[Name]:
    """The name that begins with the word `first`; `mixed` refuses words all in capitals, which are short forms."""
    first = _past_titles(words, first)
    if first >= len(words) or not _close(text, words[first - 1], words[first]):
        return
    end = run_forward(text, words, first, never_names(), limit=_LONGEST)
    name = words[first:end]
    if len(name) < least or any(word.text[0].isdigit() for word in name) or _in_lower_links(name):
        return
    if mixed and any(word.text.isupper() and set(word.text) - set("IVX") for word in name):
        return
    yield Name(name[0].start, name[-1].end, confidence)


def _length_of_country(words: Sequence[Word], at: int) -> int:
    """How many words name the country of an office, where two more words follow: Presiden Kamboja Contoh Nama."""
    length = (
        next((len(name) for name in _countries().get(words[at].lower, ()) if starts_with(words, at, name)), 0)
        if at < len(words)
        else 0
    )
    follow = words[at + length : at + length + 2]
    return length if len(follow) == 2 and all(word.capital for word in follow) else 0


@cache
def _countries() -> dict[str, list[tuple[str, ...]]]:
    """The names of countries by their first word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for row in read_table("countries", ("name", "aliases")):
        for name in (row["name"], *row["aliases"].split("|")):
            if parts := tuple(word.lower for word in words_of(name)):
                table.setdefault(parts[0], []).append(parts)
    for found in table.values():
        found.sort(key=len, reverse=True)
    return table


def _past_titles(words: Sequence[Word], first: int) -> int:
    """Titles come in rows: Datuk Seri Dr …"""
    while first < len(words) and (length := _match(words, first).get("sure")):
        first += length
    return first


def _close(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    return len(gap) <= 4 and "\n" not in gap and not set(gap.strip()) - set('.:-()[–"')


def _in_lower_links(name: Sequence[Word]) -> bool:
    return any(word.lower in ("of", "the", "for", "and", "&", "bureau") for word in name)


def _contact_name(text: str, words: Sequence[Word], first: int) -> Iterator[Name]:
    """A name to ask for counts where a number, an address or the end of the sentence follows it."""
    for span in _name_at(text, words, first, 0.6, least=1):
        after = text[span.end : span.end + 14]
        two = " " in text[span.start : span.end]
        if _CONTACT_FOLLOWS.match(after) or (two and _ENDS.match(after)):
            yield span


_CONTACT_FOLLOWS = re.compile(
    r"\s{0,2}[(\[:–,-]{0,2}\s?(?:\+?\d{2}|at \S|on \+?\d|cp\b|wa\b|tel|hp\b|via )", re.IGNORECASE
)
_ENDS = re.compile(r"\s?(?:[,.;)\n<]|$|from |of |dari )")


def _name_before(text: str, words: Sequence[Word], at: int) -> Iterator[Name]:
    """Two to four capitalised words that begin a sentence or line, right before a verb of saying or an office."""
    first = at
    while (
        first > 0
        and at - first < 4
        and _is_name_word(words[first - 1])
        and _close(text, words[first - 1], words[first])
    ):
        first -= 1
    first = min(_past_titles(words, first), at)
    name = words[first:at]
    if (
        len(name) >= 2
        and not any(word.lower in never_names() for word in name)
        and not all(word.text.isupper() for word in name)
    ):
        yield Name(name[0].start, name[-1].end, 0.6)


def _is_name_word(word: Word) -> bool:
    return word.capital and not word.text[0].isdigit() and len(word.text) > 1
