"""Digits as writers hide them: letters for digits, digits as words, split by signs, on two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.extract.cues import find_cues, is_latin
from pipeline.extract.emails import find_emails
from pipeline.extract.links import find_links
from pipeline.extract.numerals import repeats, spelled, spelled_between, unglued
from pipeline.extract.pieces import Piece, Run

_WORD = "0-9A-Za-zÀ-ɏḀ-ỿА-яο"
_REST_OF_WORD = re.compile(rf"[{_WORD}]*")
_BEFORE_DIGITS = re.compile(rf"[{_WORD}]{{1,20}}\Z")
_DIGITS = re.compile(r"\d+")
_LETTERS = str.maketrans("oOоОοQlI|iíìsSbBzZ", "000000111111558822")
_LOOKALIKE = re.compile(r"[0-9oOоОοQlI|iíìsSbBzZ]+")
_LOOKALIKE_ONES = "lI|i"
_ONLY_LETTERS = re.compile(rf"(?<![{_WORD}])[oOlI|]{{2,5}}(?![{_WORD}])")
_ZEROS_AND_DIGITS = frozenset("oO0123456789")
_EDGES = re.compile(r"([^0-9]*)([0-9]+)([^0-9]*)")
# A hundred digits in a row are no telephone number; what is longer is not even looked at.
_LONGEST = 15
_LONGEST_WORD = 60  # of digits and digit words without gaps
_FEWEST_WORDS = 3
_FEWEST_LOOSE, _MOST_LOOSE = 8, 15  # digits of a run in which one or two are words

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
        if match and not _is_inside_number(text, start):
            free = match.end()
            found.append(match.span())
    return tuple(found)


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
    if _WEAK_GAP.fullmatch(text, left.end, right.start):
        return True
    if left.is_word and right.is_word and _COMMA_GAP.fullmatch(text, left.end, right.start):
        return True
    is_upright = len(left.digits) == len(right.digits) == 1
    return is_upright and _UPRIGHT_GAP.fullmatch(text, left.end, right.start) is not None


def _without_outer_letters(text: str, group: list[Piece]) -> list[Piece]:
    """Letters that may be digits are none at the edges, but for a zero in front: `Ol2 345 6789`."""
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
    return replace(first, pieces=first.pieces + second.pieces)


def join_signs(text: str, first: Run, second: Run, sign: str | None) -> Run | None:
    """Two runs as one where a sign stands between them, the same as before: `0812/3456/7890`."""
    gap = text[first.end : second.pieces[0].start]
    if (second.plus and "+" not in (sign or gap)) or (sign is not None and gap != sign) or not _SIGN_GAP.fullmatch(gap):
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
    between = spelled_between(text, first.end, second.start)
    return replace(first, pieces=(*first.pieces, *between, *second.pieces))


def _run(text: str, group: list[Piece], plus_words: dict[int, int]) -> Run:
    """The pieces as one run, with the plus and the bracket before them."""
    start = group[0].start
    words = sum(piece.is_word for piece in group)
    loose = 0 < words < _FEWEST_WORDS
    if start in plus_words:
        return Run(tuple(group), True, plus_words[start], loose)
    before = _BEFORE_RUN.search(text, max(0, start - 4), start)
    sign = before[0] if before else ""
    if "(" in sign and ")" not in text[start : group[-1].end]:
        sign = sign[sign.find("+") :] if "+" in sign else ""
        sign = sign.removesuffix("(") if ")" not in text[start : group[-1].end + 1] else sign
    return Run(tuple(group), "+" in sign, start - len(sign), loose)


def _pieces(text: str) -> Iterator[Piece]:
    """All pieces outside of links, addresses, dates, times, prices and coordinates, first to last."""
    pieces = sorted(_all_pieces(text), key=lambda piece: (piece.start, -piece.end))
    if not pieces:
        return
    taken = sorted(
        [(link.start, link.end) for link in find_links(text)]
        + [(email.start, email.end) for email in find_emails(text)]
        + list(_not_phones(text))
    )
    counts = repeats(find_cues(text))
    index = free = 0
    for piece in pieces:
        while index < len(taken) and taken[index][1] <= piece.start:
            index += 1
        if piece.start >= free and (index == len(taken) or taken[index][0] >= piece.end):
            free = piece.end
            yield _repeated(piece, *counts[piece.start]) if piece.start in counts else piece


def _repeated(piece: Piece, count: int, start: int) -> Piece:
    """`double eight` as 88."""
    if len(piece.digits) > 1:
        return piece
    return replace(piece, digits=piece.digits * count, start=start, disguised=True)


def _all_pieces(text: str) -> Iterator[Piece]:
    free = 0
    for digits in _DIGITS.finditer(text):
        start, end = digits.span()
        if start < free:
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
    for letters in _ONLY_LETTERS.finditer(text) if free else ():
        yield Piece(letters[0].translate(_LETTERS), *letters.span(), disguised=True, is_letters=True)
    yield from spelled(find_cues(text))


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
