"""The words by which pages name times, out of `config/dates.toml`, as one pattern and what each word means."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casefile.errors import Mistake, SettingsError
from casefile.settings import CONFIG_FOLDER

_FILE = "dates.toml"


@dataclass(frozen=True, slots=True)
class DateWords:
    """`pattern` finds a word (an alternation, the longest first); `meanings` tells by its plain form what it may mean.

    A meaning is a kind (month, weekday, back, now, ago, ago_before, unit, one, count, half, zone, noise) and its value.
    One word may have several: "jam" is an hour and stands before a time of day.
    """

    pattern: str
    meanings: Mapping[str, Mapping[str, Any]]


def plain(text: str) -> str:
    """Text as it is compared: digits of every script as 0-9, full-width signs narrow, no case, no invisible marks."""
    if not text.isascii():
        text = "".join(_plain_sign(c) for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return text.casefold()


def plain_word(word: str) -> str:
    """The form in which a word is looked up: without dots and spaces."""
    return plain(word).replace(".", "").replace(" ", "").replace("\n", "")


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """The words of this installation, read once. Raises SettingsError where the file is damaged."""
    try:
        data = tomllib.loads((CONFIG_FOLDER / _FILE).read_text(encoding="utf-8"))
        told = list(_told(data))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        mistake = Mistake(
            f"config/{_FILE}", "whole file", f"cannot be used ({error!r})", "lists of words", '1 = ["jan"]'
        )
        raise SettingsError([mistake]) from error
    meanings: dict[str, dict[str, Any]] = {}
    for kind, value, word in told:
        meanings.setdefault(plain_word(word), {})[kind] = value
    words = sorted({plain(word) for _, _, word in told}, key=lambda word: (-len(word), word))
    return DateWords(_pattern(words), meanings)


def _plain_sign(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return " " if char.isspace() else char


def _told(data: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for table, kind in (("months", "month"), ("weekdays", "weekday"), ("days_back", "back"), ("zones", "zone")):
        for value, words in data[table].items():
            yield from ((kind, int(value), word) for word in words)
    for value, words in data["counts"].items():
        yield from (("count", float(value), word) for word in words)
    for table, kind in (("units", "unit"), ("one", "one"), ("clock", "half")):
        for value, words in data[table].items():
            yield from ((kind, value, word) for word in words)
    for kind, words in (
        ("now", data["now"]["words"]),
        ("ago", data["ago"]["words"]),
        ("ago_before", data["ago"]["before"]),
        ("noise", data["noise"]["words"]),
    ):
        yield from ((kind, True, word) for word in words)


def _pattern(words: Sequence[str]) -> str:
    """Any of the words, dots and spaces in them optional; in scripts that put spaces between words, alone."""
    spaced = "|".join(_loose(word) for word in words if _is_spaced(word[0]))
    others = "|".join(_loose(word) for word in words if not _is_spaced(word[0]))
    # Each alternative begins with a letter, by which the machine of `re` passes over most of them at once.
    return rf"(?<![^\W\d_])(?:{spaced})(?![^\W\d_])|{others}"


def _loose(word: str) -> str:
    return re.escape(word).replace(r"\.", r"\.?").replace(r"\ ", r"\s?")


def _is_spaced(char: str) -> bool:
    """Whether the script of a letter parts words by spaces: Latin, Greek, Cyrillic, Arabic, the scripts of India."""
    return char < "\u0e00" or "\u1e00" <= char < "\u2000"
