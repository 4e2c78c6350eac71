"""What the posts name, counted and dated; and their sources, accounts and repeated texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casefile.records import Entity, Link, LinkKind
from graph.links import source_id
from graph.observation import Observation
from graph.texts import Texts, is_telling

_Place = tuple[str | None, float | None, float | None]

SOURCE, ACCOUNT, TEXT = "SOURCE", "ACCOUNT", "TEXT"
"""Labels of entities that no mention names."""


@dataclass(slots=True)
class _Sightings:
    label: str
    posts: int = 0
    first: datetime | None = None
    last: datetime | None = None
    names: Counter[str] = field(default_factory=Counter)
    places: Counter[_Place] = field(default_factory=Counter)

    def add(self, name: str, post: Observation) -> None:
        self.posts += 1
        self.first = min(self.first or post.at, post.at)
        self.last = max(self.last or post.at, post.at)
        self.names[name] += 1


def find_entities(
    posts: Iterable[Observation],
    links: Iterable[Link],
    witness_of: Mapping[str, str],
    texts: Texts,
    titles: Mapping[str, str],
) -> list[Entity]:
    """All entities, ordered by id. An account or a text is one only if a link leads to it: its author recruits."""
    linked = {link.to_id for link in links if link.kind in (LinkKind.POSTED, LinkKind.SAME_TEXT)}
    seen: dict[str, _Sightings] = {}
    for post in posts:
        for identity, label, name in _beside(post, witness_of, texts, titles):
            if label == SOURCE or identity in linked:
                seen.setdefault(identity, _Sightings(label)).add(name, post)
        for named in post.named:
            sightings = seen.setdefault(named.id, _Sightings(named.label.value))
            sightings.add(named.name, post)
            if named.country:
                sightings.places[named.country, named.lat, named.lon] += 1
    return [_entity(identity, seen[identity]) for identity in sorted(seen)]


def _beside(
    post: Observation, witness_of: Mapping[str, str], texts: Texts, titles: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    yield source_id(post.source), SOURCE, titles.get(post.source, post.source)
    if post.offers_work and post.account:
        yield post.account, ACCOUNT, post.author
    if post.offers_work and is_telling(post.text):
        text = witness_of[post.post_id]
        yield text, TEXT, texts.template(text)


def _entity(identity: str, sightings: _Sightings) -> Entity:
    country, lat, lon = _usual_place(sightings.places)
    return Entity(
        id=identity,
        label=sightings.label,
        name=_usual_name(sightings.names) or identity,
        posts=sightings.posts,
        first_seen=sightings.first,
        last_seen=sightings.last,
        country=country,
        lat=lat,
        lon=lon,
    )


def _usual_name(names: Counter[str]) -> str:
    """The name that was given most often; of equals the first by the alphabet."""
    return min(names, key=lambda name: (-names[name], name))


def _usual_place(places: Counter[_Place]) -> _Place:
    """Where most posts say that a place is: country, latitude, longitude."""
    return min(places, key=lambda place: (-places[place], str(place)), default=(None, None, None))
