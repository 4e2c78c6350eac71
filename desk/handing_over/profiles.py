"""Who may be given what: one file a recipient, in `config/sharing/` or in a case's `sharing/`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from casefile.case import Case
from casefile.errors import ExportRefused
from casefile.settings import CONFIG_FOLDER, Handling, Strict
from casefile.settings_files import checked, read_each, read_yaml
from graph.export.formats import ExportFormat

OURSELVES = "own"
"""The recipient when none is named: our own organisation, for the purpose of the case."""


class Profile(Strict):
    """One file of `sharing/`; its file name is the recipient's name, which pseudonyms depend on."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$", examples=["liaison-north"])
    title: str = Field(min_length=1, max_length=200, examples=["Liaison officer, northern police"])
    receives: Handling = Field(
        examples=["amber"], description="the strictest handling that may be given to this recipient"
    )
    names: Literal["keep", "pseudonym"] = Field(
        default="pseudonym", description="persons and accounts that job offers name"
    )
    contacts: Literal["keep", "pseudonym"] = Field(
        default="keep", description="recruiters' numbers, handles, e-mail addresses, wallets and links"
    )
    addresses: Literal["full", "site", "none"] = Field(default="full", description="where each post stands on the web")
    texts: Literal["offers", "none"] = Field(
        default="none", description="the texts of job offers; no other text leaves"
    )
    images: Literal["addresses", "none"] = Field(default="none", description="the addresses of pictures in job offers")
    evidence: Literal["pages", "none"] = Field(
        default="none", description="the pages on which nothing but job offers stands, as they were captured"
    )
    formats: tuple[ExportFormat, ...] = Field(min_length=1, examples=[["xlsx", "csv"]])
    encrypt_to: tuple[str, ...] = Field(
        default=(), examples=[["age1…"]], description="the recipient's age keys: a package is encrypted to them"
    )

    @model_validator(mode="after")
    def _texts_tell_all(self) -> Self:
        """Nobody can prove that every name in a text was found."""
        if self.texts != "none" and "pseudonym" in (self.names, self.contacts):
            raise ValueError("texts name people and contacts: where one of these is a pseudonym, texts must be none")
        if self.images != "none" and self.addresses != "full":
            raise ValueError("addresses of pictures tell where posts stand: they leave only with addresses: full")
        if self.evidence != "none" and "none" in (self.texts, self.images):
            raise ValueError("pages tell all: they leave only with texts: offers and images: addresses")
        return self


def profiles(case: Case) -> dict[str, Profile]:
    """The recipients by name, those of the case before the general ones; raises SettingsError."""
    found: dict[str, Profile] = {}
    for folder in (CONFIG_FOLDER / "sharing", case.folder / "sharing"):
        found |= {profile.name: profile for profile in read_each(folder, _read)}
    return found


def find_profile(case: Case, name: str) -> Profile:
    """The profile of a recipient; raises ExportRefused when there is none of that name."""
    known = profiles(case)
    if name not in known:
        raise ExportRefused(
            f"There is no recipient “{name}” (there are: {', '.join(sorted(known))}).",
            f"Copy one of config/sharing/ to {case.folder}/sharing/{name}.yml and say there what they may receive.",
        )
    return known[name]


def _read(path: Path) -> Profile:
    file = f"sharing/{path.name}"
    return checked(read_yaml(path, file, "receives: amber"), Profile, file, name=path.stem)
