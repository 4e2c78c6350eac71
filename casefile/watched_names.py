"""What the contacts, places and warning signs that a watch names may be called in a case."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from casefile.config_folder import CONFIG_FOLDER
from casefile.platforms import platforms
from casefile.search.tokens import digits_in

_PREFIXES = ("phone", "email", "wallet")


def contact_ids(typed: str) -> frozenset[str]:
    """Every identifier that a contact as typed in a watch may have; empty when it cannot be told."""
    typed = typed.strip().casefold()
    prefix, _, name = typed.partition(":")
    digits = digits_in(typed)
    if name and prefix in _PREFIXES:
        return frozenset({typed})
    if name and prefix in platforms():
        return frozenset({f"{platforms()[prefix]}:{name.strip().removeprefix('@')}"})
    if typed.startswith(("+", "00")) and 8 <= len(digits.lstrip("0")) <= 15:
        number = digits.lstrip("0")
        return frozenset({f"phone:+{number}"} | {f"{on}:{sign}{number}" for on in _platforms() for sign in ("", "+")})
    if typed.startswith("@") and len(typed) > 2 and typed[1:].isprintable() and not any(map(str.isspace, typed)):
        return frozenset(f"{platform}:{typed[1:]}" for platform in _platforms())
    local, sign, domain = typed.partition("@")
    return frozenset({f"email:{typed}"}) if sign and local and "." in domain else frozenset()


def place_ids(typed: str) -> frozenset[str]:
    """Every place (`KH/poipet`) and country (`KH`) of that id or name, in any language that config/ has; empty if none."""
    typed = typed.strip().removeprefix("place:")
    country, sign, slug = typed.partition("/")
    if sign and slug and country.casefold() in _gazetteer():
        return frozenset({f"{country.upper()}/{slug.casefold()}"})
    return frozenset(_gazetteer().get(" ".join(typed.casefold().split()), ()))


def _platforms() -> frozenset[str]:
    return frozenset(platforms().values())


@cache
def _gazetteer() -> dict[str, set[str]]:
    named: dict[str, set[str]] = defaultdict(set)
    for file in ("countries.csv", "places.csv", "places_geonames.csv", "places_regions.csv"):
        for row in _rows(file):
            country, _, slug = row["id"].partition("-") if "id" in row else (row["country"], "", "")
            place = f"{country.upper()}/{slug}" if slug else country.upper()
            for name in (country if not slug else place, row["name"], *row["aliases"].split("|")):
                if name:
                    named[name.casefold()].add(place)
    return dict(named)


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (CONFIG_FOLDER / file).open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


@cache
def indicators() -> frozenset[str]:
    """The names of all warning signs."""
    return frozenset(row["id"] for row in _rows("indicators.csv"))
