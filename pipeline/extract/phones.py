"""Telephone numbers in any digits and layout, as E.164 where the country is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from casefile.records import Label, Mention
from pipeline.extract.announcing import Announced, Surroundings
from pipeline.extract.contact_links import numbers_in_links
from pipeline.extract.cues import find_cues
from pipeline.extract.digits import find_runs, join_lines, join_signs, join_words, without_words
from pipeline.extract.judging import LONGEST, SHORTEST, Candidate, Found, Judge, candidates_for
from pipeline.extract.mentions import make_mention
from pipeline.extract.numbering import CURRENCY_REGIONS, LANGUAGE_REGIONS, international, national
from pipeline.extract.pieces import Piece, Run
from pipeline.folding import Folded
from pipeline.hints import Hints

_MOST_STARTS = 40  # in one run: whoever writes more digits than that hides no telephone number
_MOST_PARTS = 16  # a number may be cut in so many parts by a sign
_MOST_GAPS = 5  # or by words and ends of lines
_FEWEST_DIGITS = 3
_HOMES = {"zalo": ("VN",)}  # a messenger of one country: who is elsewhere writes his calling code


def phones(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Telephone numbers; the value is E.164, or `raw:` and the digits where the country cannot be told.

    Attributes: region (ISO 3166), candidates (E.164 with strokes between, where more than one country fits), and
    kind `short code` for a public short number, whose value is its bare digits.
    """
    for found in find_phones(folded.text, hints):
        yield make_mention(
            text,
            folded,
            Label.PHONE,
            (found.start, _closed(folded.text, found.start, found.end)),
            found.value,
            confidence=found.confidence,
            extractor="phones",
            region=found.region,
            candidates=found.candidates,
            kind=found.kind,
        )


def _closed(text: str, start: int, end: int) -> int:
    """The end of a number with the bracket that was opened inside it: `(0)(9)(1)`."""
    return end + (text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end))


@lru_cache(maxsize=4)
def find_phones(text: str, hints: Hints) -> tuple[Found, ...]:
    """The numbers in folded text, first to last."""
    regions = _regions(text, hints)
    found = [*_linked(text, regions), *_Reader(text, regions).read(find_runs(text))]
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
    """The numbers inside links, where they stand with their calling code, or now and then without."""
    for contact in numbers_in_links(text):
        digits = "".join(filter(str.isdecimal, contact.name))
        homes = _HOMES.get(contact.platform, ())
        tries = (international(digits.removeprefix("00")), *(national(digits, region) for region in (*homes, *regions)))
        number = next(filter(None, tries), None)
        start = contact.start - (text[contact.start - 1] == "+")
        if number:
            yield Found(start, contact.end, number.e164, number.region or None, 0.99)
        elif len(digits) >= SHORTEST:
            yield Found(start, contact.end, f"raw:{digits}", None, 0.7, candidates_for(digits) or None)


