"""The words that pages put on buttons and on links to more, out of `config/pages.toml`."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from casefile.errors import Mistake, SettingsError
from casefile.settings import CONFIG_FOLDER

_FILE = "pages.toml"
_LISTS = ("buttons", "next", "job_paths", "job_words", "posted", "load_more")
_MARKS = " \t\n\u00a0…․.·•|:：›»→>▸▶➔←‹«<◂+()[]-–—!"


def bare(words: str) -> str:
    """Words in the form in which they are compared: no case, no marks around them."""
    return unicodedata.normalize("NFKC", words).casefold().strip(_MARKS)


@dataclass(frozen=True, slots=True)
class PageWords:
    """`buttons` say nothing of a post, `next` leads to the next page; adverts for jobs show both kinds of job words.

    `posted` are labels before the date of an advert, `load_more` buttons that bring more posts onto the page.
    """

    buttons: Set[str]
    next: Set[str]
    job_paths: Set[str]
    job_words: Set[str]
    posted: Set[str]
    load_more: Set[str]


@cache
def page_words() -> PageWords:
    """The words of this installation, read once. Raises SettingsError where the file is damaged."""
    try:
        told = tomllib.loads((CONFIG_FOLDER / _FILE).read_text(encoding="utf-8"))
        lists = {name: frozenset(map(bare, told[name])) for name in _LISTS}
        return PageWords(**{**lists, "buttons": lists["buttons"] | lists["load_more"]})
    except (OSError, KeyError, ValueError, TypeError) as error:
        mistake = Mistake(f"config/{_FILE}", "the whole file", str(error), "lists of words", 'next = ["next page"]')
        raise SettingsError([mistake]) from error
