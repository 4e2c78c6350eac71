"""What the generator is told: rates by difficulty, and what all languages share."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from casefile.settings import CONFIG_FOLDER

FOLDER = Path(__file__).parent
DIFFICULTIES = ("easy", "middle", "hard")
_SCRIPTS = {  # where a language's own letters begin and end
    "zh": ("\u4e00", "\u9fff"),
    "th": ("\u0e00", "\u0e7f"),
    "my": ("\u1000", "\u109f"),
    "km": ("\u1780", "\u17ff"),
    "hi": ("\u0900", "\u097f"),
}


class Rates:
    """The rates of one difficulty, by name."""

    def __init__(self, difficulty: str) -> None:
        column = DIFFICULTIES.index(difficulty)
        self._rates = {
            name: float(values[column])
            for part in read_yaml(FOLDER / "rates.yml").values()
            for name, values in part.items()
        }

    def __getitem__(self, name: str) -> float:
        return self._rates[name]


@dataclass(frozen=True)
class Language:
    """The wording of one language; `offer` runs parallel in all of them."""

    code: str
    countries: Mapping[str, str]
    numbers: Sequence[str]
    origins: Sequence[str]
    names: Mapping[str, Sequence[str]]
    says: Mapping[str, Sequence[str]]
    texts: Mapping[str, Any]

    def town(self, place: str) -> str:
        """A place's name in this language's letters where the gazetteer has one, else in Latin ones."""
        latin, others = _gazetteer()[place]
        first, last = _SCRIPTS.get(self.code, ("", ""))
        own = [name for name in others if first and all(first <= c <= last or c == " " for c in name)]
        return own[0] if own else latin


@cache
def languages() -> Mapping[str, Language]:
    """All languages, by code."""
    said = common()["says"]
    found = {}
    for path in sorted((FOLDER / "wording").glob("*.yml")):
        texts = read_yaml(path)
        home = texts["home"]
        found[path.stem] = Language(
            path.stem,
            texts["countries"],
            home["numbers"],
            home["origins"],
            texts["names"],
            {**said, **texts["says"]},
            texts,
        )
    return found


@cache
def common() -> Mapping[str, Any]:
    """`common.yml`."""
    return read_yaml(FOLDER / "common.yml")


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file as plain values."""
    values: dict[str, Any] = YAML(typ="safe").load(path)
    return values


@cache
def _gazetteer() -> Mapping[str, tuple[str, Sequence[str]]]:
    with (CONFIG_FOLDER / "places.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        f"{row['country']}/{row['id'].partition('-')[2]}": (
            row["name"].partition(" (")[0].partition(" /")[0],
            row["aliases"].split("|"),
        )
        for row in rows
    }
