"""Digits as writers hide them: letters for digits, digits as words, split by signs, on two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from pipeline.extract.cues import find_cues, is_latin
from pipeline.extract.emails import find_emails
from pipeline.extract.links import find_links

_WORD = "0-9A-Za-zÀ-ɏḀ-ỿА-яο"
_REST_OF_WORD = re.compile(rf"[{_WORD}]*")
_BEFORE_DIGITS = re.compile(rf"[{_WORD}]{{1,20}}\Z")
_DIGITS = re.compile(r"\d+")
_LETTERS = str.maketrans("oOоОοQlI|iíìsSbBzZ", "000000111111558822")
_LOOKALIKE = re.compile(r"[0-9oOоОοQlI|iíìsSbBzZ]+")
_ZEROS = re.compile(rf"(?<![{_WORD}])[oO]{{2,4}}(?![{_WORD}])")
_ZEROS_AND_DIGITS = frozenset("oO0123456789")
_EDGES = re.compile(r"([^0-9]*)([0-9]+)([^0-9]*)")
# A hundred digits in a row are no telephone number; what is longer is not even looked at.
_LONGEST = 15
_FEWEST_WORDS = 3

_NOT_NUMBERS = re.compile(
    r"(?:"
    r"(?:19|20)\d\d ?[-/.] ?\d{1,2} ?[-/.] ?\d{1,2}(?!\d)"  # 2024-05-12
    r"|\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?(?:19|20|25)\d\d(?![\d\-. ]{0,2}\d)"  # 12/05/2024
    r"|\d{1,2}[.:]\d{2} ?(?:-|~|to|s/d|ถึง|đến|至|到) ?\d{1,2}[.:]\d{2}(?![\d.:])"  # 08.30-17.00
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"  # 10:30
    r"|\d{1,3}\.\d{3,} ?, ?-?\d{1,3}\.\d{3,}"  # 13.7563, 100.5018
    r"|[1-9]\d{0,2}(?:[.,]\d{3})+(?!\d|[-.]\d)"  # 1.500.000
    r")"
)


def not_numbers(text: str) -> list[tuple[int, int]]:
    """Where dates, times and coordinates stand: neither telephone numbers nor pay."""
    return [(start, end) for start, end in _not_phones(text) if not _MONEY.fullmatch(text, start, end)]


@lru_cache(maxsize=4)
def _not_phones(text: str) -> tuple[tuple[int, int], ...]:
    """Where dates, times, coordinates and grouped prices stand."""
    found = []
    free = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        match = _NOT_NUMBERS.match(text, start) if start >= free else None
        if match and not (start >= 2 and text[start - 1] in ".," and text[start - 2].isdecimal()):
            free = match.end()
            found.append(match.span())
    return tuple(found)


_MONEY = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some digits at their place in folded text; `disguised` where they were letters or words."""

    digits: str
    start: int
    end: int
    disguised: bool = False
    is_word: bool = False
    is_letters: bool = False  # `OOOO`: zeros only between real digits


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that may belong to one number, and whether a plus stands before them."""

    pieces: tuple[Piece, ...]
    plus: bool
    start: int

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def digits(self) -> str:
        return "".join(piece.digits for piece in self.pieces)


# What may stand inside one number. Signs of money, times and lists may not.
_WEAK_GAP = re.compile(r"(?![^\d]{0,3}(?:\*\*|••|●●|××))[^\w\n:;=%$€£฿₱₫₹¥#@+/,|&<>\"“”、，]{0,4}")
_LONGEST_REMARK = 24
_REMARK = re.compile(r"[^\d\n*•●×:;%$€£฿₱₫₹¥@+/,|&]{1,24}")
_LINE_GAP = re.compile(r"[ \t\-.…]{0,4}\r?\n[ \t\-.…]{0,4}")


def find_runs(text: str) -> list[Run]:
    """The runs of digits in folded text, first to last."""
    return [_run(text, group) for group in _without_lone_words(filter(None, _groups(text)))]


def _groups(text: str) -> Iterator[list[Piece]]:
    """Pieces with only weak gaps between them."""
    group: list[Piece] = []
    for piece in _pieces(text):
        if group and not _WEAK_GAP.fullmatch(text, group[-1].end, piece.start):
            yield _without_outer_letters(group)
            group = []
        group.append(piece)
    yield _without_outer_letters(group)


def _without_outer_letters(group: list[Piece]) -> list[Piece]:
    inner = [i for i, piece in enumerate(group) if not piece.is_letters]
    return group[inner[0] : inner[-1] + 1] if inner else []


def _without_lone_words(groups: Iterator[list[Piece]]) -> Iterator[list[Piece]]:
    """One or two digits as words are words of the sentence: they end a group instead of joining it."""
    for group in groups:
        if sum(piece.is_word for piece in group) >= _FEWEST_WORDS:
            yield group
            continue
        for is_word, pieces in groupby(group, key=lambda piece: piece.is_word):
            if not is_word:
                yield list(pieces)


def join_lines(text: str, first: Run, second: Run) -> Run | None:
    """Two runs as one where only a line's end stands between them."""
    if second.plus or not _LINE_GAP.fullmatch(text, first.end, second.start):
        return None
    return replace(first, pieces=first.pieces + second.pieces)


