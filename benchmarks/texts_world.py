"""Rough copies: posts of known campaigns that were changed more than `benchmarks.networks` changes them.

The lines are those of `benchmarks/networks/wording`, in ten languages. Nearly half of the wordings are made from another
one and keep up to two thirds of its lines. The rates are assumptions: they are set so that copies differ about as much
as wordings do, which is where methods part.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from benchmarks.networks.settings import Language, common, languages
from benchmarks.networks.texts import fill, with_typos

_MIDDLE = ("place", "pay", "needs", "perks", "travel", "urge")
_SIGNS = "🔥✅💰📞🏠⭐👉💥📍"
_BEFORE = ("Fwd: ", "Repost: ", "🔁 ", "HOT JOB ", "‼️ ", "*** ")
_AFTER = ("\n#job #hiring #loker", "\nPosted via a sample board. Read the rules.", "\n🙏🙏🙏")
_JOINS = ("\n", "\n", ". ", "\n- ", " | ")
_FORMS = ("{} 0812-000{}", "WA +62812000{}", "Telegram: @{}_{}", "t.me/{}{}", "{}.{}@mail.example")
_NAMES = ("rina", "dewi", "lan", "somchai", "mei", "zaw", "dara", "ana")


@dataclass(frozen=True)
class Copied:
    """A post and the number of its campaign."""

    id: str
    text: str
    campaign: int


@dataclass(frozen=True)
class _Wording:
    language: Language
    lines: tuple[tuple[str, str], ...]
    job: str
    join: str


def rough_copies(count: int, seed: int) -> list[Copied]:
    """So many posts, about one campaign for a dozen; few campaigns are frequent, most are rare."""
    random_ = random.Random(seed)
    wordings: list[_Wording] = []
    while len(wordings) < max(4, count // 12):
        new = _sibling(random_.choice(wordings), random_) if wordings and random_.random() < 0.45 else _new(random_)
        if all(_differ(new, other) for other in wordings):
            wordings.append(new)
    weights = [1 / (rank + 1) ** 0.6 for rank in range(len(wordings))]
    chosen = random_.choices(range(len(wordings)), weights, k=count)
    return [Copied(f"p{n}", _copy(wordings[which], random_), which) for n, which in enumerate(chosen)]


def _differ(first: _Wording, second: _Wording) -> bool:
    """Whether a third of the lines are others: what differs less is one wording with a line changed."""
    common_lines = len(set(first.lines) & set(second.lines))
    return 3 * common_lines <= 2 * min(len(first.lines), len(second.lines))


def _new(random_: random.Random) -> _Wording:
    language = random_.choice(list(languages().values()))
    parts = random_.sample(_MIDDLE, random_.randint(3, 6))
    lines = tuple((part, _line(language, part, random_)) for part in ("open", *parts, "contact"))
    return _Wording(language, lines, random_.choice(language.texts["offer"]["job"]), random_.choice(_JOINS))


def _sibling(other: _Wording, random_: random.Random) -> _Wording:
    """A wording made from another: half of the lines are chosen anew, the rest may come in another order."""
    lines = [
        (part, line if random_.random() < 0.5 else _line(other.language, part, random_)) for part, line in other.lines
    ]
    middle = lines[1:-1]
    if random_.random() < 0.3:
        random_.shuffle(middle)
    job = random_.choice(other.language.texts["offer"]["job"])
    return replace(other, lines=(lines[0], *middle, lines[-1]), job=job, join=random_.choice(_JOINS))


def _line(language: Language, part: str, random_: random.Random) -> str:
    lines: list[str] = language.texts["contact"] if part == "contact" else language.texts["offer"][part]
    return random_.choice(lines)


def _copy(wording: _Wording, random_: random.Random) -> str:
    chance = random_.random
    lines = list(wording.lines)
    middle = lines[1:-1]
    if chance() < 0.12:
        random_.shuffle(middle)
    if chance() < 0.12:
        middle.pop(random_.randrange(len(middle)))
    if chance() < 0.2:
        at = random_.randrange(len(middle))
        middle[at] = (middle[at][0], _line(wording.language, middle[at][0], random_))
    slots = _slots(wording, random_)
    written = [fill(line, slots) for _, line in (lines[0], *middle, lines[-1])]
    if chance() < 0.25:
        written = [with_typos(_without_a_word(line, random_), 0.05, random_) for line in written]
    if chance() < 0.25:
        written = [f"{random_.choice(_SIGNS)} {line}" for line in written]
    text = (random_.choice(_JOINS) if chance() < 0.2 else wording.join).join(written)
    text = text.upper() if chance() < 0.1 else text
    before = random_.choice(_BEFORE) if chance() < 0.25 else ""
    return before + text + (random_.choice(_AFTER) if chance() < 0.1 else "")


def _slots(wording: _Wording, random_: random.Random) -> dict[str, str]:
    language = wording.language
    name, number = random_.choice(_NAMES), f"{random_.randrange(100_000):05}"
    return {
        "job": wording.job,
        "n": str(random_.randint(3, 40)),
        "place": language.town(random_.choice(common()["destinations"])),
        "origin": random_.choice(language.origins),
        "pay": random_.choice(language.texts["pays"]),
        "who": random_.choice(language.names["first"]),
        "contacts": random_.choice(_FORMS).format(name, number),
    }


def _without_a_word(line: str, random_: random.Random) -> str:
    words = line.split(" ")
    if len(words) > 4 and random_.random() < 0.5:
        words.pop(random_.randrange(len(words)))
    return " ".join(words)
