"""Whether some digits are a telephone number: what the library, the layout and the words around say together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extract.announcing import Announced, Surroundings
from pipeline.extract.numbering import (
    BARE_MOBILES,
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
from pipeline.extract.pieces import Piece

SHORTEST, LONGEST = 7, 15
_GROUPED = re.compile(r"\+ ?\d{1,3}(?:[., ]000)+|\+ ?\d{1,3}(?:[.,]\d{3})+")  # more likely an amount: `+10.000.000`
_SHORTEST_GUESS = 9  # digits of a number in no known range, plus and calling code included
_CODES = frozenset(map(calling_code, NEIGHBOURS))


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

    @property
    def is_raw(self) -> bool:
        return self.value.startswith("raw:")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Pieces of digits that may be one number; `start` includes a plus or a bracket."""

    pieces: tuple[Piece, ...]
    start: int
    digits: str
    plus: bool
    announced: Announced

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def is_disguised(self) -> bool:
        return any(piece.disguised for piece in self.pieces)

    def found(self, number: Number, confidence: float, candidates: str | None = None) -> Found:
        """The candidate as a number whose country is known."""
        confidence -= 0.1 * self.is_disguised
        return Found(self.start, self.end, number.e164, number.region or None, confidence, candidates)

    def raw(self, confidence: float, candidates: str | None) -> Found:
        """The candidate as a number whose country cannot be told."""
        return Found(self.start, self.end, f"raw:{self.digits}", None, confidence, candidates or None)


