"""The wording of a campaign, for people: what its posts share, with marks where they differ.

No two texts are aligned with each other: a letter belongs to the wording if a piece of text around it stands in most
posts. That takes linear time, and lines may come in another order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from casefile.records import Label, Mention
from graph.shingles import PIECE_LETTERS, Pieces, numbers_of
from graph.texts import letters_in, without_mentions

T = TypeVar("T")

MOST_POSTS = 8  # more posts of a campaign do not make its wording clearer
_LOOKED_AT = 3000  # characters of a post
_SHOWN = 600  # characters of a template
_DIFFERENT = "⟨…⟩"
_SLOTS = {
    Label.PHONE: "⟨contact⟩",
    Label.HANDLE: "⟨contact⟩",
    Label.EMAIL: "⟨contact⟩",
    Label.WALLET: "⟨wallet⟩",
    Label.URL: "⟨link⟩",
    Label.LOC: "⟨place⟩",
    Label.ORG: "⟨company⟩",
    Label.PERSON: "⟨name⟩",
    Label.SALARY: "⟨salary⟩",
}
_NUMBER = r"\d(?:[\d ().,/-]*\d)?"
_LONG_NUMBER = 5  # digits: from here on it may be a contact that the reader missed
# Thai, Lao, Burmese, Khmer, Chinese, Japanese: no spaces between words, so a difference is not widened to a whole word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"{_NUMBER}|[^\W\d_{_UNSPACED}][^\s\d!-/:-@\[-`{{-~{_UNSPACED}]*|[{_UNSPACED}](?:(?!\w)[{_UNSPACED}])*|\s+|.",
    re.DOTALL,
)
_SIGN = re.compile(rf"{_NUMBER}|[^\w\s]|_")
_JOINED = re.compile(r"⟨…⟩(?:[\s,.;:/|&+-]*⟨…⟩)+")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, number, sign or slot of a post; `first` and `last` count letters of the post's shape."""

    shown: str
    slot: bool
    first: int
    last: int


class _Post:
    """One post of a campaign."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text, self._mentions = text[:_LOOKED_AT], mentions
        self._bare = " ".join(without_mentions(self._text, mentions))
        self.numbers = numbers_of(letters_in(self._bare))

    @cached_property
    def signs(self) -> set[str]:
        """Numbers, emoji and other signs without letters."""
        return set(_SIGN.findall(self._bare))

    def tokens(self) -> Iterator[_Token]:
        """The tokens in order; mentions that overlap are one slot, named after the first."""
        end = letters = 0
        slots = sorted((m.start, m.end, _SLOTS[m.label]) for m in self._mentions if m.label in _SLOTS)
        for start, stop, name in [*slots, (len(self._text), len(self._text), "")]:
            for found in _TOKEN.finditer(self._text, end, max(end, min(start, len(self._text)))):
                first, letters = letters, letters + len(letters_in(found[0]))
                yield _Token(found[0], False, first, letters)
            if name and end <= start < len(self._text):
                yield _Token(name, True, letters, letters)
            end = max(end, stop)

    def letters_shared(self, shared: Pieces) -> NDArray[np.bool_]:
        """For each letter whether a shared piece goes over it."""
        inside = np.isin(self.numbers, shared)
        letters = np.zeros(len(inside) + PIECE_LETTERS - 1, dtype=bool)
        for offset in range(PIECE_LETTERS):
            letters[offset : offset + len(inside)] |= inside
        return letters


def template_of(posts: Iterable[tuple[str, Sequence[Mention]]]) -> str:
    """The shared wording of a campaign's posts, given as text and mentions in the order of capture.

    Contacts, names, places and pay never show; where posts differ otherwise stands ⟨…⟩. At most 600 characters.
    """
    members = [_Post(text, mentions) for text, mentions in islice(posts, MOST_POSTS)]
    shared = _in_most([set(post.numbers.tolist()) for post in members])
    pieces = np.array(sorted(shared), dtype=np.uint32)
    letters = [post.letters_shared(pieces) for post in members]
    fit = [2 * int(found.sum()) - len(found) for found in letters]
    best = max(range(len(members)), key=lambda index: (fit[index], -index))
    signs = _in_most([post.signs for post in members])
    return _cut("".join(_shown(members[best], letters[best], signs)))


def _in_most(sets: Sequence[set[T]]) -> set[T]:
    """What stands in more than half of the sets."""
    counts = Counter(value for values in sets for value in values)
    return {value for value, count in counts.items() if 2 * count > len(sets)}


def _shown(post: _Post, letters: NDArray[np.bool_], signs: set[str]) -> Iterator[str]:
    for token in post.tokens():
        if token.slot or token.shown.isspace():
            yield token.shown
        elif token.first < token.last:
            yield token.shown if letters[token.first : token.last].all() else _DIFFERENT
        elif sum(map(str.isdigit, token.shown)) >= _LONG_NUMBER:
            yield _DIFFERENT
        elif token.shown in signs:
            yield token.shown
        elif token.shown[0].isdigit():
            yield _DIFFERENT


def _cut(template: str) -> str:
    short = _JOINED.sub(_DIFFERENT, " ".join(template.split()))
    return short if len(short) <= _SHOWN else short[: short.rfind(" ", 0, _SHOWN)].rstrip() + " …"
