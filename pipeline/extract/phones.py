"""Telephone numbers in any digits and layout, as E.164 where the country is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from casefile.records import Label, Mention
from pipeline.extract.contact_links import numbers_in_links
from pipeline.extract.cues import find_cues
from pipeline.extract.digits import Piece, Run, find_runs, join_lines, join_words
from pipeline.extract.mentions import make_mention
from pipeline.extract.numbering import (
    BARE_MOBILES,
    CURRENCY_REGIONS,
    LANGUAGE_REGIONS,
    NEIGHBOURS,
    Number,
    calling_code,
    international,
    is_short_number,
    national,
    national_groups,
    possible,
    trunk_prefix,
)
from pipeline.folding import Folded
from pipeline.hints import Hints

_SHORTEST, _LONGEST = 7, 15
_ACCOUNTS_OF_DIGITS = frozenset({"qq", "wechat", "line", "batchat", "facebook", "tiktok", "instagram"})
_SHORTEST_GUESS = 9  # digits of a number in no known range, plus and calling code included
_MOST_STARTS = 40  # in one run: whoever writes more digits than that hides no telephone number
_REACH = 45  # characters that a word may stand before the number it announces
_MOST_PARTS = 5  # a number may be cut in so many parts by words or lines
_SENTENCE_END = re.compile(r"[!?。]|\.\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Announced:
    """How the words around a number speak for it: 2 they announce it, 1 they hint, 0 nothing, -1 against it."""

    strength: int
    touching: bool = False
    account: bool = False  # the word announces an account, which may also be of digits


@dataclass(frozen=True, slots=True)
class Found:
    """A number at its place in folded text."""

    start: int
    end: int
    value: str
    region: str | None
    confidence: float
    candidates: str | None = None
    kind: str | None = None


def phones(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Telephone numbers; the value is E.164, or `raw:` and the digits where the country cannot be told."""
    for found in find_phones(folded.text, hints):
        yield make_mention(
            text,
            folded,
            Label.PHONE,
            (found.start, found.end),
            found.value,
            confidence=found.confidence,
            extractor="phones",
            region=found.region,
            candidates=found.candidates,
            kind=found.kind,
        )


@lru_cache(maxsize=4)
def find_phones(text: str, hints: Hints) -> tuple[Found, ...]:
    """The numbers in folded text, first to last."""
    regions = _regions(text, hints)
    found = [*_linked(text, regions)]
    reader = _RunReader(text, regions)
    runs = find_runs(text)
    found += reader.read(runs)
    return tuple(sorted(found, key=lambda number: number.start))


def _regions(text: str, hints: Hints) -> tuple[str, ...]:
    """The likely countries: those of the hints, then the language's, or where it has none the currencies' named."""
    regions = list(hints.regions)
    if hints.lang in LANGUAGE_REGIONS:
        regions.append(LANGUAGE_REGIONS[hints.lang])
    else:
        currencies = (cue.meanings["currency"] for cue in find_cues(text).of("currency"))
        regions += [CURRENCY_REGIONS[currency] for currency in currencies if currency in CURRENCY_REGIONS]
    return tuple(dict.fromkeys(regions))


def _linked(text: str, regions: tuple[str, ...]) -> Iterator[Found]:
    for contact in numbers_in_links(text):
        digits = "".join(filter(str.isdecimal, contact.name))
        number = international(digits.removeprefix("00")) or _first(national(digits, region) for region in regions)
        start = contact.start - (text[contact.start - 1] == "+")
        if number:
            yield Found(start, contact.end, number.e164, number.region or None, 0.99)
        elif len(digits) >= _SHORTEST:
            yield Found(start, contact.end, f"raw:{digits}", None, 0.7, _candidates(digits) or None)


def _first(numbers: Iterator[Number | None]) -> Number | None:
    return next((number for number in numbers if number), None)


def _candidates(digits: str) -> str:
    """What a national number would be in each of the countries that it may belong to."""
    return "|".join(number.e164 for region in NEIGHBOURS if (number := national(digits, region)))


def _likeliest_first(numbers: list[Number], groups: tuple[str, ...]) -> list[Number]:
    """The country whose way of grouping digits this is comes first, then mobiles, then the order of the hints."""
    if len(numbers) == 1:
        return numbers

    def fit(number: Number) -> tuple[bool, bool]:
        return len(groups) > 1 and groups == national_groups(number.e164), number.mobile

    return sorted(numbers, key=fit, reverse=True)


