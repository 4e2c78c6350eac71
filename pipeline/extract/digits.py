"""Digits as writers hide them: letters for digits, digits as words, split by signs, on two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.extract.cues import find_cues
from pipeline.extract.digit_words import find_pieces
from pipeline.extract.emails import find_emails
from pipeline.extract.links import find_links
from pipeline.extract.numerals import repeats, spelled_between
from pipeline.extract.pieces import Piece, Run, joined

_DIGITS = re.compile(r"\d+")
_LOOKALIKE_ONES = "lLI|i"
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
    return [(start, end) for start, end in _places(text)[1] if not _MONEY.fullmatch(text, start, end)]


@lru_cache(maxsize=4)
def _places(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where digits stand that may belong to a number, and where dates, times, coordinates and grouped prices do."""
    digits: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    free = 0
    for found in _DIGITS.finditer(text):
        start, end = place = found.span()
        if start < free:
            continue
        other = _NOT_NUMBERS.match(text, start) if text[end : end + 1] in _GOES_ON else None
        if other and not _is_inside_number(text, start):
            free = other.end()
            others.append(other.span())
        else:
            digits.append(place)
    return digits, others


_GOES_ON = frozenset(".,:-/ ")  # what stands behind the first digits of all those
_MONEY = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def _is_inside_number(text: str, start: int) -> bool:
    """Whether the digits go on behind a dot (`1.500.000`), behind a look-alike letter (`o9l2.345.676`) or a plus."""
    before = text[start - 1 : start]
    if before == "+":
        return True
    return start >= 2 and before in (".", ",", *_LOOKALIKE_ONES) and text[start - 2].isdecimal()


# What may stand inside one number. Signs of money, times and lists may not.
_WEAK_GAP = re.compile(r"(?![^\d]{0,3}(?:\*\*|••|●●|××))[^\w\n:;=%$€£฿₱₫₹¥#@+/,|&<>\"“”、，]{0,4}")
_LONGEST_REMARK = 24
_REMARK = re.compile(r"[^\d\n*•●×:;%$€£฿₱₫₹¥@+/,|&]{1,24}")
_LINE_GAP = re.compile(r"[ \t\-.…]{0,4}\r?\n[ \t\-.…]{0,4}")
_SIGN_GAP = re.compile(r"(?!.?(?:\*\*|••|●●|××))[^\w\n%$€£฿₱₫₹¥@]{1,5}|_{1,3}")
_COMMA_GAP = re.compile(r" ?[,，、] ?")
_WIDEST_GAP = 10
_PLAIN_GAPS = frozenset(("", " ", "-", ".", " - "))
_UPRIGHT_GAP = re.compile(r"[ \t]{0,4}\r?\n[ \t]{0,4}")
_BEFORE_RUN = re.compile(r"(?:\( ?)?\+ ?\(?\Z|\(\Z")


def find_runs(text: str) -> list[Run]:
    """The runs of digits in folded text, first to last."""
    plus = {cue.end + gap: cue.start for cue in find_cues(text).of("plus") for gap in (0, 1)}
    return [_run(text, group, plus) for group in filter(None, _groups(text))]


def without_words(text: str, run: Run) -> list[Run]:
    """What is left of a loose run when its words are words of the sentence: they end a run instead of joining it."""
    groups: list[list[Piece]] = [[]]
    for piece in run.pieces:
        if piece.is_word:
            groups.append([])
        else:
            groups[-1].append(piece)
    return [_run(text, group, {}) for group in groups if group]


def _groups(text: str) -> Iterator[list[Piece]]:
    """Pieces with only weak gaps between them, or single digits that stand one below the other."""
    group: list[Piece] = []
    for piece in _pieces(text):
        if group and not _is_one_number(text, group[-1], piece):
            yield _without_outer_letters(text, group)
            group = []
        group.append(piece)
    yield _without_outer_letters(text, group)


def _is_one_number(text: str, left: Piece, right: Piece) -> bool:
    if right.start - left.end > _WIDEST_GAP:
        return False
    if text[left.end : right.start] in _PLAIN_GAPS or _WEAK_GAP.fullmatch(text, left.end, right.start):
        return True
    if left.is_word and right.is_word and _COMMA_GAP.fullmatch(text, left.end, right.start):
        return True
    is_upright = len(left.digits) == len(right.digits) == 1
    return is_upright and _UPRIGHT_GAP.fullmatch(text, left.end, right.start) is not None


