"""What is watched for (`watch/*.yml` in a case), and where alerts go (a file of the person, never of the case)."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from casefile.errors import Mistake, SettingsError
from casefile.records import PostKind
from casefile.search.tokens import digits_in
from casefile.settings import CONFIG_FOLDER
from casefile.settings_files import checked, read_yaml

CHANNELS_VARIABLE = "JEJAK_ALERTS"
PASSWORD_VARIABLE = "JEJAK_SMTP_PASSWORD"
_EXAMPLE = 'contacts: ["+6281200001101"]'
_MESSENGERS = ("telegram", "whatsapp", "wechat", "line", "zalo", "viber", "facebook", "tiktok", "qq", "signal")
_PREFIXES = ("phone", "email", "wallet", *_MESSENGERS)


def _contact(typed: str) -> str:
    if not contact_ids(typed):
        raise ValueError("a number with its country code, a handle with @, an e-mail address, or platform:name")
    return typed


def contact_ids(typed: str) -> frozenset[str]:
    """Every identifier that a contact as typed in a watch may have; empty when it cannot be told."""
    typed = typed.strip().casefold()
    prefix, _, name = typed.partition(":")
    digits = digits_in(typed)
    if name and prefix in _PREFIXES:
        return frozenset({typed})
    if typed.startswith(("+", "00")) and 8 <= len(digits.lstrip("0")) <= 15:
        number = digits.lstrip("0")
        return frozenset({f"phone:+{number}"} | {f"{m}:{sign}{number}" for m in _MESSENGERS for sign in ("", "+")})
    if typed.startswith("@") and len(typed) > 2 and typed[1:].isprintable() and not any(map(str.isspace, typed)):
        return frozenset(f"{messenger}:{typed[1:]}" for messenger in _MESSENGERS)
    local, sign, domain = typed.partition("@")
    return frozenset({f"email:{typed}"}) if sign and local and "." in domain else frozenset()


def _place(typed: str) -> str:
    if not place_ids(typed):
        raise ValueError(
            "a place or country that config/ knows by one of its names, or a place's id, such as KH/poipet"
        )
    return typed


def place_ids(typed: str) -> frozenset[str]:
    """Every place (`KH/poipet`) and country (`KH`) of that id or name, in any language that config/ has; empty if none."""
    typed = typed.strip().removeprefix("place:")
    country, sign, slug = typed.partition("/")
    if sign and slug and country.casefold() in _gazetteer():
        return frozenset({f"{country.upper()}/{slug.casefold()}"})
    return frozenset(_gazetteer().get(" ".join(typed.casefold().split()), ()))


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


def _indicator(name: str) -> str:
    if name not in _indicators():
        raise ValueError("the name of a warning sign, from the first column of config/indicators.csv")
    return name


@cache
def _indicators() -> frozenset[str]:
    return frozenset(row["id"] for row in _rows("indicators.csv"))


Contact = Annotated[str, AfterValidator(_contact)]
Indicator = Annotated[str, AfterValidator(_indicator)]
Place = Annotated[str, AfterValidator(_place)]
Word = Annotated[str, StringConstraints(min_length=2, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Watch(_Strict):
    """One file of `watch/`; its file name is its name. Anything that it names makes an alert, once."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", examples=["lotus"])
    title: str = Field(min_length=1, max_length=200, examples=["The recruiters of the river pier"])
    why: str = Field(default="", max_length=2_000, examples=["named by three families in March"])
    contacts: tuple[Contact, ...] = Field(
        default=(), examples=[["+6281200001101", "@lotus_hr"]], description="any post that gives one of them"
    )
    places: tuple[Place, ...] = Field(
        default=(),
        examples=[["KH/poipet"]],
        description="offers that send people there: a place's id or name, a country",
    )
    companies: tuple[Word, ...] = Field(default=(), examples=[["PT Contoh Senja"]], description="offers in its name")
    text: str | None = Field(
        default=None, min_length=40, max_length=20_000, examples=["We hire chat support, no experience needed ..."],
        description="a wording; posts that are nearly the same",
    )  # fmt: skip
    alike: float = Field(default=0.5, ge=0.2, le=1, examples=[0.5], description="how alike a post must be to `text`")
    indicators: tuple[Indicator, ...] = Field(
        default=(),
        examples=[["travel-paid-by-employer", "passport-needed-now"]],
        description="offers that show all of them",
    )
    returns: tuple[Contact, ...] = Field(
        default=(), examples=[["+6281200001101"]], description="the recruiter of this contact uses one not seen before"
    )
    moves: tuple[Contact, ...] = Field(
        default=(),
        examples=[["+6281200001101"]],
        description="the recruiter of this contact sends people somewhere new",
    )
    kinds: tuple[PostKind, ...] | None = Field(
        default=None,
        examples=[["recruitment", "warning"]],
        description="only such posts; default: offers, and any for contacts",
    )
    paused: bool = Field(default=False, examples=[False])

    @model_validator(mode="after")
    def _watches_something(self) -> Self:
        if not (
            self.contacts or self.places or self.companies or self.text or self.indicators or self.returns or self.moves
        ):
            raise ValueError("nothing is watched: name contacts, places, companies, text, indicators, returns or moves")
        return self


