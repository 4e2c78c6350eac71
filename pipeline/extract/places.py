"""Places (LOC): names of the gazetteer in the text, homonyms told apart by what else the post says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.place_spans import widen
from pipeline.gazetteer import Place, PlaceName, place_finder, place_words
from pipeline.hints import Hints
from pipeline.homes import countries_of_readers, home_countries
from pipeline.phrases import Found
from pipeline.plain import Plain

_FAR_TOWN = 2.3  # a smaller town far from everything else in the post is more likely another word
_ORDINARY = 0.75  # of the confidence, where the name is an ordinary word or a name of persons too
_AMBIGUOUS = 0.85  # of the confidence, where a place of another country is nearly as likely
_NEARLY = 1.0  # points between the likeliest and the next
_SHOUTED = 16  # characters to both sides that tell whether all is in capitals there
_HALF_A_WORD = 5  # characters; longer names are places even beside a hyphen: Jakarta-Bandung
_SHORT = 4  # characters; such a name in capitals is mostly an abbreviation
_WORD_BEFORE = 14  # characters to look back for one word


class _Name(NamedTuple):
    """A name in the text and the places that it may mean as it is written here."""

    hit: Found[PlaceName]
    candidates: tuple[Place, ...]
    unsure: bool = False
    doubtful: bool = False  # an ordinary word, led by no "in" or "to": a place only where others speak for it


def places(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every place named in a text, with country, name, id, coordinates and kind; its role is told later."""
    hits = place_finder().find(plain)
    if not hits:
        return
    reader = _Believer(plain, hints)
    names = [name for hit in hits if (name := reader.believe(hit)).candidates]
    named = Counter(country for name in names for country in {place.country for place in name.candidates})
    sure = {name.candidates[0].country for name in names if len({place.country for place in name.candidates}) == 1}
    chosen = [(name, *choice) for name in names if (choice := _choose(name, reader.home, reader.readers, named, sure))]
    done = 0
    for i, (name, place, confidence) in enumerate(chosen):
        if i < done:
            continue
        start, end = widen(plain, name.hit.start, name.hit.end, town=place.kind != "country")
        done = i + 1
        if done < len(chosen) and _is_repeated(plain, end, chosen[done][0].hit, place, chosen[done][1]):
            end, done = chosen[done][0].hit.end + 1, done + 1  # "United Arab Emirates (UAE)"
        yield _mention(plain, (start, end), place, confidence)


def _choose(
    name: _Name, home: Sequence[str], readers: Sequence[str], named: Counter[str], sure: set[str]
) -> tuple[Place, float] | None:
    """The likeliest of the places that a name may mean, and how sure that is; none if no one is likely here."""
    scored = sorted(
        (
            (
                place.rank
                + 2.0 * (place.country in home)
                + 0.5 * (place.country in readers)
                + 1.6 * (place.country in sure),
                place,
            )
            for place in name.candidates
            if (place.rank >= _FAR_TOWN and not name.doubtful) or place.country in home or named[place.country] > 1
        ),
        key=lambda pair: -pair[0],
    )
    if not scored:
        return None
    score, place = scored[0]
    rival = any(other.country != place.country and score - points < _NEARLY for points, other in scored[1:])
    confidence = min(0.98, 0.55 + 0.08 * score) * (_ORDINARY if name.unsure else 1.0) * (_AMBIGUOUS if rival else 1.0)
    return place, confidence


