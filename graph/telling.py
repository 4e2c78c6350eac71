"""What posts tell together: where they send people, and how suspect they are. Copies of a text are one witness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from casefile.records import Label, Role
from graph.observation import Observation


def suspect_of(posts: Iterable[Observation]) -> float:
    """How suspect posts are together: the mean of the more suspect half, each text counted once."""
    highest: dict[str, float] = {}
    for post in posts:
        highest[post.witness] = max(post.suspect, highest.get(post.witness, 0.0))
    upper = sorted(highest.values(), reverse=True)[: (len(highest) + 1) // 2]
    return round(sum(upper) / len(upper), 6) if upper else 0.0


def told_places(posts: Iterable[Observation], share: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Destinations and origins, the most told first; a place plays the part that most witnesses give it.

    What less than `share` of the witnesses of the most told place say is left out, and a country is left out where a
    place in it is named.
    """
    witnesses: dict[str, dict[Role, set[str]]] = defaultdict(lambda: defaultdict(set))
    for post in posts:
        for place in post.of(Label.LOC):
            witnesses[place.id][_PART[place.role]].add(post.witness)
    told: dict[Role, dict[str, int]] = {Role.DESTINATION: {}, Role.ORIGIN: {}, Role.TRANSIT: {}}
    for place_id, parts in witnesses.items():
        counts = {part: len(parts[part]) for part in told if part in parts}
        if counts:
            part = max(counts, key=lambda part: counts[part])  # of equals the first: where people are sent weighs most
            told[part][place_id] = counts[part]
    return _most_told(told[Role.DESTINATION], share), _most_told(told[Role.ORIGIN], share)


_PART = {
    Role.DESTINATION: Role.DESTINATION,
    Role.WORKSITE: Role.DESTINATION,
    Role.ORIGIN: Role.ORIGIN,
    Role.TRANSIT: Role.TRANSIT,
    Role.MENTION: Role.MENTION,
}


def _most_told(counts: Mapping[str, int], share: float) -> tuple[str, ...]:
    enough = share * max(counts.values(), default=0)
    named = finest([place for place, count in counts.items() if count >= enough])
    return tuple(sorted(named, key=lambda place: (-counts[place], place)))


def told_destinations(posts: Iterable[Observation], share: float) -> tuple[str, ...]:
    """The ids of the places where posts send people, the most told first.

    Each post counts, copies too: a place is what changes from copy to copy. A country counts with all places in it;
    what less than `share` of the most told says is left out.
    """
    tellers: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        for place in post.of(Label.LOC):
            if _PART[place.role] is Role.DESTINATION:
                tellers[place.id].add(post.post_id)
                tellers[country_of(place.id)].add(post.post_id)
    countries = _often({place: tellers[place] for place in tellers if "/" not in place}, share)
    towns = _often({place: tellers[place] for place in tellers if "/" in place}, share)
    return tuple(finest([*(town for town in towns if country_of(town) in countries), *countries]))


def country_of(place: str) -> str:
    """The id of the country that a place is in."""
    return place.partition("/")[0]


def finest(places: Collection[str]) -> list[str]:
    """The places in their order; a country gives way to a place in it."""
    finer = {country_of(place) for place in places if "/" in place}
    return [place for place in places if "/" in place or place not in finer]


def _often(tellers: Mapping[str, set[str]], share: float) -> list[str]:
    enough = share * max(map(len, tellers.values()), default=0)
    kept = (place for place in tellers if len(tellers[place]) >= enough)
    return sorted(kept, key=lambda place: (-len(tellers[place]), place))
