"""Pieces of digits as they are written: plain, with letters for digits, with words run into them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.cues import Cues, find_cues, is_latin
from pipeline.extract.numerals import spelled, unglued
from pipeline.extract.pieces import Piece

_WORD = "0-9A-Za-zÀ-ɏḀ-ỿА-яο"
_REST_OF_WORD = re.compile(rf"[{_WORD}]*")
_BEFORE_DIGITS = re.compile(rf"[{_WORD}]{{1,20}}\Z")
_LETTERS = str.maketrans("oOоОοQlLI|iíìsSbBzZ", "0000001111111558822")
_LOOKALIKE = re.compile(r"[0-9oOоОοQlLI|iíìsSbBzZ]+")
_ONLY_LETTERS = re.compile(rf"[oOlLI|]{{2,5}}(?![{_WORD}])")
_ZEROS_AND_DIGITS = frozenset("oO0123456789")
_EDGES = re.compile(r"([^0-9]*)([0-9]+)([^0-9]*)")
_CLEAR = frozenset(["", *" \n\t\r.,:;!?()[]/-+*'\"%$=~"])  # what may stand at digits without belonging to them
# A hundred digits in a row are no telephone number; what is longer is not even looked at.
_LONGEST = 15
_LONGEST_WORD = 60  # of digits and digit words without gaps
_FEWEST_DIGITS = 7  # of a number, those in words and letters left out of account
_FURTHEST = 30  # characters between two digits of one number


def find_pieces(text: str, places: list[tuple[int, int]], cues: Cues) -> list[Piece]:
    """The pieces that may belong to a number, first to last; some may stand inside others. `places` are of digits."""
    words = spelled(cues)
    groups = _neighbours(places)
    if not words:
        groups = [group for group in groups if _may_matter(text, group, cues)]
    if not groups:
        return sorted(words, key=_place)
    pieces = [piece for group in groups for piece in _written(text, group)]
    letters = list(_letters(text, max(0, groups[0][0][0] - _FURTHEST), groups[-1][-1][1] + _FURTHEST))
    if words or letters:
        pieces = sorted([*pieces, *words, *letters], key=_place)
    return pieces


def _place(piece: Piece) -> tuple[int, int]:
    return piece.start, -piece.end


def _neighbours(places: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The places in groups near enough to belong to one number."""
    groups: list[list[tuple[int, int]]] = []
    last = -_FURTHEST - 1
    for place in places:
        if place[0] - last > _FURTHEST:
            groups.append([])
        groups[-1].append(place)
        last = place[1]
    return groups


def _letters(text: str, start: int, end: int) -> Iterator[Piece]:
    """Words of nothing but letters that may be digits."""
    for word in _ONLY_LETTERS.finditer(text, start, end):
        before = text[word.start() - 1 : word.start()]
        if before in _CLEAR or not (before.isalnum() and _REST_OF_WORD.match(before)):
            yield Piece(word[0].translate(_LETTERS), *word.span(), disguised=True, is_letters=True)


def _may_matter(text: str, group: list[tuple[int, int]], cues: Cues) -> bool:
    """Whether a group has digits enough for a number, letters that may be digits, or is a public short number."""
    total = sum([end - start for start, end in group])
    if total >= _FEWEST_DIGITS or any(
        text[start - 1 : start] not in _CLEAR or text[end : end + 1] not in _CLEAR for start, end in group
    ):
        return True
    if total >= 3 and (cues.of("hotline") or cues.of("call")):
        return True
    return any(True for _ in _letters(text, max(0, group[0][0] - _FURTHEST), group[-1][1] + _FURTHEST))


def _written(text: str, group: list[tuple[int, int]]) -> Iterator[Piece]:
    free = 0
    for start, end in group:
        if start < free:
            continue
        if text[start - 1 : start] in _CLEAR and text[end : end + 1] in _CLEAR:
            if end - start <= _LONGEST:
                yield Piece(text[start:end], start, end)
            continue
        if start and text[start - 1].isalnum():
            before = _BEFORE_DIGITS.search(text, max(free, start - 20), start)
            start = before.start() if before else start
        if text[end : end + 1].isalnum():
            rest = _REST_OF_WORD.match(text, end)
            end = rest.end() if rest else end
        free = end
        piece = _piece(text, start, end)
        if piece:
            yield piece


def _piece(text: str, start: int, end: int) -> Piece | None:
    """The digits of one word: plain, with look-alike letters, or with a word run into them."""
    word = text[start:end]
    if "_" in (text[start - 1 : start], text[end : end + 1]) and not _is_underscored_number(text, start, end):
        return None
    if word.isdecimal():
        return Piece(word, start, end) if len(word) <= _LONGEST else None
    if len(word) > _LONGEST_WORD:
        return None
    if len(word) <= _LONGEST and _LOOKALIKE.fullmatch(word):
        digits = word.translate(_LETTERS)
        return Piece(digits, start, end, disguised=True, is_letters=not _is_mostly_digits(word))
    edges = _EDGES.fullmatch(word)
    before, digits, after = edges.groups() if edges else ("", "", "")
    is_number = digits and len(digits) <= _LONGEST and not (after and not _may_run_on(digits, after))
    if is_number and (not before or _is_announcing(text, start, start + len(before))):
        return Piece(digits, start + len(before), start + len(before) + len(digits))
    digits = unglued(word) or ""
    return Piece(digits, start, end, disguised=True) if 0 < len(digits) <= _LONGEST else None


def _may_run_on(digits: str, after: str) -> bool:
    """Whether a word may have run into the end of a number: `081234567890call`."""
    return len(digits) >= 7 and digits[0] == "0" and len(after) >= 2


def _is_underscored_number(text: str, start: int, end: int) -> bool:
    """Whether the underscores around digits stand between digits, as in `0812_3456_7890`, and not in a name."""
    return all(
        not (text[sign : sign + 1] == "_" and text[beyond : beyond + 1].isalpha())
        for sign, beyond in ((start - 1, max(start - 2, 0)), (end, end + 1))
    )


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
