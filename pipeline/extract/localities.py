"""Small places (LOC) that no gazetteer lists, told by the words around: Kampung, Sangkat, Quận, ตำบล, "Street"."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.place_spans import plain_offset
from pipeline.gazetteer import without_accents
from pipeline.hints import Hints
from pipeline.homes import home_countries
from pipeline.phrases import PhraseFinder, together
from pipeline.plain import Plain
from pipeline.tables import read_lists

_TOLD = 0.75  # by a word for village, district or street
_LED_TO = 0.6  # by nothing but a preposition and the known place behind
_LONGEST = 4  # words of a name
_REACH = 60  # characters that such a name can have
_LONGEST_RUN = 25  # letters of a name in a script without spaces
_SAME_WORD_IN = {("MY", "id"): "ID", ("ID", "ms"): "MY"}  # Indonesian and Malay share these words

_NEXT_WORD = re.compile(r"(?:\. ?| )([^\W_]+(?:['’/-][^\W_]+)*)")
_LAST_WORD = re.compile(r"([^\W_]+(?:['’-][^\W_]+)*) ?$")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,4}[a-z]?|[ivx]{1,4}")
_NUMBER_BEHIND = re.compile(r" ?\d{1,3}\b")


class _Sign(NamedTuple):
    """A word that tells a small place: where its name stands, and in which country it is used ("" for any)."""

    side: str
    country: str


class _Span(NamedTuple):
    """A small place in offsets of `Plain.text`."""

    start: int
    end: int
    country: str
    confidence: float


def localities(plain: Plain, hints: Hints, known: Sequence[Mention] = ()) -> Iterator[Mention]:
    """Every place told by the words around it; `known` are the places of the gazetteer in the same text."""
    reader = _Localities(plain, hints, known)
    for span in (*reader.told(), *reader.led_to()):
        yield _mention(plain, span, hints)
    yield from _whole_text(plain, known)


def _whole_text(plain: Plain, known: Sequence[Mention]) -> Iterator[Mention]:
    """A text that is nothing but a town and its region, as titles and profiles give it, is one name: "Talisay, Cebu"."""
    if len(known) != 2:
        return
    town, region = known
    text, together = plain.original, town.attributes["country"] == region.attributes["country"]
    if together and (town.start, region.end) == (0, len(text)) and text[town.end : region.start] == ", ":
        yield replace(town, end=len(text), surface=text, confidence=max(town.confidence, _TOLD))


class _Localities:
    """The small places of one text."""

    def __init__(self, plain: Plain, hints: Hints, known: Sequence[Mention]) -> None:
        self._plain = plain
        self._known = {plain_offset(plain, mention.start): mention for mention in known}
        self._starts = sorted(self._known)
        self._country = _country_around(hints, known)

    def told(self) -> Iterator[_Span]:
        """Names beside a word for village, quarter, street or building."""
        for start, end, signs in _finder().find(self._plain):
            sign = signs[0]
            first, last = start, end
            if sign.side == "before":
                last = self._end_of_words(end)
            elif sign.side == "behind":
                first = self._start_of_words(start)
            elif sign.side == "run_before":
                last = self._end_of_run(start, end)
            else:
                first = self._start_of_run(start)
            if (first, last) != (start, end) and (country := sign.country or self._country):
                yield _Span(first, last, country, _TOLD)

    def led_to(self) -> Iterator[_Span]:
        """Names between a preposition or a numbered street and a known place: "di Legok, Kab. Tangerang"."""
        text = self._plain.text
        for at in self._known:
            if not text.startswith(", ", at - 2) or not self._is_capital(at):
                continue
            end = at - 2
            start = self._start_of_words(end)
            if start < end and self._is_led_to(start):
                yield _Span(start, end, str(self._known[at].attributes["country"]), _LED_TO)

    def _is_led_to(self, start: int) -> bool:
        """Whether a preposition, or a piece of an address with a number, stands before `start`."""
        before = self._plain.text[max(0, start - _REACH) : start]
        if before.endswith(", "):
            piece = re.split(r"[,;\n]", before[:-2])[-1]
            return _DIGIT.search(piece) is not None
        word = _LAST_WORD.search(before)
        return word is not None and before.endswith(" ") and word[1] in _leading()

    def _is_known(self, start: int, end: int) -> bool:
        i = bisect_left(self._starts, end) - 1  # the last known place that begins before the end
        return i >= 0 and self._starts[i] + len(self._known[self._starts[i]].surface) > start

    def _is_capital(self, at: int) -> bool:
        first, _ = self._plain.folded_span(at, at + 1)
        return self._plain.folded.text[first].isupper()

    def _is_part(self, at: int, word: str) -> bool:
        """Whether a word goes on a name: capitalised or a small number, and not a heading."""
        if word in _not_names():
            return False
        return self._is_capital(at) or _NUMBER.fullmatch(word) is not None

    def _end_of_words(self, end: int) -> int:
        """Where the capitalised words behind a sign end; `end` if there are none."""
        last, text = end, self._plain.text
        for count in range(_LONGEST):
            match = _NEXT_WORD.match(text, last)
            if (
                match is None
                or (count and match.group().startswith("."))
                or not self._is_part(match.start(1), match[1])
            ):
                break
            if count and (match[1] in _first_words() or (match.start(1) in self._known and self._is_shouted(match))):
                break
            last = match.end(1)
        return last

    def _is_shouted(self, word: re.Match[str]) -> bool:
        return self._plain.cased(*word.span(1)).isupper()

    def _start_of_words(self, end: int) -> int:
        """Where the capitalised words that end at `end` begin; `end` if there are none."""
        first, text = end, self._plain.text
        for _ in range(_LONGEST):
            head = text[max(0, first - _REACH) : first]
            word = _LAST_WORD.search(head)
            if word is None or not self._is_part(at := first - len(word.group()), word[1]):
                break
            first = at
        return end if self._is_known(first, end) else first

    def _end_of_run(self, start: int, end: int) -> int:
        """Where the run of letters behind a sign ends, with a number behind it; `end` if it is none or too long."""
        text, shape = self._plain.text, self._plain.shape
        if start and shape[start - 1] != " ":
            return end
        last = end + (text.startswith(" ", end) and text[end - 1] == ".")
        first = last
        while last < len(shape) and last - first <= _LONGEST_RUN and shape[last] in "umlvk":
            last += 1
        if not 3 <= last - first <= _LONGEST_RUN or text.startswith(_not_runs(), first):
            return end
        number = _NUMBER_BEHIND.match(text, last)
        return number.end() if number else last

    def _start_of_run(self, start: int) -> int:
        """Where the run of letters before a sign begins, behind its last particle; `start` if it is none or too long."""
        first, shape = start, self._plain.shape
        while first and start - first <= _LONGEST_RUN and shape[first - 1] in "umlvk":
            first -= 1
        for match in _breaks().finditer(self._plain.text, first, start):
            if _closes(self._plain.edged_shape, match.end()):
                first = match.end()
        return first if 3 <= start - first <= _LONGEST_RUN else start


def _closes(edged_shape: str, end: int) -> bool:
    """Whether a syllable ends at `end` of a text: no sign hangs on it, and the next letter does not close it."""
    return edged_shape[end + 1] not in "mvk" and edged_shape[end + 1 : end + 3] != "uk"


def _country_around(hints: Hints, known: Sequence[Mention]) -> str:
    """Where a street or a building is when no word tells: where the known places are, or at home."""
    countries = [str(mention.attributes["country"]) for mention in known]
    home = [*hints.regions[:1], *home_countries(hints.lang)]
    return Counter(countries).most_common(1)[0][0] if countries else home[0] if home else ""


def _mention(plain: Plain, span: _Span, hints: Hints) -> Mention:
    country = _SAME_WORD_IN.get((span.country, hints.lang), span.country)
    name = " ".join(plain.cased(span.start, span.end).split())
    return make_mention(
        plain.original,
        plain.folded,
        Label.LOC,
        plain.folded_span(span.start, span.end),
        f"{country}/{_slug(name)}",
        confidence=span.confidence,
        extractor="localities",
        country=country,
        name=name,
        kind="locality",
    )


def _slug(name: str) -> str:
    """Letters, signs that hang on them and digits of a name, in small letters, parted by hyphens."""
    spaced = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in without_accents(name).lower())
    return "-".join(spaced.split()) or "unnamed"


@cache
def _lists() -> Mapping[str, Any]:
    return read_lists("localities")


@together
def _finder() -> PhraseFinder[_Sign]:
    lists = _lists()
    signs = [(str(word), _Sign("behind", "")) for word in lists["behind"]]
    signs += [(str(word), _Sign("before", code)) for code, words in lists.items() if len(code) == 2 for word in words]
    for side in ("run_before", "run_behind"):
        signs += [(str(word), _Sign(side, code)) for code, words in lists[side].items() for word in words]
    return PhraseFinder(signs)


@cache
def _first_words() -> frozenset[str]:
    """The words that begin another name."""
    return frozenset(
        str(word).lower().rstrip(".") for code, words in _lists().items() if len(code) == 2 for word in words
    )


@cache
def _leading() -> frozenset[str]:
    return frozenset(map(str, _lists()["leads_to_a_name"]))


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _lists()["run_breaks"]), key=len, reverse=True)))


@cache
def _not_runs() -> tuple[str, ...]:
    return tuple(map(str, _lists()["run_not_names"]))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(str(_lists()["not_names"]).split())
