"""Platforms' names in disguise: `Te1egram`, `t.e.l.e`, `we-chat`, `T e l e g r a m`, `Télégràm`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.extract.vocabulary import Meanings, phrases

_SIGNS = "0134579@€$!|.\\-_*'’~·•❤♥"
_BREAK = re.compile(rf"[{_SIGNS}][a-z]")
_BROKEN = re.compile(rf"[a-z]++[{_SIGNS}][a-z{_SIGNS}]*[a-z0134579]")
_LONGEST = 16  # letters before the first sign
_MAY_BE_SPACED = re.compile(" [a-z] [a-z]")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){2,15}(?![a-z0-9])")
_NO_LETTERS = re.compile("[^a-z]")
_ALIKE = tuple(str.maketrans("0134579@$€!|", letters) for letters in ("oleastgaseil", "oieastgaseil"))
_ACCENTED = re.compile("[à-ɏḁ-ỿ]")
_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")  # whose writers need all these letters
_SURROGATES = re.compile("[\ud800-\udfff]")
_SHORTEST, _SHORTEST_LEET, _SHORTEST_ACCENTED = 3, 4, 5  # letters


def hidden_words(small: str) -> Iterator[tuple[int, int, Meanings]]:
    """Where platforms are named in disguise in folded text of lower case, and what the names mean."""
    yield from _broken_words(small)
    for spaced in _SPACED.finditer(small) if _MAY_BE_SPACED.search(small) else ():
        meanings = _names().get(spaced[0].replace(" ", ""))
        if meanings:
            yield *spaced.span(), meanings
    if not small.isascii() and _ACCENTED.search(small) and not _VIETNAMESE.search(small):
        yield from _accented_words(small)


def _broken_words(small: str) -> Iterator[tuple[int, int, Meanings]]:
    """Names with signs or digits among their letters."""
    free = 0
    for sign in _BREAK.finditer(small):
        before = small[max(free, sign.start() - _LONGEST) : sign.start()]
        letters = before[len(before.rstrip(ascii_lowercase)) :]
        if letters[:2] not in _beginnings():
            continue
        word = _BROKEN.match(small, sign.start() - len(letters))
        meanings = _meanings(word[0]) if word else None
        free = word.end() if word else free
        if word and meanings:
            yield *word.span(), meanings


def _accented_words(small: str) -> Iterator[tuple[int, int, Meanings]]:
    """Names with accents that they do not have."""
    bare = small.translate(_UNACCENTED)
    automaton, names = _long_names()
    for i, start, end in automaton.find_matches_as_indexes(_SURROGATES.sub("\ufffd", bare)):
        is_whole = not (bare[start - 1 : start].isalnum() or bare[end : end + 1].isalnum())
        if is_whole and small[start:end] != names[i]:
            yield start, end, _names()[names[i]]


def _meanings(word: str) -> Meanings | None:
    """What a word means without its signs, or with letters for them."""
    joined = _NO_LETTERS.sub("", word)
    if len(joined) >= _SHORTEST and not any(map(str.isdecimal, word)) and joined in _names():
        return _names()[joined]
    for table in _ALIKE if len(word) >= _SHORTEST_LEET else ():
        meanings = _names().get(_NO_LETTERS.sub("", word.translate(table)))
        if meanings:
            return meanings
    return None


@cache
def _names() -> dict[str, Meanings]:
    """The names of platforms in plain Latin letters."""
    return {
        phrase: {"platform": meanings["platform"]}
        for phrase, meanings in phrases().items()
        if "platform" in meanings and len(phrase) >= _SHORTEST and phrase.isascii() and phrase.isalpha()
    }


@cache
def _beginnings() -> frozenset[str]:
    """The first letter and the first two letters of every name, as they stand before its first sign."""
    return frozenset(name[:length] for name in _names() for length in (1, 2))


@cache
def _long_names() -> tuple[AhoCorasick, list[str]]:
    names = [name for name in _names() if len(name) >= _SHORTEST_ACCENTED]
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


_UNACCENTED = {
    code: base
    for code in (*range(0xE0, 0x250), *range(0x1E01, 0x1F00))
    if (base := unicodedata.normalize("NFD", chr(code))[0]) != chr(code)
}
