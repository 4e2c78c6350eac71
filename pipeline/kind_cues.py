"""The words of config/kind_cues.yml, found in a text: what a careful reader goes by to tell the kind of a post."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from casefile.errors import Mistake, SettingsError
from pipeline.phrases import PhraseFinder, together
from pipeline.plain import Plain, make_plain
from pipeline.tables import read_lists

_TELLS_IN_ANY_LANGUAGE = 8  # letters; shorter Latin words mean other things in other languages
_EVERYWHERE = ("und", "en")
_WIDE = 40  # one double space in so many letters: written wide


class Cue(NamedTuple):
    """A cue, its words as they were looked up, and where they begin (in letters, wide spaces counted once)."""

    start: int
    words: str
    name: str


class _Entry(NamedTuple):
    name: str
    lang: str


def find_cues(plain: Plain, lang: str) -> tuple[Cue, ...]:
    """All cues of a text in order of place; short words only count in their own language."""
    if plain.text.count("  ") * _WIDE > len(plain.text):  # phrases of several words would not be found
        plain = make_plain(" ".join(plain.original.split()))
    return tuple(_cues(plain, lang))


def _cues(plain: Plain, lang: str) -> Iterator[Cue]:
    text = plain.text
    for start, end, meanings in _finder().find(plain):
        tells = end - start >= _TELLS_IN_ANY_LANGUAGE or text[start] > "\x7f"
        for name in _names(meanings, lang, tells):
            yield Cue(start, text[start:end], name)


@lru_cache(maxsize=65_536)
def _names(meanings: tuple[_Entry, ...], lang: str, tells: bool) -> tuple[str, ...]:
    return tuple(sorted({entry.name for entry in meanings if tells or _is_at_home(entry.lang, lang)}))


def _is_at_home(phrase_lang: str, lang: str) -> bool:
    return lang in (phrase_lang, "und") or phrase_lang in _EVERYWHERE or {phrase_lang, lang} <= {"id", "ms"}


@together
def _finder() -> PhraseFinder[_Entry]:
    return PhraseFinder(list(_phrases()))


def _phrases() -> Iterator[tuple[str, _Entry]]:
    for name, phrases_by_language in read_lists("kind_cues").items():
        if not isinstance(phrases_by_language, dict):
            raise SettingsError([_mistake(str(name))])
        for lang, phrases in phrases_by_language.items():
            for phrase in str(phrases).split(","):
                yield from _spellings(phrase.strip(), _Entry(str(name), str(lang)))


def _spellings(phrase: str, entry: _Entry) -> Iterator[tuple[str, _Entry]]:
    yield phrase, entry
    if entry.lang == "vi" and " " in phrase and not phrase.isascii():
        yield without_accents(phrase), entry


def without_accents(phrase: str) -> str:
    """A Vietnamese phrase as it is typed in haste: "cảnh báo" is "canh bao"."""
    letters = unicodedata.normalize("NFD", phrase.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _mistake(name: str) -> Mistake:
    return Mistake("config/kind_cues.yml", name, "it lists no phrases by language", "phrases by language", "en: hiring")
