"""The words of config/contacts, read once: what announces a number, a platform, money or a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from ruamel.yaml import YAML, YAMLError

from casefile.errors import Mistake, SettingsError
from casefile.settings import CONFIG_FOLDER
from pipeline.folding import fold

Meaning = tuple[str, str]
"""A kind of cue and its value, for example ("platform", "telegram") or ("period", "day")."""

_NUMBERED = {"currencies": "currency", "multipliers": "multiplier", "periods": "period"}
_PLAIN = ("pay", "monthly", "not_pay", "from", "up_to", "and_more", "to")


@cache
def contact_words(name: str) -> dict[str, Any]:
    """One file of config/contacts as plain lists and dictionaries."""
    path = CONFIG_FOLDER / "contacts" / f"{name}.yml"
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise SettingsError(
            [Mistake(str(path), "file", str(error), "a readable YAML file", "phone: [tel, phone]")]
        ) from error
    if not isinstance(content, dict):
        raise SettingsError([Mistake(str(path), "file", "no lists of words", "keys with lists", "phone: [tel, phone]")])
    return content


def lowered(text: str) -> str:
    """The text in lower case, each character at its old place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@cache
def phrases() -> dict[str, tuple[Meaning, ...]]:
    """Every phrase, folded and in lower case, with all that it can mean."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for phrase, meaning in _entries():
        key = lowered(fold(str(phrase)).text).strip()
        if key and meaning not in found[key]:
            found[key].append(meaning)
    return {phrase: tuple(meanings) for phrase, meanings in found.items()}


def _entries() -> Iterator[tuple[str, Meaning]]:
    for platform, words in contact_words("platforms").items():
        yield from ((word, ("platform", platform)) for word in words)
    for kind, words in contact_words("words").items():
        yield from ((word, (kind, "")) for word in words)
    for digits in contact_words("numerals").values():
        for digit, words in digits.items():
            yield from ((word, ("digit", digit)) for word in words)
    pay = contact_words("pay")
    for group, kind in _NUMBERED.items():
        for value, words in pay[group].items():
            yield from ((word, (kind, value)) for word in words)
    for kind in _PLAIN:
        yield from ((word, (kind, "")) for word in pay[kind])
