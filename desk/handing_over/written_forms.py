"""Finding held-back values in any text, however they are written there.

Text is squeezed: case, width, digits of other scripts and everything but letters, marks and digits are evened out, so that
`0813-0000 9909`, `+62 813 00009909` and `０８１３００００９９０９` are one. A number is looked for without its country code and
leading zero; a name also with its words run together. All values are looked for at once (Aho and Corasick, 1975).
A value of one or two letters, or one that is a word of our formats, is in every file by chance: it is looked for as a
word of its own, in names and texts only.
"""

from __future__ import annotations

import html
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from urllib.parse import unquote

import ahocorasick_rs
import phonenumbers
import regex

from casefile.search.tokens import digits_in

_LONGEST_GAP = 3  # signs between two letters of one value
_BREAK = "\n"
_SHORT_NUMBER = 9  # digits: a shorter one is looked for as a whole only
SHORTEST_NUMBER = 7
_SHORTEST = 3  # letters: anything shorter is in every text
_LONG_NAME = 8
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]")
_CLUSTER = regex.compile(r"\P{M}\p{M}*|\p{M}+")
_KEPT = regex.compile(r"[\p{L}\p{M}\p{N}]")
_DIVIDES = '"<>{}[]|=\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029'
_SOFT = regex.compile(rf"[^\p{{L}}\p{{M}}\p{{N}}{regex.escape(_DIVIDES)}]+")
# A word, a sign of a script without spaces, or a row of pictures: some people are called so.
_SHORT_WORD = regex.compile(rf"{_UNSPACED.pattern}\p{{M}}*|[\p{{L}}\p{{M}}\p{{N}}]+|[\p{{So}}\p{{Sk}}\uFE0F\u200D]+")
_ESCAPED = regex.compile(r"\\u([0-9a-fA-F]{4})")
_HARD = regex.compile(rf"[{regex.escape(_DIVIDES)}]+")
_HEX = regex.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{64})(?![0-9A-Za-z])"
)


class Sort(StrEnum):
    """What a held-back value is, which decides how it may be written."""

    PHONE = "phone"
    NAME = "name"
    ACCOUNT = "account"
    ADDRESS = "address"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that must not be written anywhere, and what is written instead."""

    sort: Sort
    value: str
    instead: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a held-back value stands in a text (code points)."""

    start: int
    end: int
    secret: Secret


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    whole_left: bool
    whole_right: bool
    joined_by_underscore: bool = False


class Finder:
    """All held-back values, ready to be looked for; `own_words` are those that our formats write, squeezed."""

    def __init__(self, secrets: Iterable[Secret], own_words: Collection[str] = ()) -> None:
        self._ids: dict[str, Secret] = {}
        self._forms: list[tuple[_Form, Secret]] = []
        self._short: dict[str, Secret] = {}
        known: set[str] = set()
        for secret in sorted(secrets, key=lambda secret: (secret.sort, secret.value, secret.instead)):
            if secret.sort is Sort.ID:
                self._ids[secret.value] = secret
            # A short value, or one that is a word of our formats, is in each file by chance.
            single = len(secret.value.split()) == 1
            looked_for = [form for form in forms(secret) if not (single and form.text in own_words)]
            for form in looked_for:
                if form.text not in known:
                    known.add(form.text)
                    self._forms.append((form, secret))
            if not looked_for and secret.sort is not Sort.ID:
                self._short |= dict.fromkeys(words_of(secret.value), secret)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        patterns = [form.text for form, _ in self._forms]
        return ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.Standard)

    def __len__(self) -> int:
        return len(self._forms) + len(self._ids) + len(self._short)

    @property
    def short(self) -> int:
        """How many values are looked for in names and texts only, since whole files hold them by chance."""
        return len(self._short)

    def find(self, text: str) -> list[Found]:
        """Every held-back value in the text, in order, without overlap."""
        found: list[Found] = []
        if self._ids:
            found += [
                Found(match.start(), match.end(), self._ids[match[0]])
                for match in _HEX.finditer(text)
                if match[0] in self._ids
            ]
        if self._forms:
            shown = _HEX.sub(lambda match: _BREAK * len(match[0]), text)
            if self._automaton.find_matches_as_indexes(squeezed(shown)):
                found += self._located(shown)
        return list(_without_overlap(found))

    def find_all(self, text: str) -> list[Found]:
        """As `find`, and those too that are so short that only a word of its own is one."""
        return list(_without_overlap([*self.find(text), *self._short_in(text)]))

    def used_by_many(self, texts: Iterable[tuple[str, str]], many: int) -> set[Secret]:
        """The values that so many different writers use; `texts` are pairs of writer and text."""
        users: dict[Secret, set[str]] = defaultdict(set)
        common: set[Secret] = set()
        for writer, text in texts if self._forms else ():
            matches = self._automaton.find_matches_as_indexes(squeezed(text), overlapping=True)
            if not common.issuperset(self._forms[number][1] for number, _, _ in matches):
                for found in self._located(text):
                    users[found.secret].add(writer)
                    if len(users[found.secret]) == many:
                        common.add(found.secret)
        return common

    def redact(self, text: str) -> str:
        """The text with what stands instead of each held-back value."""
        pieces, end = [], 0
        for one in self.find_all(text):
            pieces += [text[end : one.start], one.secret.instead]
            end = one.end
        redacted = "".join([*pieces, text[end:]])
        # What is hidden in an address's escapes is not taken out but the address as a whole.
        return "" if self.tells(redacted) else redacted

    def tells(self, text: str) -> Secret | None:
        """The first held-back value that the text holds as it stands, or as programs read it that undo its escapes."""
        for reading in _readings(text):
            if found := self.find(reading):
                return found[0].secret
        return None

    def names(self, text: str) -> Secret | None:
        """The first held-back value, be it ever so short, in a name or a text."""
        return self.tells(text) or next((found.secret for found in self._short_in(text)), None)

    def _short_in(self, text: str) -> Iterator[Found]:
        for match in _SHORT_WORD.finditer(text) if self._short else ():
            if secret := self._short.get(_even(match[0])):
                yield Found(match.start(), match.end(), secret)

    def _located(self, text: str) -> Iterator[Found]:
        stream, places = _with_places(text)
        for number, start, end in self._automaton.find_matches_as_indexes(stream, overlapping=True):
            form, secret = self._forms[number]
            first, (_, last) = places[start][0], places[end - 1]
            if _stands_alone(text, first, last, form, stream[start], stream[end - 1]):
                yield Found(first, last, secret)


