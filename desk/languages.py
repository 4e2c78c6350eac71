"""The languages of what leaves a case: English sentences are the keys, `config/dossier/` holds the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from markupsafe import Markup, escape
from ruamel.yaml import YAML

from casefile.errors import NotFound
from casefile.settings import CONFIG_FOLDER
from desk.report.shown import shown, visible

ENGLISH = "en"
_FOLDER = CONFIG_FOLDER / "dossier"
_LOCALES = {ENGLISH: "en_GB"}  # the day before the month


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence or a part of one that is told in the reader's language; `{name}` in it is filled in."""

    sentence: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    one: str = ""  # how English says it of one thing; the other languages here count without changing the noun


@dataclass(frozen=True, slots=True)
class Country:
    """A country, by its code (ISO 3166-1), told by the name that readers know."""

    code: str


Value = str | int | float | datetime | Phrase | Country | Sequence["Value"] | None


def phrase(sentence: str, **values: Value) -> Phrase:
    """The phrase with its values."""
    return Phrase(sentence, values)


def counted(number: int, one: str, many: str = "") -> Phrase:
    """`{n} posts`, with the noun in its number where the language has one."""
    return Phrase(f"{{n}} {many or f'{one}s'}", {"n": number}, f"{{n}} {one}" if number == 1 else "")


@dataclass(slots=True)
class Language:
    """One language; what it lacks is told in English, and remembered in `missing`."""

    code: str
    sentences: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    missing: set[str] = field(default_factory=set)

    @property
    def locale(self) -> Locale:
        """How dates, lists and countries are told (Unicode CLDR)."""
        return Locale.parse(_LOCALES.get(self.code, self.code))

    def say(self, sentence: str | Phrase, **values: Value) -> Markup:
        """HTML of a sentence in this language; what is filled in is escaped and cannot act."""
        if isinstance(sentence, Phrase):
            values = {**sentence.values, **values}
            english = self.code == ENGLISH or sentence.sentence not in self.sentences
            sentence = sentence.one if sentence.one and english else sentence.sentence
        told = {name: self.tell(value) for name, value in values.items()}

        def filled(words: str) -> Markup:
            # Without values it may be a stranger's words, in which braces mean nothing.
            return escape(words).format(**told) if told else visible(words)

        if self.code == ENGLISH or sentence in self.sentences:
            return filled(self.sentences.get(sentence, sentence))
        self.missing.add(sentence)
        return Markup('<span lang="en">{}</span>').format(filled(sentence))

    def day(self, moment: datetime | None) -> str:
        """A date, or a dash where it is unknown."""
        return format_date(moment, "medium", self.locale) if moment else "–"

    def tell(self, value: Value) -> Markup:
        """HTML of anything that a sentence is filled with."""
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, Country):
            return shown(self.locale.territories.get(value.code.upper(), value.code))
        if isinstance(value, datetime):
            return escape(self.day(value))
        if isinstance(value, float):
            return escape(f"{value:.0%}")
        if isinstance(value, int):
            return escape(f"{value:,}")
        if isinstance(value, str):
            return shown(value)
        told = [self.tell(one) for one in value or ()]
        places = format_list([f"{{{number}}}" for number in range(len(told))], locale=self.locale) if told else ""
        return escape(places).format(*told)


def languages() -> tuple[str, ...]:
    """The codes of the languages that are spoken, English first."""
    return (ENGLISH, *sorted(path.stem for path in _FOLDER.glob("*.yml")))


def find_language(code: str, folder: Path = _FOLDER) -> Language:
    """The language of that code (ISO 639-1); raises NotFound."""
    wanted = code.strip().casefold()
    if wanted == ENGLISH:
        return Language(ENGLISH)
    if wanted not in languages():
        raise NotFound(
            f"There is no language “{code}” (there are: {', '.join(languages())}).",
            "Copy one of config/dossier/ and translate it.",
        )
    told: dict[str, str] = YAML(typ="safe").load((folder / f"{wanted}.yml").read_text(encoding="utf-8"))
    return Language(wanted, told)
