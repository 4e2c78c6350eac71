"""What is watched for (`watch/*.yml` in a case), and where alerts go (a file of the person, never of the case)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from casefile.errors import Mistake, SettingsError
from casefile.records import PostKind
from casefile.settings import Strict
from casefile.settings_files import checked, read_each, read_yaml
from casefile.watched_names import contact_ids, indicators, place_ids

CHANNELS_VARIABLE = "JEJAK_ALERTS"
PASSWORD_VARIABLE = "JEJAK_SMTP_PASSWORD"
_EXAMPLE = 'contacts: ["+6281200001101"]'


def _contact(typed: str) -> str:
    if not contact_ids(typed):
        raise ValueError("a number with its country code, a handle with @, an e-mail address, or platform:name")
    return typed


def _place(typed: str) -> str:
    if not place_ids(typed):
        raise ValueError(
            "a place or country that config/ knows by one of its names, or a place's id, such as KH/poipet"
        )
    return typed


def _indicator(name: str) -> str:
    if name not in indicators():
        raise ValueError("the name of a warning sign, from the first column of config/indicators.csv")
    return name


Contact = Annotated[str, AfterValidator(_contact)]
Indicator = Annotated[str, AfterValidator(_indicator)]
Place = Annotated[str, AfterValidator(_place)]
Word = Annotated[str, StringConstraints(min_length=2, max_length=200)]


class Watch(Strict):
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


class Email(Strict):
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
        if self.security == "none" and self.host not in THIS_COMPUTER:
            raise ValueError("without encryption only a server on this computer (127.0.0.1) is used")
        return self


class Webhook(Strict):
    """Alerts as JSON, posted to an address: encrypted, or on this computer."""

    url: str = Field(
        pattern=r"^(https://[^\s/?#@]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)([/?#]\S*)?$",
        examples=["https://hooks.our-organisation.example/jejak"],
    )


class Channels(Strict):
    """Where alerts go besides the terminal."""

    file: str | None = Field(default=None, min_length=1, examples=["~/alerts.jsonl"])
    email: Email | None = Field(default=None)
    webhook: Webhook | None = Field(default=None)


THIS_COMPUTER = ("127.0.0.1", "localhost", "::1")


def read_watches(folder: Path) -> tuple[Watch, ...]:
    """All files of a case's watch/, ordered by name; raises SettingsError with the mistakes of all of them."""
    return read_each(folder / "watch", _read_watch_file)


def _read_watch_file(path: Path) -> Watch:
    file = f"watch/{path.name}"
    if path.suffix != ".yml":
        raise SettingsError([Mistake(file, "file name", "ends in .yaml", "a name that ends in .yml", "lotus.yml")])
    return checked(read_yaml(path, file, _EXAMPLE), Watch, file, name=path.stem)


def read_channels(path: Path) -> Channels:
    """Where this person wants alerts; nowhere but the terminal when there is no such file. Raises SettingsError."""
    path = Path(os.environ.get(CHANNELS_VARIABLE) or path)
    if not path.is_file():
        return Channels()
    return checked(read_yaml(path, path.name, 'file: "~/alerts.jsonl"'), Channels, path.name)


def smtp_password() -> str | None:
    """The password of the person's mail server."""
    return os.environ.get(PASSWORD_VARIABLE)