class _Believer:
    """Tells for each name of one text whether it names a place as it is written here."""

    def __init__(self, plain: Plain, hints: Hints) -> None:
        self._plain = plain
        self._lang = hints.lang
        self.home = (*hints.regions[:1], *home_countries(hints.lang))
        self.readers = countries_of_readers(hints.lang)

    def believe(self, hit: Found[PlaceName]) -> _Name:
        """The places that the name at `hit` may mean; none where it is another word."""
        if self._is_language(hit) or self._is_half(hit):
            return _Name(hit, ())
        names = [name for name in hit.meanings if not name.langs or self._lang in name.langs]
        special = [name for name in names if name.langs]
        surface = self._plain.cased(hit.start, hit.end)
        believed: dict[Place, PlaceName] = {}
        for name in special or names:
            if name.place is None or name.when == "never":
                return _Name(hit, ())
            if self._is_written_so(name, hit, surface):
                believed.setdefault(name.place, name)
        whens = {name.when for name in believed.values()}
        ordinary = "ordinary" in whens
        unsure = ordinary or ("capital" in whens and not surface[:1].isupper())
        return _Name(hit, tuple(believed), unsure, ordinary and not self._is_led_to(hit))

    def _is_written_so(self, name: PlaceName, hit: Found[PlaceName], surface: str) -> bool:
        if name.when == "any":
            return True
        if name.when == "capitals":
            return surface.isupper() and not (len(surface) < 3 and self._is_shouted(hit))  # "LIKE US!"
        if name.when == "alone":
            return self._plain.shape[hit.start - 1 : hit.start] in ("", " ") and self._plain.shape[
                hit.end : hit.end + 1
            ] in ("", " ")
        if surface.isupper() and len(surface) <= _SHORT and not self._is_near(name):
            return False
        if surface[:1].isupper():
            return name.when == "capital" or not (surface.isupper() and self._is_shouted(hit))
        if name.when == "capital" and len(surface) > _SHORT and self._is_near(name):
            return True
        return (name.when == "capital" or surface in _spoken()) and self._is_led_to(hit)

    def _is_near(self, name: PlaceName) -> bool:
        return name.place is not None and (name.place.country in self.home or name.place.kind == "country")

    def _is_shouted(self, hit: Found[PlaceName]) -> bool:
        """Whether the words around are in capitals too, so that a capital tells nothing."""
        first, last = self._plain.folded_span(hit.start, hit.end)
        text = self._plain.folded.text
        around = text[max(0, first - _SHOUTED) : first] + text[last : last + _SHOUTED]
        return around.isupper()

    def _is_led_to(self, hit: Found[PlaceName]) -> bool:
        """Whether a word such as "in" or "to" stands before the name."""
        before = self._plain.text[max(0, hit.start - _WORD_BEFORE) : hit.start]
        words = before.split()
        return bool(words) and before[-1] == " " and words[-1] in _leading()

    def _is_language(self, hit: Found[PlaceName]) -> bool:
        """Whether the name is part of the name of a language ("bahasa Indonesia", 越南语)."""
        return names_a_language(self._plain.text, hit.start, hit.end)

    def _is_half(self, hit: Found[PlaceName]) -> bool:
        """Whether a short name is half of a word with a hyphen, as in the name J-Shan."""
        text, shape, start, end = self._plain.text, self._plain.shape, hit.start, hit.end
        if end - start > _HALF_A_WORD or shape[start] != "s":
            return False
        before = start >= 2 and text[start - 1] == "-" and shape[start - 2] == "s"
        return before or (text[end : end + 1] == "-" and shape[end + 1 : end + 2] == "s")


def _is_repeated(plain: Plain, end: int, following: Found[PlaceName], place: Place, other: Place) -> bool:
    """Whether the next name is the same place again in brackets."""
    gap = plain.text[end : following.start]
    return place.value == other.value and gap in (" (", "(") and plain.text[following.end : following.end + 1] == ")"


def _mention(plain: Plain, span: tuple[int, int], place: Place, confidence: float) -> Mention:
    return make_mention(
        plain.original,
        plain.folded,
        Label.LOC,
        plain.folded_span(*span),
        place.value,
        confidence=confidence,
        extractor="places",
        **place.attributes(),  # type: ignore[arg-type]  # none of them is called keep_none
    )


@cache
def _leading() -> frozenset[str]:
    return frozenset(str(place_words()["small_letters_after"]).split())


@cache
def _spoken() -> frozenset[str]:
    return frozenset(str(place_words()["spoken"]).split())


def names_a_language(text: str, start: int, end: int) -> bool:
    """Whether a name in lower-case text is part of the name of a language ("bahasa Indonesia", 越南语)."""
    before, after = _of_languages()
    return text[max(0, start - 10) : start].endswith(before) or text.startswith(after, end)


@cache
def _of_languages() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = place_words()
    return tuple(map(str, words["language_before"])), tuple(map(str, words["language_after"]))
