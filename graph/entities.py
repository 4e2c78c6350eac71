"""What the posts name, counted and dated; and their sources, accounts and repeated texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from casefile.records import Entity, Link, LinkKind
from graph.links import source_id
from graph.observation import Named, Observation
from graph.texts import Texts

T = TypeVar("T", str, tuple[float, float])

SOURCE, ACCOUNT, TEXT = "SOURCE", "ACCOUNT", "TEXT"
"""Labels of entities that no mention names."""


@dataclass(slots=True)
class _Sightings:
    label: str
    posts: int = 0
    first: datetime | None = None
    last: datetime | None = None
    names: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    coordinates: Counter[tuple[float, float]] = field(default_factory=Counter)

    def add(self, name: str, post: Observation) -> None:
        self.posts += 1
        self.first = min(self.first or post.at, post.at)
        self.last = max(self.last or post.at, post.at)
        self.names[name] += 1

    def add_place(self, named: Named) -> None:
        if named.country:
            self.countries[named.country] += 1
        if named.lat is not None and named.lon is not None:
            self.coordinates[named.lat, named.lon] += 1


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
            sightings.add_place(named)
    return [_entity(identity, seen[identity]) for identity in sorted(seen)]


def _beside(
    post: Observation, witness_of: Mapping[str, str], texts: Texts, titles: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    yield source_id(post.source), SOURCE, titles.get(post.source, post.source)
    if post.offers_work and post.account:
        yield post.account, ACCOUNT, post.author
    if post.offers_work and post.text:
        text = witness_of[post.post_id]
        yield text, TEXT, texts.template(text.partition(":")[2])


def _entity(identity: str, sightings: _Sightings) -> Entity:
    lat, lon = _usual(sightings.coordinates) or (None, None)
    return Entity(
        id=identity,
        label=sightings.label,
        name=_usual(sightings.names) or identity,
        posts=sightings.posts,
        first_seen=sightings.first,
        last_seen=sightings.last,
        country=_usual(sightings.countries),
        lat=lat,
        lon=lon,
    )


def _usual(counts: Counter[T]) -> T | None:
    """What was counted most often; of equals the smallest."""
    return min(counts, key=lambda one: (-counts[one], one), default=None)
