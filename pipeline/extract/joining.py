"""Names of the model joined with those of rules and gazetteer: one mention a name, with one confidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from math import exp, log

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.places import names_a_language
from pipeline.gazetteer import Place, place_finder, place_words
from pipeline.hints import Hints
from pipeline.plain import Plain, make_plain
from pipeline.tables import read_lists
from pipeline.tagger.tag import TaggedName, tag_names

_NAMES = frozenset((Label.ORG, Label.LOC, Label.PERSON))
_IN_AN_ADVERT = {Label.ORG: 0.6, Label.LOC: 0.55, Label.PERSON: 0.6}
_IN_RUNNING_TEXT = dict.fromkeys(_IN_AN_ADVERT, 0.5)
"""How sure the model must be of a name that no rule sees; measured on posts of our own that it had not learnt from."""
_AGAINST_A_PLACE = 0.9
"""The same where the gazetteer sees a place."""
_SURE = 0.8  # a rule's name with a legal form, or a known one
_UNKNOWN_IN_AN_ADVERT = 0.95
"""The same for a place that the gazetteer does not see beside a contact: there it is more often a product or a job."""
_CONTACTS = frozenset((Label.PHONE, Label.HANDLE, Label.EMAIL, Label.URL))
_SLOPE, _SHIFT = 0.45, 0.13  # the chain is too sure of itself
_MOST = 0.98  # nothing is surer
_LONGEST = 120  # characters to look back for a name that reaches into another


def join(plain: Plain, found: Sequence[Mention], hints: Hints) -> list[Mention]:
    """All mentions; names are surer where the model agrees, and those that only the model sees come in addition.

    Where both see a name of one kind with other bounds, the model's stays if it holds the rule's; a known place stays
    the place it is, with all the words of its name.
    """
    tagged = list(tag_names(plain.folded.text))
    if not tagged:
        return list(found)
    named = sorted((mention for mention in found if mention.label in _NAMES), key=lambda mention: mention.start)
    starts = [mention.start for mention in named]
    lower = plain.folded.text.lower()
    advert = any(mention.label in _CONTACTS for mention in found)
    enough = _IN_AN_ADVERT if advert else _IN_RUNNING_TEXT
    gone: set[int] = set()
    surer: dict[int, Mention] = {}
    added: list[Mention] = []
    for name in map(partial(_with_usual_title, plain), tagged):
        label = Label(name.label)
        start, end = plain.folded.span(name.start, name.end)
        near = list(_reaching_into(named, starts, start, end))
        alike = [mention for mention in near if mention.label is label]
        same = next((mention for mention in alike if (mention.start, mention.end) == (start, end)), None)
        if same:
            surer[id(same)] = replace(same, confidence=_both(same.confidence, _calibrated(name)))
        elif name.probability < (_AGAINST_A_PLACE if _is_a_place(near, start, end) else enough[label]):
            continue
        elif label is Label.LOC and alike:
            if len(alike) == 1 and start <= alike[0].start and alike[0].end <= end and not _is_han(alike[0].surface):
                surer[id(alike[0])] = _widened(plain, alike[0], (start, end))
        elif label is Label.LOC and (
            names_a_language(lower, name.start, name.end) or (advert and _is_no_spot(lower, name))
        ):
            continue
        elif all(_gives_way(mention, start, end) for mention in alike) and not _holds_a_person(near, label):
            gone.update(map(id, alike))
            added += _mentions(plain, name, label, hints)
    kept = (mention for mention in found if id(mention) not in gone)
    return [*(surer.get(id(mention), mention) for mention in kept), *added]


def _is_han(words: str) -> bool:
    """Whether a name is Chinese: there two places side by side look like one long name."""
    return "\u3400" <= words[0] <= "\u9fff"


def _with_usual_title(plain: Plain, name: TaggedName) -> TaggedName:
    """A person as careful readers mark one: without Mr, Dr or Datuk before the name, with 先生 behind it."""
    if name.label != "PERSON":
        return name
    text = plain.folded.text
    title = _titles().match(text, name.start, name.end)
    behind = next((word for word in _han_titles() if text.startswith(word, name.end)), "")
    return name._replace(start=title.end() if title else name.start, end=name.end + len(behind))


@cache
def _han_titles() -> tuple[str, ...]:
    return tuple(map(str, read_lists("persons")["han_title"]))


@cache
def _titles() -> re.Pattern[str]:
    titles = "|".join(re.escape(str(title)) for title in read_lists("persons")["sure"])
    return re.compile(rf"(?:(?:{titles})(?:\. ?| ))+(?=\w)", re.IGNORECASE)


def _reaching_into(named: Sequence[Mention], starts: Sequence[int], start: int, end: int) -> Iterator[Mention]:
    """The mentions that overlap a span."""
    for i in range(bisect_left(starts, start - _LONGEST), len(named)):
        if named[i].start >= end:
            return
        if named[i].end > start:
            yield named[i]


def _widened(plain: Plain, place: Mention, span: tuple[int, int]) -> Mention:
    """A known place with all the words of its name: Kampung, မြို့နယ်, Airport."""
    start, end = span
    return replace(place, start=start, end=end, surface=plain.original[start:end])


def _is_no_spot(lower: str, place: TaggedName) -> bool:
    """Whether an advert hardly means a spot on the map: the model is not quite sure, or it is a part of the world."""
    return place.probability < _UNKNOWN_IN_AN_ADVERT or lower[place.start : place.end] in _parts_of_the_world()


@cache
def _parts_of_the_world() -> frozenset[str]:
    return frozenset(map(str, place_words()["parts_of_the_world"]))


def _gives_way(mention: Mention, start: int, end: int) -> bool:
    """Whether a rule's name is a part of the model's, and no name that the rule is sure of."""
    return start <= mention.start and mention.end <= end and mention.confidence < _SURE


def _holds_a_person(near: Sequence[Mention], label: Label) -> bool:
    """Whether a rule sees a person in what should be one organisation: Ministry of Labour Secretary Example Name."""
    return label is Label.ORG and any(mention.label is Label.PERSON for mention in near)


def _is_a_place(near: Sequence[Mention], start: int, end: int) -> bool:
    """Whether a known place stands there and is no mere part of the name, as in Bank Jakarta."""
    return any(
        mention.label is Label.LOC
        and not (start <= mention.start and mention.end <= end and (start, end) != (mention.start, mention.end))
        for mention in near
    )


def _calibrated(name: TaggedName) -> float:
    """The share of names as probable as this one that are right (Platt's scaling, measured on held-out texts)."""
    odds = log(name.probability / max(1 - name.probability, 1e-4))
    return 1 / (1 + exp(_SHIFT - _SLOPE * odds))


def _both(rule: float, model: float) -> float:
    """How sure two witnesses make a name who do not know of each other."""
    return round(min(_MOST, 1 - (1 - rule) * (1 - model)), 3)


def _mentions(plain: Plain, name: TaggedName, label: Label, hints: Hints) -> Iterator[Mention]:
    words = " ".join(plain.folded.text[name.start : name.end].split())
    if label is not Label.LOC and words.lower() in _platforms():
        return
    place = _look_up(words, hints) if label is Label.LOC else None
    yield make_mention(
        plain.original,
        plain.folded,
        label,
        (name.start, name.end),
        place.value if place else words,
        confidence=_calibrated(name),
        extractor="model",
        country=place.country if place else None,
        name=place.name if place else words if label is Label.LOC else None,
        place_id=place.id if place else None,
        kind=place.kind if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
    )


@cache
def _platforms() -> frozenset[str]:
    return frozenset(str(name).lower() for name in read_lists("orgs")["platforms"])


def _look_up(words: str, hints: Hints) -> Place | None:
    """The place in the post's own region that bears this name, and that the rules took for another word.

    None where nobody knows the place: then it has a name and no country.
    """
    plain = make_plain(words)
    places = [
        meaning.place
        for hit in place_finder().find(plain)
        if (hit.start, hit.end) == (0, len(plain.text))
        for meaning in hit.meanings
        if meaning.place
    ]
    near = [place for place in places if place.country in hints.regions]
    return max(near, key=lambda place: place.rank, default=None)
