"""Names of the model joined with those of rules and gazetteer: one mention a name, with one confidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.gazetteer import Place, place_finder
from pipeline.hints import Hints
from pipeline.plain import Plain, make_plain
from pipeline.tables import read_lists
from pipeline.tagger.tag import TaggedName, tag_names

_NAMES = frozenset((Label.ORG, Label.LOC, Label.PERSON))
_MOST = 0.98  # nothing is surer
_LONGEST = 120  # characters to look back for a name that reaches into another


def join(plain: Plain, found: Sequence[Mention], hints: Hints) -> list[Mention]:
    """All mentions; names are surer where the model agrees, and those that only the model sees come in addition.

    Where both see a name of one kind, with other bounds, the longer one stays if it holds the other, else the rule's.
    """
    tagged = list(tag_names(plain.folded.text))
    if not tagged:
        return list(found)
    named = sorted((mention for mention in found if mention.label in _NAMES), key=lambda mention: mention.start)
    starts = [mention.start for mention in named]
    gone: set[int] = set()
    surer: dict[int, Mention] = {}
    added: list[Mention] = []
    for name in tagged:
        label = Label(name.label)
        start, end = plain.folded.span(name.start, name.end)
        alike = [mention for mention in _reaching_into(named, starts, start, end) if mention.label is label]
        same = next((mention for mention in alike if (mention.start, mention.end) == (start, end)), None)
        if same:
            surer[id(same)] = replace(same, confidence=_both(same.confidence, name.probability))
        elif all(start <= mention.start and mention.end <= end for mention in alike):
            gone.update(map(id, alike))
            added += _mentions(plain, name, label, hints)
    kept = (mention for mention in found if id(mention) not in gone)
    return [*(surer.get(id(mention), mention) for mention in kept), *added]


def _reaching_into(named: Sequence[Mention], starts: Sequence[int], start: int, end: int) -> Iterator[Mention]:
    """The mentions that overlap a span."""
    for i in range(bisect_left(starts, start - _LONGEST), len(named)):
        if named[i].start >= end:
            return
        if named[i].end > start:
            yield named[i]


def _both(rule: float, model: float) -> float:
    """How sure two witnesses make a name who do not know of each other."""
    return round(min(_MOST, 1 - (1 - rule) * (1 - model)), 3)


def _mentions(plain: Plain, name: TaggedName, label: Label, hints: Hints) -> Iterator[Mention]:
    words = " ".join(plain.folded.text[name.start : name.end].split())
    if label is Label.ORG and words.lower() in _platforms():
        return
    place = _look_up(words, hints) if label is Label.LOC else None
    yield make_mention(
        plain.original,
        plain.folded,
        label,
        (name.start, name.end),
        place.value if place else words,
        confidence=name.probability,
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
    """The place of the gazetteer that bears this name, where one country has it: the rules took it for another word.

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
    near = [place for place in places if place.country in hints.regions] or places
    return max(near, key=lambda place: place.rank) if len({place.country for place in near}) == 1 else None
