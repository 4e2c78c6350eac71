"""The words by which files name things, out of `config/importing.toml`; compared without case, spaces and marks."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from casefile.errors import Mistake, SettingsError
from casefile.settings import CONFIG_FOLDER
from crawlers.importing.model import BIDI_MARKS

_FILE = "importing.toml"
_IGNORED = dict.fromkeys(map(ord, " \t\u00a0\u202f.-_'’"))


def plain(word: str) -> str:
    """The form in which two words are compared."""
    return unicodedata.normalize("NFKC", word).translate(BIDI_MARKS).casefold().translate(_IGNORED)


@dataclass(frozen=True, slots=True)
class DownloadWords:
    """How the titles of Facebook's downloads go on after the author's name, and before a group's."""

    verbs: tuple[str, ...]
    group_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """`columns`: names by field, best first; `clock`: hours to add after noon by word; the rest as WhatsApp writes it.

    `download` is how Facebook writes, `page_folders` how browsers name the folder beside a page that they save.
    """

    columns: Mapping[str, tuple[str, ...]]
    clock: Mapping[str, int]
    media: Mapping[str, str]
    attached: tuple[str, ...]
    attached_before: tuple[str, ...]
    system: tuple[str, ...]
    deleted: tuple[str, ...]
    edited: tuple[str, ...]
    chat_before: tuple[str, ...]
    download: DownloadWords
    page_folders: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of this installation, read once. Raises SettingsError where the file is damaged."""
    path = CONFIG_FOLDER / _FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        chat = data["whatsapp"]
        clock = {plain(w): 0 for w in chat["am"]} | {plain(w): 12 for w in chat["pm"]}
        return Words(
            columns={field: tuple(map(plain, names)) for field, names in data["columns"].items()},
            clock=clock,
            media={plain(w): kind for kind, names in chat["media"].items() for w in names},
            attached=tuple(w.casefold() for w in chat["attached"]["words"]),
            attached_before=tuple(w.casefold() for w in chat["attached"]["before"]),
            system=tuple(w.casefold() for w in chat["system"]["phrases"]),
            deleted=tuple(w.casefold() for w in chat["system"]["deleted"]),
            edited=tuple(w.casefold() for w in chat["edited"]["words"]),
            chat_before=tuple(w.casefold() for w in chat["names"]["before"]),
            download=DownloadWords(tuple(data["download"]["verbs"]), tuple(data["download"]["group_before"])),
            page_folders=tuple(w.casefold() for w in data["pages"]["folders"]),
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        mistake = Mistake(
            f"config/{_FILE}", "whole file", f"cannot be used ({error!r})", "lists of words", 'am = ["am"]'
        )
        raise SettingsError([mistake]) from error
