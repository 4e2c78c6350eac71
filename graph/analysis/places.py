"""The places that one job offer tells, by the part that they play, in the order of its text."""

from __future__ import annotations

from collections.abc import Mapping

from casefile.identity import entity_id
from casefile.records import Label, ReadPost, Role
from graph.telling import country_of, finest

_PARTS = {
    Role.ORIGIN.value: Role.ORIGIN,
    Role.TRANSIT.value: Role.TRANSIT,
    Role.DESTINATION.value: Role.DESTINATION,
    Role.WORKSITE.value: Role.DESTINATION,
}


def places_told(read: ReadPost, *, countries: bool = False) -> Mapping[Role, list[str]]:
    """The ids of the origins, transits and destinations of a post; work sites are destinations.

    With `countries`, each place counts as its country. A country gives way to a place in it, and is no destination
    where people are sent to a place elsewhere and only come through it.
    """
    told: dict[Role, dict[str, None]] = {Role.ORIGIN: {}, Role.TRANSIT: {}, Role.DESTINATION: {}}
    for mention in sorted(read.reading.mentions, key=lambda mention: mention.start):
        part = _PARTS.get(str(mention.attributes.get("role")))
        if mention.label is Label.LOC and part and not mention.attributes.get("negated"):
            told[part][entity_id(mention) or ""] = None
    kept = {part: finest(places) for part, places in told.items()}
    ends = kept[Role.DESTINATION]
    on_the_way = {country_of(place) for part in (Role.ORIGIN, Role.TRANSIT) for place in kept[part]}
    if any("/" in place for place in ends):
        ends = [place for place in ends if "/" in place or place not in on_the_way]
    kept[Role.DESTINATION] = ends
    if countries:
        kept = {part: list(dict.fromkeys(map(country_of, places))) for part, places in kept.items()}
        ends = kept[Role.DESTINATION]
    # Where people are sent is not on the way there.
    return {
        part: found if part is Role.DESTINATION else [p for p in found if p not in ends] for part, found in kept.items()
    }
