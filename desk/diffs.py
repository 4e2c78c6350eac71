"""What was changed from one text to another, word by word, in any script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "gone", "new"]

_MOST_WORDS = 4_000  # comparing takes time that grows faster than the texts; beyond, whole lines are compared
_MOST_LINES = 4_000
_MANY = 250_000  # comparisons; beyond, words that return all the time are not looked up
# Scripts that put no spaces between words are compared letter by letter, each with the signs that belong to it.
_PIECES = re.compile(
    r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF][\u0E31\u0E34-\u0E3A\u0E47-\u0E4E\u0EB1\u0EB4-\u0EBC\u0EC8-\u0ECD"
    r"\u102B-\u103E\u17B6-\u17D3]{0,8}|[^\W\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF]{1,200}|\s{1,200}|."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went, or came."""

    change: Change
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """The pieces that lead from `old` to `new`: without those that are new they are `old`, without those gone `new`."""
    before, after = _split(old, new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) * len(after) > _MANY)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(before[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(after[c:d])))
    return pieces


def _split(old: str, new: str) -> tuple[list[str], list[str]]:
    words = _PIECES.findall(old), _PIECES.findall(new)
    if sum(map(len, words)) <= 2 * _MOST_WORDS:
        return words
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return lines if sum(map(len, lines)) <= 2 * _MOST_LINES else ([old], [new])
