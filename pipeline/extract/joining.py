"""Names of the model joined with those of rules and gazetteer: one mention a name, with one confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.gazetteer import Place, place_finder
from pipeline.hints import Hints
from pipeline.plain import Plain, make_plain
from pipeline.tagger.tag import TaggedName, tag_names

_NAMES = (Label.ORG, Label.LOC, Label.PERSON)
_MOST = 0.98  # nothing is surer


def join(plain: Plain, found: Sequence[Mention], hints: Hints) -> list[Mention]:
    """All mentions; names are surer where the model agrees, and those that only the model sees come in addition."""
    tagged = list(tag_names(plain.folded.text))
    if not tagged:
        return list(found)
    joined = list(found)
    known = {(mention.start, mention.end, mention.label): i for i, mention in enumerate(found)}
    for name in tagged:
        label = Label(name.label)
        at = known.get((*plain.folded.span(name.start, name.end), label))
        if at is not None:
            joined[at] = replace(joined[at], confidence=_both(joined[at].confidence, name.probability))
        elif label is Label.LOC:
            joined.append(_place(plain, name, hints))
        else:
            joined.append(_mention(plain, name, label))
    return joined


def _both(rule: float, model: float) -> float:
    """How sure two witnesses make a name who do not know of each other."""
    return round(min(_MOST, 1 - (1 - rule) * (1 - model)), 3)


def _mention(plain: Plain, name: TaggedName, label: Label) -> Mention:
    words = " ".join(plain.folded.text[name.start : name.end].split())
    span = (name.start, name.end)
    return make_mention(
        plain.original, plain.folded, label, span, words, confidence=name.probability, extractor="model"
    )


def _place(plain: Plain, name: TaggedName, hints: Hints) -> Mention:
    """A place that the gazetteer did not believe, or does not know: then it has a name and no country."""
    words = " ".join(plain.folded.text[name.start : name.end].split())
    place = _look_up(words, hints)
    return make_mention(
        plain.original,
        plain.folded,
        Label.LOC,
        (name.start, name.end),
        place.value if place else words,
        confidence=name.probability,
        extractor="model",
        country=place.country if place else None,
        name=place.name if place else words,
        place_id=place.id if place else None,
        kind=place.kind if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
    )


def _look_up(words: str, hints: Hints) -> Place | None:
    """The place that bears this name, where the region tells which of several; the gazetteer took it for another word."""
    plain = make_plain(words)
    meanings = [
        meaning.place
        for hit in place_finder().find(plain)
        if (hit.start, hit.end) == (0, len(plain.text))
        for meaning in hit.meanings
        if meaning.place
    ]
    at_home = [place for place in meanings if place.country in hints.regions]
    countries = {place.country for place in at_home or meanings}
    return max(at_home or meanings, key=lambda place: place.rank) if len(countries) == 1 else None
