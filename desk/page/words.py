"""The words of the page in the reader's language: English sentences are the keys, `config/page/` holds the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from ruamel.yaml import YAML

from casefile.settings import CONFIG_FOLDER

ENGLISH = "en"
Say = Callable[..., str]


@cache
def languages() -> tuple[str, ...]:
    """The languages that the page speaks, English first."""
    return (ENGLISH, *sorted(path.stem for path in (CONFIG_FOLDER / "page").glob("*.yml")))


@cache
def _translations(language: str) -> Mapping[str, str]:
    if language == ENGLISH:
        return {}
    found: dict[str, str] = YAML(typ="safe").load((CONFIG_FOLDER / "page" / f"{language}.yml").read_text("utf-8"))
    return found


def chosen(asked: str, accepted: str) -> str:
    """The language to speak: the one asked for, else the first of the browser's (`Accept-Language`) that we speak."""
    wanted = [asked, *(part.partition(";")[0].strip() for part in accepted.split(","))]
    return next((one[:2].lower() for one in wanted if one[:2].lower() in languages()), ENGLISH)


def speaker(language: str) -> Say:
    """Says an English sentence in a language; `{name}` in it is filled in."""
    known = _translations(language)

    def say(sentence: str, **values: object) -> str:
        return known.get(sentence, sentence).format(**values) if values else known.get(sentence, sentence)

    return say
