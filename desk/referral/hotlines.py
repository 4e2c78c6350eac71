"""Whom to tell of a person who may need help: `config/hotlines.yml`, each with its source."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from pydantic import Field
from ruamel.yaml import YAML

from casefile.errors import NotFound
from casefile.settings import CONFIG_FOLDER, CountryCode, Strict

_FILE = CONFIG_FOLDER / "hotlines.yml"


class Source(Strict):
    """Where it is known from; `date` is the source's own, None where it tells none."""

    title: str = Field(min_length=1)
    url: str = Field(pattern=r"^https?://[^\s]+$")
    date: str | None = Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$", description="year, month, day, as far as it tells")


class Hotline(Strict):
    """Somebody to tell; `citizens`: who is at home turns to it about a citizen who is elsewhere."""

    id: str = Field(pattern=r"^[a-z]{2}-[a-z0-9-]+$")
    country: CountryCode
    name: str = Field(min_length=1)
    citizens: bool = False
    reach: dict[str, str] = Field(min_length=1)
    note: str
    source: Source

    @property
    def reached(self) -> str:
        """How, in one line."""
        return ", ".join(f"{how} {number}" for how, number in self.reach.items())


@cache
def hotlines(path: Path = _FILE) -> tuple[Hotline, ...]:
    """All that are known, by country."""
    told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return tuple(sorted((Hotline.model_validate(one) for one in told), key=lambda one: one.id))


def find_hotline(name: str) -> Hotline:
    """The hotline of that id; raises NotFound."""
    known = {one.id: one for one in hotlines()}
    if name not in known:
        raise NotFound(
            f"There is no hotline “{name}” (there are: {', '.join(known)}).",
            "Add one to config/hotlines.yml, with its source.",
        )
    return known[name]


def fitting(places: Collection[str], origins: Collection[str]) -> list[Hotline]:
    """Those of the countries that a post names, first where the person may be, then those of the home country."""
    there = [one for one in hotlines() if one.country in places]
    home = [one for one in hotlines() if one.country in origins and one.citizens and one not in there]
    return [*there, *home]
