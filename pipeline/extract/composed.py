"""Warning signs told by words that stand together: `paspor … ditahan`, in any wording (config/signs.yml)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pipeline.extract.denial import Negation, is_denied
from pipeline.phrases import Found, PhraseFinder, together
from pipeline.plain import Plain
from pipeline.tables import read_lists

_REACH = 44  # characters that a sign may span, unless config/signs.yml tells fewer
_CLAUSE_END = re.compile(r"[!?。！？\n;；…，။។]|[.,](?!\d)")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]?\d{3})*(?!\d)")
_AGES = re.compile(
    r"(?<!\d)([1-6]\d)[^\d.,;!?\n]{0,6}?(?:-|–|—|~|/|to|and|sd|sampai|hingga|hanggang|đến|ถึง|到|至|မှ|ដល់|ຫາ|से)[^\d.,;!?\n]{0,4}?([2-7]\d)(?!\d)"
)
_BESIDE = 16  # characters around the words of a clause in which its numbers may stand
_YOUNGEST_WORKER = 18
_WORKING_AGES = range(17, 66)
_LONG_DAY = range(12, 19)
_SHARED = ("en", "und")  # words that any language mixes in
_NEGATION = "-"
_DENYING = frozenset(("none", "needless", "forbidden", "not-tell"))  # groups that deny something themselves

Word = tuple[int, int]
_Found = Found[tuple[str, str]]
Groups = Mapping[str, Sequence[Word]]


class Composed(NamedTuple):
    """A sign at its place in `Plain.text`."""

    start: int
    end: int
    name: str
    denied: bool


class _Pattern(NamedTuple):
    sign: str
    groups: tuple[str, ...]
    denies: bool
    counts: bool  # names a number
    reach: int


def find_composed(plain: Plain) -> tuple[list[Composed], list[Negation]]:
    """The signs of a text, at most one of a sort in a clause, and the negations that were seen on the way."""
    found = _finder().find(plain)
    negations = [
        Negation(word.start, word.end, lang) for word in found for group, lang in word.meanings if group == _NEGATION
    ]
    signs: list[Composed] = []
    if found and any(map(_patterns, _groups_by_language(found).values())):
        ends = [match.start() for match in _CLAUSE_END.finditer(plain.text)]
        for _, words in groupby(found, key=lambda word: bisect_left(ends, word.start)):
            signs += _signs(plain.text, list(words), negations)
    return signs, negations


def _signs(text: str, words: Sequence[_Found], negations: Sequence[Negation]) -> Iterator[Composed]:
    """The signs of one clause."""
    told: set[str] = set()
    for lang, bits in _groups_by_language(words).items():
        patterns = [pattern for pattern in _patterns(bits) if pattern.sign not in told]
        if not patterns:
            continue
        groups = _places(words, lang)
        if any(pattern.counts for pattern in patterns):
            groups |= _numbers(text, words[0].start, words[-1].end)
        for pattern in patterns:
            if pattern.sign not in told and (picked := _nearest(groups, pattern)):
                told.add(pattern.sign)
                start, end = picked[0][0], max(end for _, end in picked)
                yield Composed(start, end, pattern.sign, pattern.denies or _is_denied(text, pattern, picked, negations))


def _groups_by_language(words: Iterable[_Found]) -> dict[str, int]:
    """The groups of some words, as bits, for each language that they may be in, with those that any language borrows."""
    bits: dict[str, int] = {_SHARED[0]: 0}
    for word in words:
        for lang, groups in _bits(word.meanings):
            bits[lang] = bits.get(lang, 0) | groups
    shared = bits[_SHARED[0]] | bits.pop(_SHARED[1], 0)
    return {lang: own | shared for lang, own in bits.items()}


@cache
def _bits(meanings: tuple[tuple[str, str], ...]) -> tuple[tuple[str, int], ...]:
    """The groups of one word as bits, by language."""
    bits: dict[str, int] = defaultdict(int)
    for group, lang in meanings:
        bits[lang] |= _bit(group)
    return tuple(bits.items())


@cache
def _bit(group: str) -> int:
    """One bit for each group of words that a pattern names; none for the others and for numbers."""
    named = sorted({name for pattern in _all_patterns() for name in pattern.groups if not name.startswith("<")})
    return 1 << named.index(group) if group in named else 0


def _places(words: Iterable[_Found], lang: str) -> dict[str, list[Word]]:
    """The words of a clause in one language by what they mean."""
    groups: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        for group in dict.fromkeys(group for group, told in word.meanings if told == lang or told in _SHARED):
            groups[group].append((word.start, word.end))
    return groups


def _is_denied(text: str, pattern: _Pattern, words: Sequence[Word], negations: Sequence[Negation]) -> bool:
    return _DENYING.isdisjoint(pattern.groups) and is_denied(text, words, negations)


def _numbers(text: str, start: int, end: int) -> dict[str, list[Word]]:
    """Numbers that signs ask for, in and beside the words of a clause."""
    found: dict[str, list[Word]] = defaultdict(list)
    for match in _NUMBER.finditer(text, max(0, start - _BESIDE), end + _BESIDE):
        value = int(match[0]) if len(match[0]) < 4 else 0
        found["<some>"].append(match.span())
        if value in _LONG_DAY:
            found["<long>"].append(match.span())
        if value in _WORKING_AGES:
            found["<adult>"].append(match.span())
        if 12 <= value < _YOUNGEST_WORKER:
            found["<young>"].append(match.span())
    if len(found["<some>"]) > 1:
        found["<ages>"] = [
            match.span()
            for match in _AGES.finditer(text, max(0, start - _BESIDE), end + _BESIDE)
            if match[1] < match[2]
        ]
    return {name: places for name, places in found.items() if places}


def _nearest(groups: Groups, pattern: _Pattern) -> list[Word] | None:
    """The closest words, one of each group of a pattern, in order of place; at least two where two are wanted."""
    wanted = pattern.groups
    if not all(group in groups for group in wanted):
        return None
    for anchor in groups[wanted[0]]:
        picked = {anchor}
        picked.update(word for group in wanted[1:] if (word := _closest(groups[group], anchor)))
        reach = max(end for _, end in picked) - min(picked)[0]
        if reach <= pattern.reach and (len(picked) > 1 or len(wanted) == 1):
            return sorted(picked)
    return None


def _closest(places: Sequence[Word], anchor: Word) -> Word:
    i = bisect_right(places, anchor)
    return min(places[max(0, i - 2) : i + 1], key=lambda word: (word == anchor, abs(word[0] - anchor[0])))


@cache
def _patterns(bits: int) -> tuple[_Pattern, ...]:
    """The patterns that these groups of words can fill, with fit numbers."""
    return tuple(pattern for pattern, wanted in _wanted_bits() if bits & wanted == wanted)


@cache
def _wanted_bits() -> tuple[tuple[_Pattern, int], ...]:
    return tuple((pattern, sum(map(_bit, pattern.groups))) for pattern in _all_patterns())


@cache
def _all_patterns() -> tuple[_Pattern, ...]:
    lists = read_lists("signs")
    return tuple(
        _pattern(str(sign), str(groups).split(), part == "denied")
        for part in ("denied", "signs")
        for sign, several in lists[part].items()
        for groups in several
    )


def _pattern(sign: str, groups: list[str], denies: bool) -> _Pattern:
    """Groups of words, and behind them the reach if it is not the usual one."""
    reach = int(groups.pop()) if groups[-1].isdecimal() else _REACH
    return _Pattern(sign, tuple(groups), denies, any(group.startswith("<") for group in groups), reach)


@together
def _finder() -> PhraseFinder[tuple[str, str]]:
    """The words of signs, and the negations, each with its language."""
    words = [
        (word, (str(group), str(lang)))
        for group, by_language in read_lists("signs")["words"].items()
        for lang, listed in by_language.items()
        for word in str(listed).split(", ")
    ]
    denying = [
        (word, (group, str(lang)))
        for lang, listed in read_lists("negations").items()
        for word in str(listed).split(", ")
        for group in (_NEGATION, "none")
    ]
    return PhraseFinder(words + denying)
