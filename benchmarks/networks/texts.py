"""Texts: wordings that are sent many times, their rewrites and translations, and what fills their slots."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.networks.settings import Language, common, languages

_PARTS = ("open", "place", "pay", "needs", "perks", "travel", "urge")
_TWICE = ("needs", "perks")
_KEYS = "qwertyuiopasdfghjklzxcvbnm"


@dataclass(frozen=True)
class Wording:
    """One text as its writer keeps it: `lines` names a part and a choice in it, the same in every language.

    `group` is common to translations, `family` to a text and those that were rewritten from it.
    """

    id: str
    group: str
    family: str
    language: str
    lines: tuple[tuple[str, int], ...]
    job: int
    contact: int
    bullet: str
    between: str

    @property
    def texts(self) -> Language:
        """Its language."""
        return languages()[self.language]


class Writer:
    """Makes wordings and numbers them."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        self._count = 0

    def new(self, language: str) -> Wording:
        """A wording of its own family."""
        random_ = self._random
        number = self._number()
        chosen = [(part, random_.randrange(len(_offer(part)))) for part in _PARTS]
        for part in _TWICE:
            if random_.random() < 0.6:
                chosen.append((part, random_.randrange(len(_offer(part)))))
        body = list(dict.fromkeys(chosen[1:]))
        random_.shuffle(body)
        return Wording(
            f"c{number}",
            f"g{number}",
            f"f{number}",
            language,
            (chosen[0], *body),
            random_.randrange(4),
            random_.randrange(4),
            random_.choice(common()["bullets"]),
            random_.choice(common()["joins"]),
        )

    def translated(self, wording: Wording, language: str) -> Wording:
        """The same lines in another language: another campaign of the same group."""
        return replace(wording, id=f"c{self._number()}", language=language)

    def rewritten(self, wording: Wording, language: str) -> Wording:
        """Another text made from this one: same family, about half of the lines exchanged, dropped or moved."""
        random_, number = self._random, self._number()
        lines = [line if random_.random() < 0.55 else _another(line, random_) for line in wording.lines]
        if random_.random() < 0.5:
            lines.pop(random_.randrange(1, len(lines)))
        body = lines[1:]
        random_.shuffle(body)
        return replace(
            wording,
            id=f"c{number}",
            group=f"g{number}",
            language=language,
            lines=(lines[0], *dict.fromkeys(body)),
            job=random_.randrange(4),
            contact=random_.randrange(4),
            bullet=random_.choice(common()["bullets"]),
        )

    def _number(self) -> int:
        self._count += 1
        return self._count


def _offer(part: str) -> list[str]:
    lines: list[str] = languages()["en"].texts["offer"][part]
    return lines


def _another(line: tuple[str, int], random_: random.Random) -> tuple[str, int]:
    return line[0], random_.randrange(len(_offer(line[0])))


def offer(wording: Wording, slots: Mapping[str, str], company: str, rewrite: bool, random_: random.Random) -> str:
    """The text of one sending. A `rewrite` exchanges, drops or adds one line; an empty place drops its line."""
    offered = wording.texts.texts["offer"]
    lines = list(wording.lines)
    if rewrite:
        _rewrite(lines, random_)
    if not slots["place"]:
        lines = [line for line in lines if line[0] != "place"]
    filled = {"job": offered["job"][wording.job], **slots}
    written = [fill(offered[part][choice], filled) for part, choice in lines]
    shown = [written[0], *(wording.bullet + line for line in written[1:])]
    if company:
        shown.insert(1, company)
    shown.append(fill(wording.texts.texts["contact"][wording.contact], filled))
    return wording.between.join(shown)


def _rewrite(lines: list[tuple[str, int]], random_: random.Random) -> None:
    place = random_.randrange(1, len(lines))
    kind = random_.random()
    if kind < 0.5:
        lines[place] = _another(lines[place], random_)
    elif kind < 0.75 and lines[place][0] != "place":
        lines.pop(place)
    else:
        lines.insert(place, ("urge", random_.randrange(len(_offer("urge")))))


def honest_offer(language: Language, kept: Mapping[str, Any], slots: Mapping[str, str]) -> str:
    """The text of an honest advert; `kept` says which of the sentences this employer uses."""
    words = language.texts["honest"]
    filled = {"job": words["job"][kept["job"]], **slots}
    parts = [words["open"][kept["open"]], *(words["body"][i] for i in kept["body"]), words["apply"][kept["apply"]]]
    return str(kept["between"]).join(fill(part, filled) for part in parts)


def told(language: Language, kind: str, slots: Mapping[str, str], random_: random.Random) -> str:
    """A warning, a piece of news, a plea or talk."""
    return " ".join(fill(random_.choice(language.texts[kind]), slots).split())


def fill(line: str, slots: Mapping[str, str]) -> str:
    """A line with its slots filled."""
    for name, value in slots.items():
        line = line.replace("{" + name + "}", value)
    return line


def with_typos(text: str, rate: float, random_: random.Random) -> str:
    """Latin words get a wrong, doubled or missing letter at this rate; words with digits, @ or / are left alone."""
    if rate <= 0:
        return text
    return "\n".join(" ".join(_mistyped(w, rate, random_) for w in line.split(" ")) for line in text.split("\n"))


def _mistyped(word: str, rate: float, random_: random.Random) -> str:
    if len(word) < 4 or not (word.isascii() and word.isalpha()) or random_.random() >= rate:
        return word
    at = random_.randrange(1, len(word) - 1)
    return word[:at] + random_.choice(["", word[at] * 2, random_.choice(_KEYS)]) + word[at + 1 :]