class Judge:
    """Judges the candidates of one text, whose likely countries are `regions`."""

    def __init__(self, regions: tuple[str, ...], around: Surroundings) -> None:
        self.regions = regions
        self.around = around
        self.calling_codes = tuple(map(calling_code, regions))
        bare = ("1", "6", "7", "8", "9") if BARE_MOBILES.intersection(regions) else ()
        self.openings = ("0", *self.calling_codes, *bare)  # what a number without a word around begins with

    def judge(self, candidate: Candidate) -> Found | None:
        """The number that a candidate is, if any."""
        digits = candidate.digits
        if self.around.text.startswith("@", candidate.end):
            return None
        if candidate.plus or digits.startswith("00"):
            return self._with_calling_code(candidate)
        if self._has_bracketed_code(candidate):
            number = international(digits)
            if number and number.mobile:
                return candidate.found(number, 0.9)
        strength = candidate.announced.strength
        if strength < 0 or (digits[0] != "0" and self.around.is_money(candidate.start, candidate.end)):
            return None
        strength = max(strength, self.around.behind(candidate.end))
        if strength < 1 and not digits.startswith(self.openings):
            return None
        numbers = [number for region in self.regions if (number := national(digits, region))]
        if numbers:
            groups = tuple(piece.digits for piece in candidate.pieces)
            return self._national(candidate, likeliest_first(numbers, groups), strength)
        likely = len(digits) >= 10 and (strength == 2 or digits.startswith(self.calling_codes))
        number = international(digits) if likely else None
        if number and number.mobile:
            return candidate.found(number, 0.9 if strength == 2 else 0.8)
        return self._unknown(candidate, strength)

    def _has_bracketed_code(self, candidate: Candidate) -> bool:
        """Whether a known calling code stands in brackets before the number: `(84) 912 …`."""
        code, text = candidate.pieces[0], self.around.text
        return (
            code.digits in _CODES and text[code.start - 1 : code.start] == "(" and text[code.end : code.end + 1] == ")"
        )

    def short(self, piece: Piece) -> Found | None:
        """A public short number behind a hotline's word, or known as one and behind a word that tells to call."""
        if not 3 <= len(piece.digits) <= 5 or piece.disguised or self.around.is_money(piece.start, piece.end):
            return None
        cue = self.around.hotline(piece.start)
        if cue is None:
            return None
        region = next((region for region in self.regions if is_short_number(piece.digits, region)), None)
        called = "call" in cue.meanings and piece.start - cue.end <= 2 and (region or piece.digits[0] in "19")
        if "hotline" not in cue.meanings and not called:
            return None
        region = region or next(iter(self.regions), None)
        return Found(piece.start, piece.end, piece.digits, region, 0.7, kind="short code")

    def _with_calling_code(self, candidate: Candidate) -> Found | None:
        digits = candidate.digits.removeprefix("00")
        number = international(digits)
        if number:
            return candidate.found(number, 0.97)
        written = self.around.text[candidate.start : candidate.end]
        believed = candidate.announced.strength >= 1 or (candidate.plus and not _GROUPED.fullmatch(written))
        guess = possible("+" + digits, "ZZ") if believed and len(candidate.digits) >= _SHORTEST_GUESS else None
        return candidate.found(guess, 0.6) if guess else None

    def _national(self, candidate: Candidate, numbers: list[Number], strength: int) -> Found | None:
        """A number that is valid in one or more of the likely countries, the likeliest first."""
        number, digits = numbers[0], candidate.digits
        trunk = trunk_prefix(number.region)
        dialled = bool(trunk) and digits.startswith(trunk)
        if strength < 1 and not _looks_dialled(number, digits, dialled, len(candidate.pieces)):
            return None
        if strength < 2 and not dialled and not number.mobile:
            return None
        confidence = 0.95 if strength == 2 else 0.85 if number.mobile else 0.75
        others = [other for other in numbers[1:] if other.mobile == number.mobile]
        if not others:
            return candidate.found(number, confidence)
        return candidate.found(number, confidence - 0.2, _joined([number, *others]))

    def _is_version(self, candidate: Candidate) -> bool:
        """`2.25.12.34` behind a messenger's name is the app's."""
        written = self.around.text[candidate.start : candidate.end]
        return "." in written and all(len(part) <= 2 for part in written.split("."))

    def _unknown(self, candidate: Candidate, strength: int) -> Found | None:
        """A number of no likely country: kept raw, with what it may be."""
        digits, parts = candidate.digits, len(candidate.pieces)
        candidates = candidates_for(digits)
        plain = parts <= 3 and "." not in self.around.text[candidate.start : candidate.end]
        if digits[0] == "0" and len(digits) >= 9 and candidates and (strength >= 1 or plain):
            return candidate.raw(0.75 if strength == 2 else 0.6, candidates)
        if strength < 2 or candidate.is_disguised:
            return None
        if digits[0] == "0" and 9 <= len(digits) <= 12:
            number = next(filter(None, (possible(digits, region) for region in self.regions)), None)
            if number:
                return candidate.found(number, 0.6)
        american = national(digits, "US") if len(digits) in (10, 11) and not self.regions else None
        if american:
            return candidate.raw(0.6, american.e164)
        if self._is_version(candidate):
            return None
        told = candidate.announced.touching and not candidate.announced.account
        return candidate.raw(0.5, candidates) if told and len(digits) <= 12 and parts <= 4 else None


def likeliest_first(numbers: list[Number], groups: tuple[str, ...]) -> list[Number]:
    """The country whose way of grouping digits this is comes first, then mobiles, then the order of the hints."""
    if len(numbers) == 1:
        return numbers

    def fit(number: Number) -> tuple[bool, bool]:
        return len(groups) > 1 and groups == national_groups(number.e164), number.mobile

    return sorted(numbers, key=fit, reverse=True)


def candidates_for(digits: str) -> str:
    """What a national number would be in each of the countries that it may belong to, with strokes between."""
    return _joined(number for region in NEIGHBOURS if (number := national(digits, region)))


def _joined(numbers: Iterable[Number]) -> str:
    return "|".join(number.e164 for number in numbers)


def _looks_dialled(number: Number, digits: str, dialled: bool, parts: int) -> bool:
    """Whether the digits alone, without a word around, look like a number and nothing else."""
    if dialled:
        return number.mobile or (parts > 1 and len(digits) >= 9)
    bare = number.region in BARE_MOBILES or digits.startswith(calling_code(number.region))
    return bare and number.mobile and len(digits) >= 10