class Email(_Strict):
    """Alerts by e-mail, through the person's own server. The password comes from the environment only."""

    host: str = Field(
        min_length=1, max_length=255, pattern=r"^[A-Za-z0-9.:-]+$", examples=["smtp.our-organisation.example"]
    )
    port: int = Field(default=587, ge=1, le=65_535, examples=[587])
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", examples=["starttls"], description="`none` only for a server on this computer"
    )
    user: str | None = Field(default=None, examples=["desk@our-organisation.example"])
    sender: str = Field(pattern=r"^[^\s<>@]+@[^\s<>@]+$", examples=["desk@our-organisation.example"])
    to: tuple[Annotated[str, StringConstraints(pattern=r"^[^\s<>@]+@[^\s<>@]+$")], ...] = Field(
        min_length=1, examples=[["team@our-organisation.example"]]
    )

    @model_validator(mode="after")
    def _plain_only_here(self) -> Self:
        if self.security == "none" and self.host not in _THIS_COMPUTER:
            raise ValueError("without encryption only a server on this computer (127.0.0.1) is used")
        return self


class Webhook(_Strict):
    """Alerts as JSON, posted to an address: encrypted, or on this computer."""

    url: str = Field(
        pattern=r"^(https://[^\s/?#@]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)([/?#]\S*)?$",
        examples=["https://hooks.our-organisation.example/jejak"],
    )


class Channels(_Strict):
    """Where alerts go besides the terminal."""

    file: str | None = Field(default=None, min_length=1, examples=["~/alerts.jsonl"])
    email: Email | None = Field(default=None)
    webhook: Webhook | None = Field(default=None)


_THIS_COMPUTER = ("127.0.0.1", "localhost", "::1")


def read_watches(folder: Path) -> tuple[Watch, ...]:
    """All files of a case's watch/, ordered by name; raises SettingsError with the mistakes of all of them."""
    watches, mistakes = [], []
    for path in sorted((folder / "watch").glob("*.y*ml")):
        file = f"watch/{path.name}"
        try:
            if path.suffix != ".yml":
                raise SettingsError(
                    [Mistake(file, "file name", "ends in .yaml", "a name that ends in .yml", "lotus.yml")]
                )
            watches.append(checked(read_yaml(path, file, _EXAMPLE), Watch, file, name=path.stem))
        except SettingsError as error:
            mistakes += error.mistakes
    if mistakes:
        raise SettingsError(mistakes)
    return tuple(watches)


def read_channels(path: Path) -> Channels:
    """Where this person wants alerts; nowhere but the terminal when there is no such file. Raises SettingsError."""
    path = Path(os.environ.get(CHANNELS_VARIABLE) or path)
    if not path.is_file():
        return Channels()
    return checked(read_yaml(path, path.name, 'file: "~/alerts.jsonl"'), Channels, path.name)


def smtp_password() -> str | None:
    """The password of the person's mail server."""
    return os.environ.get(PASSWORD_VARIABLE)
