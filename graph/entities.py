"""What the posts name, counted and dated; and their sources, accounts and repeated texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casefile.records import Entity, Label
from graph.links import source_id
from graph.observation import Observation
from graph.texts import is_telling

_Place = tuple[str | None, float | None, float | None]

SOURCE, ACCOUNT, TEXT = "SOURCE", "ACCOUNT", "TEXT"
"""Labels of entities that no mention names."""

NAMED_BY = 200
"""The first so many posts decide what an entity is called, and where a place is."""


@dataclass(slots=True)
class Sightings:
    """Where one entity was seen, and under which names; posts are added in capture order."""

    label: str
    posts: int = 0
    first: datetime | None = None
    last: datetime | None = None
    names: Counter[str] = field(default_factory=Counter)
    places: Counter[_Place] = field(default_factory=Counter)

    def add(self, name: str, place: _Place | None, at: datetime) -> None:
        """One more post."""
        self.posts += 1
        if self.first is None or at < self.first:
            self.first = at
        if self.last is None or at > self.last:
            self.last = at
        if self.posts <= NAMED_BY:
            self.names[name] += 1
            if place is not None:
                self.places[place] += 1

    def entity(self, identity: str) -> Entity:
        """The entity that was seen."""
        country, lat, lon = _usual_place(self.places)
        return Entity(
            id=identity,
            label=self.label,
            name=_usual_name(self.names) or identity,
            posts=self.posts,
            first_seen=self.first,
            last_seen=self.last,
            country=country,
            lat=lat,
            lon=lon,
        )


Seen = tuple[str, str, str, _Place | None]
"""An entity's id, its label, its name, and where it is (of a place)."""


def seen_in(post: Observation, titles: Mapping[str, str]) -> Iterator[Seen]:
    """All entities that a post shows. An account or a text is one only if its post offers work."""
    yield source_id(post.source), SOURCE, titles.get(post.source, post.source), None
    if post.offers_work and post.account:
        yield post.account, ACCOUNT, post.author, None
    if post.offers_work and is_telling(post.witness):
        yield post.witness, TEXT, post.opening, None
    for named in post.named:
        place = (named.country, named.lat, named.lon) if named.label is Label.LOC and named.country else None
        yield named.id, named.label.value, named.name, place


def find_entities(posts: Iterable[Observation], titles: Mapping[str, str], texts: Collection[str]) -> dict[str, Entity]:
    """All entities by id; `posts` come in capture order. Of texts only those that a link leads to (`texts`)."""
    seen: dict[str, Sightings] = {}
    for post in posts:
        for identity, label, name, place in seen_in(post, titles):
            if label != TEXT or identity in texts:
                sightings = seen.get(identity)
                if sightings is None:
                    sightings = seen[identity] = Sightings(label)
                sightings.add(name, place, post.at)
    return {identity: seen[identity].entity(identity) for identity in sorted(seen)}


def _usual_name(names: Counter[str]) -> str:
    """The name that was given most often; of equals the first by the alphabet, an empty one last."""
    return min(names, key=lambda name: (not name, -names[name], name), default="")


def _usual_place(places: Counter[_Place]) -> _Place:
    """Where most posts say that a place is: country, latitude, longitude."""
    return min(places, key=lambda place: (-places[place], str(place)), default=(None, None, None))