class _Reader:
    """Reads the runs of digits of one text; a number that was read speaks for the one behind it."""

    def __init__(self, text: str, regions: tuple[str, ...]) -> None:
        self.text = text
        self.around = Surroundings(text)
        self.judge = Judge(regions, self.around)
        self.last_end = -100
        self.signs_read_to = 0

    def read(self, runs: list[Run]) -> Iterator[Found]:
        """The numbers in the runs, first to last."""
        runs = [part for run in runs for part in self._parts(run)]
        i = 0
        while i < len(runs):
            if len(runs[i].pieces) > 1 or len(runs[i].digits) >= _FEWEST_DIGITS or self._may_be_joined(runs[i]):
                found = list(self._read_run(runs[i]))
                if all(number.is_raw or number.kind for number in found):
                    joined, used = self._read_joined(runs, i)
                    found = joined or found
                    i += used
                self.last_end = found[-1].end if found else self.last_end
                yield from found
            i += 1

    def _parts(self, run: Run) -> list[Run]:
        """A run with one or two words in it stays whole where all of it is a number."""
        if not run.loose:
            return [run]
        found = next(self._read_run(run, whole=True), None)
        return [run] if found and not found.is_raw else without_words(self.text, run)

    @staticmethod
    def _may_be_joined(run: Run) -> bool:
        """Whether a number may begin with this run and go on behind a line's end or a sign."""
        return run.plus or run.digits == "0"

    def _read_joined(self, runs: list[Run], first: int) -> tuple[list[Found], int]:
        """A number that goes on behind a line's end, a sign or a word, and how many more runs it took."""
        return self._read_over_signs(runs, first) or self._read_over_gaps(runs, first) or ([], 0)

    def _read_over_signs(self, runs: list[Run], first: int) -> tuple[list[Found], int] | None:
        """A number whose parts all have the same sign between: `0812/3456/7890`."""
        run, sign, used = runs[first], None, 0
        opens = run.plus or run.digits[0] == "0"
        if run.start < self.signs_read_to:
            return None
        for following in runs[first + 1 : first + _MOST_PARTS]:
            longer = join_signs(self.text, run, following, sign)
            if not longer:
                break
            sign = self.text[run.end : following.pieces[0].start]
            run, used = longer, used + 1
        if opens or len(run.digits) > LONGEST:
            self.signs_read_to = run.end
        found = next(self._read_run(run, whole=True), None) if used and len(run.digits) <= LONGEST else None
        if found is None or found.is_raw or found.confidence < self._least_confidence(opens, over_word=False):
            return None
        return [replace(found, confidence=found.confidence - 0.05)], used

    def _read_over_gaps(self, runs: list[Run], first: int) -> tuple[list[Found], int] | None:
        """A number that goes on in the next line, or behind a word or a remark."""
        run, over_word = runs[first], False
        opens = run.plus or run.digits[0] == "0"
        for used in range(1, min(_MOST_GAPS, len(runs) - first)):
            following = runs[first + used]
            longer = join_lines(self.text, run, following)
            if not longer and opens and len(run.digits) >= _FEWEST_DIGITS:
                over_word = True
                longer = join_words(self.text, run, following)
            if not longer or len(longer.digits) > LONGEST:
                return None
            run = longer
            found = next(self._read_run(run, whole=True), None)
            if found and not found.is_raw and found.confidence >= self._least_confidence(opens, over_word):
                return [replace(found, confidence=found.confidence - (0.2 if over_word else 0.05))], used
        return None

    @staticmethod
    def _least_confidence(opens: bool, over_word: bool) -> float:
        """Parts that do not begin like a number must be announced; those with words between be a mobile's."""
        return 0.9 if not opens else 0.8 if over_word else 0.0

    def _read_run(self, run: Run, whole: bool = False) -> Iterator[Found]:
        """The numbers in one run, left to right; `whole` where only all of it may be one."""
        i, tries = 0, 0
        while i < len(run.pieces) and tries < _MOST_STARTS:
            tries += 1
            best = self._longest(run, i, whole)
            if best and best[0].is_raw and i + 1 < best[1] and not whole:
                later = self._longest(run, i + 1, whole)  # `2. 0812…`: the first piece may not belong to it
                best = later if later and not later[0].is_raw else best
            if best:
                found, i = best
                tries = 0
                yield found
            elif whole:
                return
            else:
                i += 1

    def _longest(self, run: Run, first: int, whole: bool) -> tuple[Found, int] | None:
        """The longest number that begins at piece `first`, and the piece behind it."""
        pieces = run.pieces
        if first and pieces[first - 1].digits == "0" and self.text[pieces[first - 1].end] == ".":
            return None  # a decimal fraction
        if len(run.digits) < SHORTEST:
            return self._short(run)
        start = pieces[first].start if first else run.start
        announced: Announced | None = None
        best: tuple[Found, int] | None = None
        digits = ""
        for after in range(first + 1, len(pieces) + 1):
            digits += pieces[after - 1].digits
            if len(digits) > LONGEST:
                break
            if len(digits) < SHORTEST or (whole and after < len(pieces)) or self._is_apart(pieces, after - 1):
                continue
            announced = announced or self.around.before(start, self.last_end)
            candidate = Candidate(pieces[first:after], start, digits, run.plus and first == 0, announced)
            found = self.judge.judge(candidate)
            if found and (not best or found.confidence >= best[0].confidence - 0.1):
                best = found, after
        return best

    def _short(self, run: Run) -> tuple[Found, int] | None:
        short = self.judge.short(run.pieces[0]) if len(run.pieces) == 1 else None
        return (short, 1) if short else None

    def _is_apart(self, pieces: tuple[Piece, ...], last: int) -> bool:
        """One or two digits behind a wide gap are a line's number or the next thing in a table.

        A gap like the one before it is the writer's way of spacing: `090 . 000 . 051 . 62`.
        """
        if not last or len(pieces[last].digits) > 2 or len(pieces[last - 1].digits) <= 2:
            return False
        gap = self.text[pieces[last - 1].end : pieces[last].start]
        spaced_alike = last > 1 and gap == self.text[pieces[last - 2].end : pieces[last - 1].start]
        return len(gap) >= 2 and not spaced_alike
