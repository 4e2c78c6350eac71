"""Obeying people: what they set right in the reading of a post stands, whatever the components found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from casefile.corrections import BY_A_PERSON, Change, Correction
from casefile.records import NO_ATTRIBUTES, Label, Mention, Role
from pipeline.gazetteer import places_by_value


def corrected(text: str, mentions: Iterable[Mention], corrections: Sequence[Correction]) -> list[Mention]:
    """The mentions as people set them right, one correction after the other, in order of place.

    Words that name something push out what was found inside them, and what of the same label overlaps them; words that
    name nothing of a label push out only that. Words that stand nowhere in the text any more change nothing.
    """
    standing = list(mentions)
    for change in (correction.change for correction in corrections):
        place = change.words.place_in(text) if change.words else None
        if place is None or change.label is None:
            continue
        start, end = place
        standing = [mention for mention in standing if not _is_pushed_out(mention, start, end, change)]
        if change.value:
            standing.append(_told(text[start:end], start, change))
    return sorted(standing, key=lambda m: (m.start, -m.end, m.label))


def with_told_roles(text: str, mentions: Iterable[Mention], corrections: Sequence[Correction]) -> list[Mention]:
    """The mentions with the roles that people gave to places."""
    roles: dict[tuple[int, int], Role] = {}
    for change in (correction.change for correction in corrections):
        place = change.words.place_in(text) if change.words and change.role else None
        if place and change.role:
            roles[place] = change.role
    return [
        replace(mention, attributes=MappingProxyType({**mention.attributes, "role": roles[mention.start, mention.end]}))
        if mention.label is Label.LOC and mention.extractor == BY_A_PERSON and (mention.start, mention.end) in roles
        else mention
        for mention in mentions
    ]


def _is_pushed_out(mention: Mention, start: int, end: int, change: Change) -> bool:
    if mention.label is change.label:
        return mention.start < end and start < mention.end
    return bool(change.value) and start <= mention.start and mention.end <= end


def _told(words: str, start: int, change: Change) -> Mention:
    assert change.label is not None
    place = places_by_value().get(change.value) if change.label is Label.LOC else None
    return Mention(
        label=change.label,
        start=start,
        end=start + len(words),
        surface=words,
        value=change.value,
        confidence=1.0,
        extractor=BY_A_PERSON,
        attributes=MappingProxyType(place.attributes()) if place else NO_ATTRIBUTES,
    )
