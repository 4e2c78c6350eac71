"""Telephone numbers in any digits and layout, as E.164 where the country is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.records import Label, Mention
from pipeline.extract.contact_links import numbers_in_links
from pipeline.extract.cues import find_cues
from pipeline.extract.digits import Piece, Run, find_runs, join_lines
from pipeline.extract.mentions import make_mention
from pipeline.extract.numbering import (
    LANGUAGE_REGIONS,
    NEIGHBOURS,
    Number,
    international,
    is_short_number,
    national,
    possible,
    trunk_prefix,
)
from pipeline.folding import Folded
from pipeline.hints import Hints

_SHORTEST, _LONGEST = 7, 15
_MOST_STARTS = 40  # in one run: whoever writes more digits than that hides no telephone number
_REACH = 45  # characters that a word may stand before the number it announces
_SENTENCE_END = re.compile(r"[!?。]|\.\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Announced:
    """How the words around a number speak for it: 2 they announce it, 1 they hint, 0 nothing, -1 against it."""

    strength: int
    touching: bool = False


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


def find_phones(text: str, hints: Hints) -> list[Found]:
    """The numbers in folded text, first to last."""
    regions = hints.regions or ((LANGUAGE_REGIONS[hints.lang],) if hints.lang in LANGUAGE_REGIONS else ())
    found = [*_linked(text, regions)]
    reader = _RunReader(text, regions)
    runs = find_runs(text)
    found += reader.read(runs)
    return sorted(found, key=lambda number: number.start)


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


class _RunReader:
    """Reads the runs of one text; what was read before speaks for what follows it."""

    def __init__(self, text: str, regions: tuple[str, ...]) -> None:
        self.text = text
        self.regions = regions
        self.cues = find_cues(text)
        self.last_end = -100

    def read(self, runs: list[Run]) -> Iterator[Found]:
        i = 0
        while i < len(runs):
            found = list(self._read_run(runs[i]))
            if not found and i + 1 < len(runs):
                joined = join_lines(self.text, runs[i], runs[i + 1])
                found = list(self._read_run(joined, whole=True)) if joined else []
                i += bool(found)
            yield from found
            i += 1

    def _read_run(self, run: Run, whole: bool = False) -> Iterator[Found]:
        """The numbers in one run, left to right; `whole` where only all of it may be one."""
        pieces, i, tries = run.pieces, 0, 0
        while i < len(pieces) and tries < _MOST_STARTS:
            tries += 1
            best = self._longest(run, i, whole)
            if best:
                found, i = best
                self.last_end = found.end
                tries = 0
                yield found
            else:
                if whole:
                    return
                i += 1

    def _longest(self, run: Run, first: int, whole: bool) -> tuple[Found, int] | None:
        """The longest number that begins at piece `first`, and the piece behind it."""
        pieces = run.pieces
        plus = run.plus and first == 0
        start = run.start if first == 0 else pieces[first].start
        announced = self._announced(start)
        best: tuple[Found, int] | None = None
        digits = ""
        for after in range(first + 1, len(pieces) + 1):
            digits += pieces[after - 1].digits
            if len(digits) > _LONGEST:
                break
            if len(digits) < _SHORTEST or (whole and after < len(pieces)):
                continue
            found = self._judge(pieces[first:after], start, digits, plus, announced)
            if found and (not best or found.confidence >= best[0].confidence - 0.1):
                best = found, after
        return best or self._short(pieces, first, announced)

    def _judge(
        self, pieces: tuple[Piece, ...], start: int, digits: str, plus: bool, announced: Announced
    ) -> Found | None:
        """Whether these pieces are a number, by what the library, the layout and the words around say."""
        end = pieces[-1].end
        closing = self._closing_bracket(start, end)
        disguised = any(piece.disguised for piece in pieces)
        if plus or digits.startswith("00"):
            number = international(digits.removeprefix("00"))
            return self._e164(start, end, number, 0.97, disguised) if number and announced.strength > -2 else None
        strength = max(announced.strength, self._announced_behind(end + closing)) if announced.strength >= 0 else -1
        if strength < 0 or (self._is_money(start, end) and digits[0] != "0"):
            return None
        numbers = [number for region in self.regions if (number := national(digits, region))]
        if numbers:
            return self._national(start, end, digits, numbers, strength, len(pieces), disguised)
        number = international(digits)
        if number and number.mobile and len(digits) >= 10 and (strength == 2 or number.region in self.regions):
            return self._e164(start, end, number, 0.9 if strength == 2 else 0.8, disguised)
        return self._unknown(start, end, digits, strength, announced, len(pieces), disguised)

    def _national(
        self, start: int, end: int, digits: str, numbers: list[Number], strength: int, parts: int, disguised: bool
    ) -> Found | None:
        """A number that is valid in one or more of the likely countries: the likeliest, mobiles first."""
        number = next((number for number in numbers if number.mobile), numbers[0])
        trunk = trunk_prefix(number.region)
        dialled = bool(trunk) and digits.startswith(trunk)
        own_shape = dialled and parts > 1 and len(digits) >= 9
        own_shape = own_shape or (number.mobile and (dialled or len(digits) >= 10))
        if strength < 1 and not own_shape:
            return None
        if strength < 2 and not dialled and not number.mobile:
            return None
        confidence = 0.95 if strength == 2 else 0.85 if number.mobile else 0.75
        others = [other for other in numbers if other is not number and other.mobile == number.mobile]
        candidates = "|".join(other.e164 for other in [number, *others]) if others else None
        return self._e164(start, end, number, confidence - 0.2 * bool(others), disguised, candidates)

    def _unknown(
        self, start: int, end: int, digits: str, strength: int, announced: Announced, parts: int, disguised: bool
    ) -> Found | None:
        """A number of no likely country: kept raw, with what it may be."""
        candidates = _candidates(digits)
        if digits[0] == "0" and len(digits) >= 9 and candidates and (strength >= 1 or parts <= 4):
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
        if announced.touching and (7 <= len(digits) <= 12) and parts <= 4:
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
        if cue.value("hotline") is None and not (region and announced.touching):
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
                return Announced(2, touching)
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
