"""The places we know, from config/: compounds, towns, crossings, provinces and countries, by all their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from casefile.records import Scalar
from pipeline.phrases import PhraseFinder, together
from pipeline.plain import plain_phrase
from pipeline.tables import read_lists, read_table

_SHORT_NAME = 4
_EVERYDAY_NAME = 7  # a shorter name of a small place is believed with a capital letter only


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `value` is its country, or country and slug. `rank` says how well known it is, from 0 to 4."""

    id: str
    value: str
    name: str
    kind: str
    country: str
    lat: float | None
    lon: float | None
    rank: float

    def attributes(self) -> dict[str, Scalar]:
        """What a mention of the place tells of it."""
        told = {
            "country": self.country,
            "name": self.name,
            "place_id": self.id,
            "kind": self.kind,
            "lat": self.lat,
            "lon": self.lon,
        }
        return {name: held for name, held in told.items() if held is not None}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place and when it is believed.

    `any`: always; `capital`: with one, or in small letters at home or behind "in" and "to"; `ordinary`: the same, but
    not where all is in capitals; `capitals`: in capitals only; `alone`: with no letter beside it; `never`: not at all.
    """

    place: Place | None
    when: str
    langs: frozenset[str] = frozenset()


@together
def place_finder() -> PhraseFinder[PlaceName]:
    """The finder of all names of all places, built once."""
    return PhraseFinder(_names())


@cache
def place_words() -> Mapping[str, Any]:
    """The lists of `config/place_words.yml`."""
    return read_lists("place_words")


@cache
def places_by_id() -> dict[str, Place]:
    """Every place by its id; a country's id is its ISO 3166 code."""
    return {place.id: place for place, _ in _all_places()}


@cache
def places_by_value() -> dict[str, Place]:
    """Every place by its value (`KH/poipet`, `KH`)."""
    return {place.value: place for place, _ in _all_places()}


@cache
def _all_places() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    return (*_countries(), *_known_places(), *_regions(), *_towns())


def _countries() -> Iterator[tuple[Place, tuple[str, ...]]]:
    for row in read_table("countries", ("country", "name", "lat", "lon", "aliases")):
        code = row["country"]
        place = Place(code, code, row["name"], "country", code, _degrees(row["lat"]), _degrees(row["lon"]), 4.0)
        yield place, (row["name"], *row["aliases"].split("|"))


def _known_places() -> Iterator[tuple[Place, tuple[str, ...]]]:
    for row in read_table("places", ("id", "name", "kind", "country", "lat", "lon", "aliases")):
        names = (row["name"], *row["aliases"].split("|"))
        if row["kind"] == "country":
            country = next((place for place, _ in _countries_once() if place.id == row["country"]), None)
            if country:
                yield country, names
        else:
            yield _place(row, 3.5), (*_names_in(row["name"]), *names[1:])


def _names_in(name: str) -> tuple[str, ...]:
    """The names in a heading like "Manila (NAIA)" or "Ipoh / Perak"; none where words explain the name."""
    plain = re.sub(r" ?\([^)]*\)", "", name)
    return () if "," in plain else tuple(plain.split(" / "))


@cache
def _countries_once() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    return tuple(_countries())


def _regions() -> Iterator[tuple[Place, tuple[str, ...]]]:
    for row in read_table("places_regions", ("id", "name", "kind", "country", "aliases")):
        yield _place(row, 2.5), tuple(row["aliases"].split("|"))


def _towns() -> Iterator[tuple[Place, tuple[str, ...]]]:
    for row in read_table("places_geonames", ("id", "name", "kind", "country", "population", "aliases")):
        rank = min(3.0, max(0.5, len(row["population"]) - 4 + int(row["population"][:1]) / 10))
        yield _place(row, rank), tuple(row["aliases"].split("|"))


def _place(row: dict[str, str], rank: float) -> Place:
    country = row["country"]
    slug = row["id"].removeprefix(country.lower() + "-")
    lat, lon = _degrees(row["lat"]), _degrees(row["lon"])
    return Place(row["id"], f"{country}/{slug}", row["name"], row["kind"], country, lat, lon, rank)


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _names() -> Iterator[tuple[str, PlaceName]]:
    places = {place.id: place for place, _ in _all_places()}
    for row in read_table("place_aliases", ("alias", "place", "when", "langs")):
        yield row["alias"], PlaceName(places.get(row["place"]), row["when"], frozenset(row["langs"].split()))
    words = place_words()
    ordinary, never = (frozenset(str(words[name]).split()) for name in ("ordinary", "never"))
    for place, names in _all_places():
        for name in dict.fromkeys(names):
            plain = plain_phrase(name)
            if plain in never or len(plain) < 2:
                continue
            yield name, PlaceName(place, _when(name, plain, place, plain in ordinary))
            spelt = without_accents(name)
            if spelt != name and place.country == "VN" and len(spelt) > _SHORT_NAME:
                yield spelt, PlaceName(place, "capital")


def _when(name: str, plain: str, place: Place, ordinary: bool) -> str:
    """When a name is believed; names in scripts without capitals always are."""
    if not plain.isascii() and plain.lower() == plain.upper():
        return "any"
    if ordinary:
        return "ordinary"
    if name.isupper() and len(name) <= _SHORT_NAME + 1:
        return "capitals"
    if len(plain) <= _SHORT_NAME or (place.rank <= 3.0 and len(plain) < _EVERYDAY_NAME):
        return "capital"
    return "any"


def without_accents(text: str) -> str:
    """The Latin letters without their marks, as hurried Vietnamese is typed."""
    marked = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[\u0300-\u036f]", "", marked)