def _readings(text: str) -> Iterator[str]:
    yield text
    if "\\" in text:
        yield _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\\/", "/")
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote(text)


def forms(secret: Secret) -> Iterator[_Form]:
    """How a value is looked for, squeezed; nothing when it is too short to be told from ordinary words."""
    if secret.sort is Sort.PHONE:
        yield from _phone_forms(secret.value)
    elif secret.sort is not Sort.ID:
        value = secret.value
        if secret.sort is Sort.ADDRESS:
            value = value.partition("://")[2] or value
        text = squeezed(value).replace(_BREAK, "")
        short = len(text) < _SHORTEST and not (len(text) == 2 and _UNSPACED.match(text))
        if not short:
            parts = value.split()
            # A name of several words begins a word; others may be run together with it: ibu_contoh99.
            joined = secret.sort is not Sort.NAME
            whole = joined or len(parts) < 2 or len(text) < _LONG_NAME
            yield _Form(text, True, whole, joined)
            if secret.sort is Sort.NAME and 2 <= len(parts) <= 4:  # family name first, or last
                yield _Form(squeezed("".join(reversed(parts))), True, whole)


def _phone_forms(value: str) -> Iterator[_Form]:
    digits = digits_in(value)
    national = _national(value) or digits
    if len(national) >= _SHORT_NUMBER:
        yield _Form(national, False, True)
    elif len(national) >= SHORTEST_NUMBER:
        for form in dict.fromkeys((digits, national, f"0{national}")):
            yield _Form(form, True, True)
    elif len(digits) >= SHORTEST_NUMBER:
        yield _Form(digits, True, True)


def _national(value: str) -> str | None:
    try:
        number: str = phonenumbers.national_significant_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return None
    return number


def squeezed(text: str) -> str:
    """Letters, marks and digits only, evened out; a line feed where one value cannot go on."""
    if text.isascii():
        return text.lower().translate(_ascii_table())
    even = unicodedata.normalize("NFKC", text.translate(_digit_table())).casefold()
    kept: str = _HARD.sub(_BREAK, _SOFT.sub("", even))
    return kept


def words_of(text: str) -> set[str]:
    """The words of a text, evened out; a row of pictures is one too."""
    return {_even(word) for word in _SHORT_WORD.findall(text)}


def _even(word: str) -> str:
    return squeezed(word) or word


@cache
def _ascii_table() -> dict[int, str | None]:
    return {code: None if chr(code) not in _DIVIDES else _BREAK for code in range(128) if not chr(code).isalnum()}


@cache
def _digit_table() -> dict[int, str]:
    """Digits of all scripts to ours (Unicode's Nd)."""
    table = {}
    for code in range(128, 0x20000):
        if (digit := unicodedata.digit(chr(code), None)) is not None and unicodedata.category(chr(code)) == "Nd":
            table[code] = str(digit)
    return table


def _with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """As `squeezed`, with the place in the text of each character; wide gaps end a value too."""
    stream: list[str] = []
    places: list[tuple[int, int]] = []
    gap = 0
    for match in _CLUSTER.finditer(text):
        even = unicodedata.normalize("NFKC", match[0].translate(_digit_table())).casefold()
        kept = _KEPT.findall(even)
        if kept:
            if gap > _LONGEST_GAP:
                stream.append(_BREAK)
                places.append((match.start(), match.start()))
            gap = 0
            stream += kept
            places += [match.span()] * len(kept)
        else:
            gap += _LONGEST_GAP + 1 if match[0][0] in _DIVIDES else 1
    return "".join(stream), places


def _stands_alone(text: str, start: int, end: int, form: _Form, first: str, last: str) -> bool:
    """Whether a form that must be a word, or a number, of its own is one."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if first.isdigit() and last.isdigit():
        return not (form.whole_left and before.isdigit()) and not (form.whole_right and after.isdigit())
    word = _WORD if form.joined_by_underscore else _KEPT
    left = form.whole_left and not _UNSPACED.match(first) and word.match(before)
    right = form.whole_right and not _UNSPACED.match(last) and word.match(after)
    return not left and not right


def _without_overlap(found: Sequence[Found]) -> Iterator[Found]:
    end = -1
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end