def join_words(text: str, first: Run, second: Run) -> Run | None:
    """Two runs as one where a short word or remark stands between them: `0812 (no space) 3456`."""
    if (
        second.plus
        or second.start - first.end > _LONGEST_REMARK
        or not _REMARK.fullmatch(text, first.end, second.start)
    ):
        return None
    return replace(first, pieces=first.pieces + second.pieces)


def _run(text: str, group: list[Piece]) -> Run:
    start = group[0].start
    before = re.search(r"(\+ ?\(?|\()\Z", text[max(0, start - 3) : start])
    plus = bool(before) and "+" in before[0] if before else False
    if before and ("+" in before[0] or ")" in text[start : group[-1].end]):
        start -= len(before[0])
    return Run(tuple(group), plus, start)


def _pieces(text: str) -> Iterator[Piece]:
    """All pieces outside of links, addresses, dates, times, prices and coordinates, first to last."""
    taken = sorted(
        [(link.start, link.end) for link in find_links(text)]
        + [(email.start, email.end) for email in find_emails(text)]
        + list(_not_phones(text))
    )
    index = 0
    for piece in sorted(_all_pieces(text), key=lambda piece: (piece.start, -piece.end)):
        while index < len(taken) and taken[index][1] <= piece.start:
            index += 1
        if index == len(taken) or taken[index][0] >= piece.end:
            yield piece


def _all_pieces(text: str) -> Iterator[Piece]:
    free = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < free:
            continue
        before = _BEFORE_DIGITS.search(text, max(free, digits.start() - 20), digits.start())
        start = before.start() if before else digits.start()
        rest = _REST_OF_WORD.match(text, digits.end())
        free = rest.end() if rest else digits.end()
        piece = _piece(text, start, free)
        if piece:
            yield piece
    if "oo" in text.lower():
        for letters in _ZEROS.finditer(text):
            yield Piece("0" * len(letters[0]), letters.start(), letters.end(), disguised=True, is_letters=True)
    for cue in find_cues(text).of("digit"):
        yield Piece(cue.meanings["digit"], cue.start, cue.end, disguised=True, is_word=True)


def _piece(text: str, start: int, end: int) -> Piece | None:
    """The digits of one word: plain, with look-alike letters, or with a word run into them."""
    word = text[start:end]
    if text[start - 1 : start] == "_" or text[end : end + 1] == "_":
        return None
    if word.isdecimal():
        return Piece(word, start, end) if len(word) <= _LONGEST else None
    if _LOOKALIKE.fullmatch(word) and len(word) <= _LONGEST and _is_mostly_digits(word):
        return Piece(word.translate(_LETTERS), start, end, disguised=True)
    edges = _EDGES.fullmatch(word)
    if not edges or len(edges[2]) > _LONGEST:
        return None
    before, digits, after = edges.groups()
    if before and not _is_announcing(text, start, start + len(before)):
        return None
    if after and (len(digits) < 7 or digits[0] != "0" or len(after) < 2):
        return None
    return Piece(digits, start + len(before), start + len(before) + len(digits))


def _is_mostly_digits(word: str) -> bool:
    """Half of it, or less in a word of a number's length that begins like one: `O8l2OOOOll2l`."""
    digits = sum(char.isdecimal() for char in word)
    if digits * 2 >= len(word) or (digits >= 2 and len(word) >= 9 and word[0] in "0oO"):
        return True
    return digits * 4 >= len(word) and set(word) <= _ZEROS_AND_DIGITS


def _is_announcing(text: str, start: int, end: int) -> bool:
    """Whether the letters before the digits are a word like `WA` or `hp`."""
    return any(
        cue.end == end and (cue.value("phone") is not None or cue.value("platform") is not None)
        for cue in find_cues(text).between(start - 20, end)
    ) or not is_latin(text[end - 1])
