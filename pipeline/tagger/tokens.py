"""The tokens that the tagger labels: words, signs and line ends; in scripts without spaces words, syllables or characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Cut = Callable[[str], list[int]]
"""Cuts a run of one script: the offsets at which its tokens end."""

_THAI, _LAO, _BURMESE, _KHMER = "\u0e01-\u0e4e", "\u0e81-\u0ece", "\u1000-\u1049\u104c-\u109f", "\ua9e0-\ua9fe"
_TOKEN = re.compile(
    r"(?P<th>[\u0e01-\u0e4e]+)"
    r"|(?P<my>[\u1000-\u103f\u104c-\u109f]+)"
    r"|(?P<km>[\u1780-\u17d3\u17dc\u17dd]+)"
    r"|(?P<zh>[\u3400-\u9fff])"
    r"|(?P<hi>[\u0900-\u0963\u0966-\u097f]+)"
    r"|\d+|[^\W\d_\u0900-\u0d7f\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]+"
    r"|\n+|\S"
)
_BURMESE_SYLLABLE = re.compile(
    "[\u1000-\u103f\u104c-\u109f](?:[\u102b-\u103e]|(?<=\u1039)[\u1000-\u1021])*"
    "(?:[\u1000-\u1021][\u1037\u1038]?\u103a(?:[\u102b-\u103e]|(?<=\u1039)[\u1000-\u1021])*)*"
)
_KHMER_CLUSTER = re.compile("[\u1780-\u17d3\u17dc\u17dd](?:\u17d2[\u1780-\u17a2]|[\u17b6-\u17d1\u17dd])*")
THAI_CLUSTER = re.compile("[เ-ไ]?[\u0e01-\u0e4e][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]*")


class Token(NamedTuple):
    """One token at its place; `script` is `th`, `my`, `km`, `zh`, `hi`, or `` for all that is written in words."""

    start: int
    end: int
    text: str
    script: str


def tokens_of(text: str, cut_thai: Cut) -> Iterator[Token]:
    """The tokens of a text from left to right; spaces are none. `cut_thai` cuts a run of Thai letters into words."""
    for match in _TOKEN.finditer(text):
        script, start = match.lastgroup or "", match.start()
        if script in ("th", "my", "km"):
            run, at = match.group(), 0
            for end in cut_thai(run) if script == "th" else _ends(run, script):
                yield Token(start + at, start + end, run[at:end], script)
                at = end
        else:
            yield Token(start, match.end(), match.group(), script)


def _ends(run: str, script: str) -> list[int]:
    pattern = _BURMESE_SYLLABLE if script == "my" else _KHMER_CLUSTER
    return [match.end() for match in pattern.finditer(run)]
