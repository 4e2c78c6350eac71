"""The languages of what leaves a case: English sentences are the keys, `config/dossier/` holds the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup, escape
from pydantic import Field
from ruamel.yaml import YAML

from casefile.errors import NotFound
from casefile.settings import CONFIG_FOLDER, Strict
from desk.report.shown import shown

ENGLISH = "en"
_FOLDER = CONFIG_FOLDER / "dossier"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _File(Strict):
    """One file of `config/dossier/`; its name is the language's code."""

    name: str = Field(min_length=1, description="as its speakers write it")
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    date: str = Field(pattern=r"\{day\}", description="with {day}, {month} and {year}")
    comma: str
    sentences: dict[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence or a part of one that is told in the reader's language; `{name}` in it is filled in."""

    sentence: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


Value = str | int | float | datetime | Phrase | Sequence["Value"] | None


def phrase(sentence: str, **values: Value) -> Phrase:
    """The phrase with its values."""
    return Phrase(sentence, values)


def counted(number: int, one: str, many: str = "") -> Phrase:
    """`{n} posts`, with the noun in its number where the language has one."""
    return Phrase(f"{{n}} {one if number == 1 else many or f'{one}s'}", {"n": number})


@dataclass(slots=True)
class Language:
    """One language; what it lacks is told in English, and remembered in `missing`."""

    code: str
    name: str = "English"
    months: Sequence[str] = _MONTHS
    date: str = "{day} {month} {year}"
    comma: str = ", "
    sentences: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    missing: set[str] = field(default_factory=set)

    def say(self, sentence: str | Phrase, **values: Value) -> Markup:
        """HTML of a sentence in this language; what is filled in is escaped and cannot act."""
        if isinstance(sentence, Phrase):
            values = {**sentence.values, **values}
            sentence = sentence.sentence
        told = {name: self._value(value) for name, value in values.items()}
        if self.code == ENGLISH or sentence in self.sentences:
            return escape(self.sentences.get(sentence, sentence)).format(**told)
        self.missing.add(sentence)
        return Markup('<span lang="en">{}</span>').format(escape(sentence).format(**told))

    def day(self, moment: datetime | None) -> str:
        """A date, or a dash where it is unknown."""
        if moment is None:
            return "–"
        return self.date.format(day=moment.day, month=self.months[moment.month - 1], year=moment.year)

    def month(self, moment: datetime) -> str:
        """A month with its year, short enough to stand under an axis."""
        return f"{moment.month:02}/{moment.year}"

    def _value(self, value: Value) -> Markup:
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, datetime):
            return escape(self.day(value))
        if isinstance(value, float):
            return escape(f"{value:.0%}")
        if isinstance(value, int):
            return escape(f"{value:,}")
        if isinstance(value, str):
            return shown(value)
        return escape(self.comma).join(self._value(one) for one in value or ())


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
    told = _File.model_validate(YAML(typ="safe").load((folder / f"{wanted}.yml").read_text(encoding="utf-8")))
    return Language(wanted, told.name, told.months, told.date, told.comma, told.sentences)