class _RunReader:
    """Reads the runs of one text; what was read before speaks for what follows it."""

    def __init__(self, text: str, regions: tuple[str, ...]) -> None:
        self.text = text
        self.regions = regions
        self.calling_codes = tuple(map(calling_code, regions))
        self.cues = find_cues(text)
        self.last_end = -100

    def read(self, runs: list[Run]) -> Iterator[Found]:
        i = 0
        while i < len(runs):
            if len(runs[i].pieces) == 1 and len(runs[i].pieces[0].digits) < 3:
                i += 1
                continue
            found = list(self._read_run(runs[i]))
            if all(number.value.startswith("raw:") for number in found):
                joined, used = self._read_joined(runs, i)
                found = joined or found
                i += used
            for number in found:
                self.last_end = number.end
            yield from found
            i += 1

    def _read_joined(self, runs: list[Run], first: int) -> tuple[list[Found], int]:
        """A number that goes on behind a line's end or a word, and how many more runs it took."""
        run, joined_by_word = runs[first], False
        if len(run.digits) < 3 or (run.digits[0] != "0" and not run.plus):
            return [], 0
        for used in range(1, min(_MOST_PARTS, len(runs) - first)):
            following = runs[first + used]
            over_lines = join_lines(self.text, run, following)
            longer = over_lines or join_words(self.text, run, following)
            if not longer or len(longer.digits) > _LONGEST:
                break
            joined_by_word = joined_by_word or over_lines is None
            run = longer
            found = list(self._read_run(run, whole=True))
            if found and not found[0].value.startswith("raw:") and (found[0].confidence >= 0.8 or not joined_by_word):
                lowered = 0.2 if joined_by_word else 0.05
                return [replace(found[0], confidence=found[0].confidence - lowered)], used
        return [], 0

    def _read_run(self, run: Run, whole: bool = False) -> Iterator[Found]:
        """The numbers in one run, left to right; `whole` where only all of it may be one."""
        pieces, i, tries = run.pieces, 0, 0
        while i < len(pieces) and tries < _MOST_STARTS:
            tries += 1
            best = self._longest(run, i, whole)
            if best and best[0].value.startswith("raw:") and i + 1 < best[1] and not whole:
                later = self._longest(run, i + 1, whole)
                best = later if later and not later[0].value.startswith("raw:") else best
            if best:
                found, i = best
                tries = 0
                yield found
            else:
                if whole:
                    return
                i += 1

    def _longest(self, run: Run, first: int, whole: bool) -> tuple[Found, int] | None:
        """The longest number that begins at piece `first`, and the piece behind it."""
        pieces = run.pieces
        if first and pieces[first - 1].digits == "0" and self.text[pieces[first - 1].end] == ".":
            return None  # a decimal fraction
        plus = run.plus and first == 0
        start = run.start if first == 0 else pieces[first].start
        announced = self._announced(start)
        best: tuple[Found, int] | None = None
        digits = ""
        for after in range(first + 1, len(pieces) + 1):
            digits += pieces[after - 1].digits
            if len(digits) > _LONGEST:
                break
            if len(digits) < _SHORTEST or (whole and after < len(pieces)) or self._is_extension(pieces, after - 1):
                continue
            found = self._judge(pieces[first:after], start, digits, plus, announced)
            if found and (not best or found.confidence >= best[0].confidence - 0.1):
                best = found, after
        return best or self._short(pieces, first, announced)

    def _is_extension(self, pieces: tuple[Piece, ...], last: int) -> bool:
        """One or two digits behind a wide gap are a line's number or the next thing in a table."""
        gap = pieces[last].start - pieces[last - 1].end if last else 0
        return len(pieces[last].digits) <= 2 and gap >= 2 and len(pieces[last - 1].digits) > 2

    def _judge(
        self, pieces: tuple[Piece, ...], start: int, digits: str, plus: bool, announced: Announced
    ) -> Found | None:
        """Whether these pieces are a number, by what the library, the layout and the words around say."""
        end = pieces[-1].end
        closing = self._closing_bracket(start, end)
        if self.text[end : end + 1] == "@":
            return None
        disguised = any(piece.disguised for piece in pieces)
        if plus or digits.startswith("00"):
            number = international(digits.removeprefix("00"))
            if number or announced.strength < 1:
                return self._e164(start, end, number, 0.97, disguised) if number else None
            guess = possible("+" + digits.removeprefix("00"), "ZZ") if len(digits) >= _SHORTEST_GUESS else None
            return self._e164(start, end, guess, 0.6, disguised) if guess else None
        strength = max(announced.strength, self._announced_behind(end + closing)) if announced.strength >= 0 else -1
        if strength < 0 or (self._is_money(start, end) and digits[0] != "0"):
            return None
        numbers = [number for region in self.regions if (number := national(digits, region))]
        if numbers:
            groups = tuple(piece.digits for piece in pieces)
            return self._national(
                start, end, digits, _likeliest_first(numbers, groups), strength, disguised, len(pieces)
            )
        likely = len(digits) >= 10 and (strength == 2 or digits.startswith(self.calling_codes))
        number = international(digits) if likely else None
        if number and number.mobile:
            return self._e164(start, end, number, 0.9 if strength == 2 else 0.8, disguised)
        return self._unknown(start, end, digits, strength, announced, len(pieces), disguised)

    def _national(
        self, start: int, end: int, digits: str, numbers: list[Number], strength: int, disguised: bool, parts: int
    ) -> Found | None:
        """A number that is valid in one or more of the likely countries, the likeliest first."""
        number = numbers[0]
        trunk = trunk_prefix(number.region)
        dialled = bool(trunk) and digits.startswith(trunk)
        if strength < 1 and not self._looks_dialled(number, digits, dialled, parts):
            return None
        if strength < 2 and not dialled and not number.mobile:
            return None
        confidence = 0.95 if strength == 2 else 0.85 if number.mobile else 0.75
        others = [other for other in numbers if other is not number and other.mobile == number.mobile]
        candidates = "|".join(other.e164 for other in [number, *others]) if others else None
        return self._e164(start, end, number, confidence - 0.2 * bool(others), disguised, candidates)

    def _looks_dialled(self, number: Number, digits: str, dialled: bool, parts: int) -> bool:
        """Whether the digits alone, without a word around, look like a number and nothing else."""
        if dialled:
            return number.mobile or (parts > 1 and len(digits) >= 9)
        if digits.startswith(calling_code(number.region)):
            return number.mobile and len(digits) >= 10
        return number.mobile and number.region in BARE_MOBILES and len(digits) >= 10

    def _unknown(
        self, start: int, end: int, digits: str, strength: int, announced: Announced, parts: int, disguised: bool
    ) -> Found | None:
        """A number of no likely country: kept raw, with what it may be."""
        candidates = _candidates(digits)
        plain = parts <= 3 and "." not in self.text[start:end]
        if digits[0] == "0" and len(digits) >= 9 and candidates and (strength >= 1 or plain):
            return Found(start, end, f"raw:{digits}", None, 0.75 if strength == 2 else 0.6, candidates)
        if strength < 2 or disguised:
            return None
        if digits[0] == "0" and 9 <= len(digits) <= 12:
            number = _first(possible(digits, region) for region in self.regions)
            if number:
                return self._e164(start, end, number, 0.6, disguised)
        american = national(digits, "US") if len(digits) in (10, 11) and digits[0] != "0" else None
        if american and not self.regions:
            return Found(start, end, f"raw:{digits}", None, 0.6, american.e164)
        if announced.touching and not announced.account and 7 <= len(digits) <= 12 and parts <= 4:
            return Found(start, end, f"raw:{digits}", None, 0.5, candidates or None)
        return None

    def _short(self, pieces: tuple[Piece, ...], first: int, announced: Announced) -> tuple[Found, int] | None:
        """A public short number behind a hotline's word."""
        piece = pieces[first]
        if (
            not 3 <= len(piece.digits) <= 5
            or piece.disguised
            or len(pieces) > 1
            or self._is_money(piece.start, piece.end)
        ):
            return None
        cue = next(iter(self.cues.between(piece.start - 25, piece.start)), None)
        if cue is None or not self._connected(cue.end, piece.start):
            return None
        region = next((region for region in self.regions if is_short_number(piece.digits, region)), None)
        called = cue.value("call") is not None and piece.start - cue.end <= 2 and (region or piece.digits[0] in "19")
        if cue.value("hotline") is None and not called:
            return None
        region = region or (self.regions[0] if self.regions else None)
        return Found(piece.start, piece.end, piece.digits, region, 0.7, kind="short code"), first + 1

    def _announced(self, start: int) -> Announced:
        """What the words before a number say about it."""
        if 0 <= start - self.last_end <= 12 and not re.search(r"[A-Za-z]{4}", self.text[self.last_end : start]):
            return Announced(2, touching=True)
        for cue in self.cues.between(start - _REACH, start):
            if not self._connected(cue.end, start):
                break
            touching = start - cue.end <= 6
            if cue.value("phone") is not None or cue.value("platform") or cue.value("hotline") is not None:
                return Announced(2, touching, account=cue.value("platform") in _ACCOUNTS_OF_DIGITS)
            if cue.value("not_phone") is not None and start - cue.end <= 15:
                return Announced(-1)
            if cue.value("invite") is not None:
                return Announced(1)
        return Announced(0)

    def _connected(self, cue_end: int, start: int) -> bool:
        return not _SENTENCE_END.search(self.text, cue_end, max(cue_end, start - 1))

    def _announced_behind(self, end: int) -> int:
        for cue in self.cues.after(end, end + 5):
            if cue.value("platform") and not re.search(r"[\n/,]", self.text[end : cue.start]):
                return 2
        return 0

    def _closing_bracket(self, start: int, end: int) -> int:
        return int(self.text[end : end + 1] == ")")

    def _is_money(self, start: int, end: int) -> bool:
        """Whether a currency or a multiplier touches the digits."""
        behind = self.cues.at(end) or self.cues.at(end + 1 if self.text[end : end + 1] == " " else end)
        if behind and (behind.value("currency") or behind.value("multiplier")) and behind.value("platform") is None:
            return True
        return any(
            cue.value("currency") and not self.text[cue.end : start].strip(" .:")
            for cue in self.cues.between(start - 8, start)
        )

    def _e164(
        self, start: int, end: int, number: Number, confidence: float, disguised: bool, candidates: str | None = None
    ) -> Found:
        return Found(start, end, number.e164, number.region or None, confidence - 0.1 * disguised, candidates)
