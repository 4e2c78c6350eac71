"""Platforms' names in disguise: `Te1egram`, `t.e.l.e`, `we-chat`, `T e l e g r a m`, `Télégràm`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pipeline.extract.vocabulary import Meanings, phrases

_BROKEN = re.compile(r"[a-z]+[0134579@$€!|.\-_*'’~·•❤♥][a-z0134579@$€!|.\-_*'’~·•❤♥]*[a-z0134579]")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){2,15}(?![a-z0-9])")
_NO_LETTERS = re.compile("[^a-z]")
_ALIKE = tuple(str.maketrans("0134579@$€!|", letters) for letters in ("oleastgaseil", "oieastgaseil"))
_ACCENTED = re.compile("[à-ɏḁ-ỿ]")
_SHORTEST, _SHORTEST_LEET = 3, 4  # letters


def hidden_words(small: str) -> Iterator[tuple[int, int, Meanings]]:
    """Where platforms are named in disguise in folded text of lower case, and what the names mean."""
    for broken in _BROKEN.finditer(small):
        meanings = _meanings(broken[0])
        if meanings:
            yield *broken.span(), meanings
    for spaced in _SPACED.finditer(small):
        meanings = _names().get(spaced[0].replace(" ", ""))
        if meanings:
            yield *spaced.span(), meanings
    if not small.isascii() and _ACCENTED.search(small):
        bare = small.translate(_UNACCENTED)
        for name in _long_names().finditer(bare):
            if small[name.start() : name.end()] != name[0]:
                yield *name.span(), _names()[name[0]]


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
def _long_names() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(name for name in _names() if len(name) >= 5)})(?![a-z0-9])")


_UNACCENTED = {
    code: base
    for code in (*range(0xE0, 0x250), *range(0x1E01, 0x1F00))
    if (base := unicodedata.normalize("NFD", chr(code))[0]) != chr(code)
}
