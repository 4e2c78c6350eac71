"""Places (LOC): names of the gazetteer in the text, homonyms told apart by what else the post says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.place_spans import widen
from pipeline.gazetteer import Place, PlaceName, place_finder
from pipeline.hints import Hints
from pipeline.homes import home_countries
from pipeline.phrases import Found
from pipeline.plain import Plain

_FAR_TOWN = 2.3  # a smaller town far from everything else in the post is more likely another word
_ORDINARY = 0.75  # of the confidence, where the name is an ordinary word or a name of persons too
_SHOUTED_LETTERS = 12
_HALF_A_WORD = 5  # characters; longer names are places even beside a hyphen: Jakarta-Bandung
_LANGUAGE_BEFORE = (
    "bahasa ",
    "bhs ",
    "tiếng ",
    "ภาษา",
    "พิมพ์",
    "พูด",
    "ພາສາ",
    "ភាសា",
    "speak ",
    "berbahasa ",
    "wikang ",
    "salitang ",
)
_LANGUAGE_AFTER = ("语", "語", "文", "话", "話", "စကား", "어 ", " language", "-speaking", " speaking", " speaker", "စာ")


def places(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every place named in a text, with country, name, id, coordinates and kind; its role is told later."""
    home = (*hints.regions[:1], *home_countries(hints.lang))
    found = [hit for hit in place_finder().find(plain) if not _is_language(plain, hit) and not _is_half(plain, hit)]
    shouting = _is_shouted(plain.folded.text)
    possible = [(hit, _believed(plain, hit, hints.lang, home, shouting)) for hit in found]
    named = Counter(c for _, candidates in possible for c in {place.country for place in candidates})
    sure = {
        place.country for _, candidates in possible if len({c.country for c in candidates}) == 1 for place in candidates
    }
    for hit, candidates in possible:
        scored = [
            (place.rank + 2.0 * (place.country in home) + 1.5 * (place.country in sure), place) for place in candidates
        ]
        scored = [(score, place) for score, place in scored if _near(place, home, named)]
        if scored:
            score, place = max(scored, key=lambda pair: pair[0])
            unsure = any(name.place == place and name.when == "ordinary" for name in hit.meanings)
            yield _mention(plain, hit, place, min(0.98, 0.55 + 0.08 * score) * (_ORDINARY if unsure else 1.0))


def _is_shouted(text: str) -> bool:
    """Whether a text of some words is all in capitals, so that a capital tells nothing."""
    return text.isupper() and sum(map(str.isupper, text)) > _SHOUTED_LETTERS


def _is_language(plain: Plain, hit: Found[PlaceName]) -> bool:
    """Whether the name is part of the name of a language ("bahasa Indonesia", 越南语)."""
    before = plain.text[max(0, hit.start - 10) : hit.start]
    after = plain.text[hit.end : hit.end + 10]
    return before.endswith(_LANGUAGE_BEFORE) or after.startswith(_LANGUAGE_AFTER)


def _is_half(plain: Plain, hit: Found[PlaceName]) -> bool:
    """Whether a short name is half of a word with a hyphen, as in the name J-Shan."""
    text, start, end = plain.text, hit.start, hit.end
    if end - start > _HALF_A_WORD:
        return False
    before = start >= 2 and text[start - 1] == "-" and plain.shape[start - 2] == "s"
    return before or (text[end : end + 1] == "-" and plain.shape[end + 1 : end + 2] == "s")


def _believed(plain: Plain, hit: Found[PlaceName], lang: str, home: tuple[str, ...], shouting: bool) -> list[Place]:
    """The places that a name may mean as it is written here."""
    names = [name for name in hit.meanings if not name.langs or lang in name.langs]
    special = [name for name in names if name.langs]
    surface = plain.cased(hit.start, hit.end)
    believed = []
    for name in special or names:
        if name.place is None or name.when == "never":
            return []
        if _is_written_so(name, surface, home, shouting) and name.place not in believed:
            believed.append(name.place)
    return believed


def _is_written_so(name: PlaceName, surface: str, home: tuple[str, ...], shouting: bool) -> bool:
    if name.when == "capitals":
        return surface.isupper() and not (shouting and len(surface) < 3)  # "LIKE US!"
    if name.when == "ordinary":
        return surface[:1].isupper() and not shouting
    if name.when == "capital":
        at_home = name.place is not None and name.place.country in home and len(surface) > 4
        return surface[:1].isupper() or at_home
    return True


def _near(place: Place, home: tuple[str, ...], named: Counter[str]) -> bool:
    """Small far-away towns count only where their country is at home or named elsewhere in the post."""
    return place.rank >= _FAR_TOWN or place.country in home or named[place.country] > 1


def _mention(plain: Plain, hit: Found[PlaceName], place: Place, confidence: float) -> Mention:
    span = plain.folded_span(*widen(plain, hit.start, hit.end))
    return make_mention(
        plain.original,
        plain.folded,
        Label.LOC,
        span,
        place.value,
        confidence=confidence,
        extractor="places",
        country=place.country,
        name=place.name,
        place_id=place.id,
        kind=place.kind,
        lat=place.lat,
        lon=place.lon,
    )