def _without_outer_letters(text: str, group: list[Piece]) -> list[Piece]:
    """Letters that may be digits are none at the edges, but for a zero in front: `Ol2 345 6789`."""
    if not any(piece.is_letters for piece in group):
        return group
    inner = [i for i, piece in enumerate(group) if not piece.is_letters]
    if not inner:
        return []
    first = inner[0]
    if first and group[first - 1].digits[0] == "0" and _has_digit(text, group[first - 1]):
        first -= 1
    last = inner[-1]
    if group[first].digits[0] == "0":
        last = max((i for i in range(last, len(group)) if _has_digit(text, group[i])), default=last)
    return group[first : last + 1]


def _has_digit(text: str, piece: Piece) -> bool:
    return any(map(str.isdecimal, text[piece.start : piece.end]))


def join_lines(text: str, first: Run, second: Run) -> Run | None:
    """Two runs as one where only a line's end stands between them."""
    if second.plus or not _LINE_GAP.fullmatch(text, first.end, second.start):
        return None
    return first.with_pieces(second.pieces)


def join_signs(text: str, first: Run, second: Run, sign: str | None) -> Run | None:
    """Two runs as one where a sign stands between them, the same as before: `0812/3456/7890`."""
    gap = text[first.end : second.pieces[0].start]
    if (second.plus and "+" not in (sign or gap)) or (sign is not None and gap != sign) or not _SIGN_GAP.fullmatch(gap):
        return None
    return first.with_pieces(second.pieces)


def join_words(text: str, first: Run, second: Run) -> Run | None:
    """Two runs as one where a short word or remark stands between them: `0812 (no space) 3456`."""
    if (
        second.plus
        or second.start - first.end > _LONGEST_REMARK
        or not _REMARK.fullmatch(text, first.end, second.start)
    ):
        return None
    between = spelled_between(text, first.end, second.start)
    return first.with_pieces((*between, *second.pieces))


def _run(text: str, group: list[Piece], plus_words: dict[int, int]) -> Run:
    """The pieces as one run, with the plus and the bracket before them."""
    start = group[0].start
    words = sum([piece.is_word for piece in group])
    digits = joined(group)
    loose = 0 < words < _FEWEST_WORDS
    if start in plus_words:
        return Run(tuple(group), digits, True, plus_words[start], loose)
    before = text[max(0, start - 4) : start]
    opens = _BEFORE_RUN.search(before) if "+" in before or before.endswith("(") else None
    sign = opens[0] if opens else ""
    if "(" in sign and ")" not in text[start : group[-1].end]:
        sign = sign[sign.find("+") :] if "+" in sign else ""
        sign = sign.removesuffix("(") if ")" not in text[start : group[-1].end + 1] else sign
    return Run(tuple(group), digits, "+" in sign, start - len(sign), loose)


def _pieces(text: str) -> Iterator[Piece]:
    """All pieces outside of links, addresses, dates, times, prices and coordinates, first to last."""
    cues = find_cues(text)
    digits, others = _places(text)
    addresses = [(link.start, link.end) for link in find_links(text)]
    addresses += [(email.start, email.end) for email in find_emails(text)]
    pieces = find_pieces(text, _outside(digits, sorted(addresses)), cues)
    if not pieces:
        return
    taken = sorted(addresses + others)
    counts = repeats(cues)
    index = free = 0
    for piece in pieces:
        while index < len(taken) and taken[index][1] <= piece.start:
            index += 1
        if piece.start >= free and (index == len(taken) or taken[index][0] >= piece.end):
            free = piece.end
            yield _repeated(piece, *counts[piece.start]) if piece.start in counts else piece


def _outside(places: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places that do not begin inside what is taken."""
    if not taken:
        return places
    found, index = [], 0
    for place in places:
        while index < len(taken) and taken[index][1] <= place[0]:
            index += 1
        if index == len(taken) or place[0] < taken[index][0]:
            found.append(place)
    return found


def _repeated(piece: Piece, count: int, start: int) -> Piece:
    """`double eight` as 88."""
    if len(piece.digits) > 1:
        return piece
    return piece._replace(digits=piece.digits * count, start=start, disguised=True)
