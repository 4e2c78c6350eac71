"""The tokens that the tagger labels: words, signs and line ends; in scripts without spaces words, syllables or characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Cut = Callable[[str], list[int]]
"""Cuts a run of one script: the offsets at which its tokens end."""

_TOKEN = re.compile(
    r"(?P<th>[\u0e01-\u0e4e]+)"
    r"|(?P<lo>[\u0e81-\u0ece\u0edc-\u0edf]+)"
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
_THAI_CLUSTER = re.compile("[เ-ไ]?[\u0e01-\u0e4e][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]*")
_LAO_CLUSTER = re.compile("[ເ-ໄ]?[\u0e81-\u0ece\u0edc-\u0edf][\u0eb0-\u0ebd\u0ec8-\u0ece]*")
_PIECES = {"th": _THAI_CLUSTER, "lo": _LAO_CLUSTER, "my": _BURMESE_SYLLABLE, "km": _KHMER_CLUSTER}


class Token(NamedTuple):
    """One token at its place; `script` is `th`, `lo`, `my`, `km`, `zh`, `hi`, or `` for all that is written in words."""

    start: int
    end: int
    text: str
    script: str


def tokens_of(text: str, cut_thai: Cut) -> Iterator[Token]:
    """The tokens of a text from left to right; spaces are none. `cut_thai` cuts a run of Thai letters into words."""
    for match in _TOKEN.finditer(text):
        script, start = match.lastgroup or "", match.start()
        if script in _PIECES:
            run, at = match.group(), 0
            for end in cut_thai(run) if script == "th" else pieces_of(run, script):
                yield Token(start + at, start + end, run[at:end], script)
                at = end
        else:
            yield Token(start, match.end(), match.group(), script)


def pieces_of(run: str, script: str) -> list[int]:
    """Where the smallest pieces end that a run of one script may be cut into."""
    return [match.end() for match in _PIECES[script].finditer(run)]
