"""The words of config/contacts, read once: what announces a number, a platform, money or a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from casefile.config_folder import CONFIG_FOLDER
from casefile.errors import Mistake, SettingsError
from pipeline.folding import fold

Meanings = dict[str, str]
"""Kinds of cue with their values, for example {"platform": "telegram"} or {"pay": "", "period": "month"}."""

_GROUPS = {
    "currencies": "currency",
    "multipliers": "multiplier",
    "periods": "period",
    "units": "unit",
    "numbers": "number",
}


@cache
def contact_words(name: str) -> dict[str, Any]:
    """One file of config/contacts; every text in it is a list of phrases with commas between, given as a tuple."""
    path = CONFIG_FOLDER / "contacts" / f"{name}.yml"
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise _unreadable(str(path), str(error)) from error
    if not isinstance(content, dict):
        raise _unreadable(str(path), "it holds no lists of words")
    return {str(key): _split(value) for key, value in content.items()}


def _unreadable(path: str, problem: str) -> SettingsError:
    return SettingsError([Mistake(path, "file", problem, "YAML with keys and words", "phone: tel, telephone")])


def _split(value: object) -> Any:
    if isinstance(value, dict):
        return {str(key): _split(held) for key, held in value.items()}
    return tuple(filter(None, map(str.strip, str(value).replace("\n", " ").split(","))))


def usual_currency(lang: str, regions: tuple[str, ...]) -> str | None:
    """The currency that a post in this language, or about the likeliest of these countries, means."""
    pay = contact_words("pay")
    told = pay["by_language"].get(lang) or (pay["by_region"].get(regions[0]) if regions else None)
    return str(told[0]) if told else None


def unit_currency(amount: str) -> str | None:
    """The currency of the only countries that count in the unit of this amount: `5 lakh`, `10jt`."""
    told = contact_words("pay")["by_unit"].get(amount.strip("0123456789., -"))
    return str(told[0]) if told else None


@cache
def pay_limits(currency: str) -> tuple[float, float]:
    """The least and the most that is credible as pay in this currency."""
    told = contact_words("pay")["limits"].get(currency)
    least, most = told[0].split() if told else ("1", "inf")
    return float(least), float(most)


def minimum_day(currency: str) -> float | None:
    """The legal minimum for a day's work in the country of this currency; None where we do not know it."""
    told = contact_words("pay")["minimum_day"].get(currency)
    return float(told[0]) if told else None


def lowered(text: str) -> str:
    """The text in lower case, each character at its old place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@cache
def phrases() -> dict[str, Meanings]:
    """Every phrase, folded and in lower case, with all that it can mean."""
    found: dict[str, Meanings] = defaultdict(dict)
    for phrase, (kind, value) in _entries():
        key = lowered(fold(phrase).text).strip()
        if key:
            found[key].setdefault(kind, value)
    return dict(found)


def _entries() -> Iterator[tuple[str, tuple[str, str]]]:
    for platform, words in contact_words("platforms").items():
        yield from ((word, ("platform", platform)) for word in words)
    for kind, words in contact_words("words").items():
        yield from ((word, (kind, "")) for word in words)
    for name, lists in contact_words("numerals").items():
        kind, first = ("tens", 2) if name == "tens" else ("digit", 0)
        for number, words in enumerate(lists, first):
            yield from ((word, (kind, str(number))) for word in words.split("/"))
    for key, words in contact_words("pay").items():
        if key in _GROUPS:
            for value, group in words.items():
                yield from ((word, (_GROUPS[key], value)) for word in group)
        elif isinstance(words, tuple):
            yield from ((word, (key, "")) for word in words)
