"""Routes: from where, through where and to where job offers send people, month by month.

Copies of a text are one witness. A destination is stated by the offer itself, or inferred: the offer tells only where
it looks for people, and its recruiter's other offers tell where they are sent. The two are never counted together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import NamedTuple

from casefile.records import Connections, ReadPost, Role
from graph.analysis.places import places_told
from graph.analysis.witnesses import told_time, witnesses_of
from graph.observation import offers_work
from graph.settings import GraphSettings, load_settings
from graph.telling import country_of

_MOST_ENDS = 6  # places of one role in one post: a list of the whole world is no route


class _Way(NamedTuple):
    """What makes two posts tell of one route."""

    month: str
    origin: str | None
    transit: tuple[str, ...]
    destination: str
    stated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A flow of people as offers tell it; ids of places, `transit` in the order of travel as far as it was told.

    `month` is such as 2026-03, or empty for all times together; `stated` is False where the destination is inferred.
    `witnesses` counts different texts, `sources` the sites they stand on, `undated` the posts that tell no date.
    """

    month: str
    origin: str | None
    transit: tuple[str, ...]
    destination: str
    stated: bool
    posts: tuple[str, ...]
    witnesses: int
    sources: int
    undated: int
    first_seen: datetime
    last_seen: datetime


@dataclass(slots=True)
class _Told:
    posts: list[str] = field(default_factory=list)
    witnesses: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    times: list[datetime] = field(default_factory=list)
    undated: int = 0


def find_routes(
    posts: Iterable[ReadPost],
    connections: Connections,
    *,
    by_month: bool = False,
    countries: bool = False,
    settings: GraphSettings | None = None,
) -> list[Route]:
    """The routes that these posts tell: the latest month first, those with an origin, those with most witnesses.

    With `countries`, places count as their countries. Posts that are no sure job offers tell no route.
    """
    sure = (settings or load_settings()).guards.sure_offer
    witness_of, inferred = witnesses_of(connections), _destinations_by_post(connections)
    told: dict[_Way, _Told] = defaultdict(_Told)
    for read in posts:
        if offers_work(read.reading, sure):
            at, dated = told_time(read)
            month = f"{at:%Y-%m}" if by_month else ""
            for way in _ways(read, month, inferred.get(read.post.id), countries=countries):
                account = told[way]
                account.posts.append(read.post.id)
                account.witnesses.add(witness_of.get(read.post.id, read.post.id))
                account.sources.add(read.post.source)
                account.times.append(at)
                account.undated += not dated
    found = sorted((_route(way, account) for way, account in told.items()), key=_order)
    return sorted(found, key=lambda route: route.month, reverse=True)


def _order(route: Route) -> tuple[bool, int, int, tuple[str, ...], bool]:
    places = (route.origin or "", *route.transit, route.destination)
    return route.origin is None, -route.witnesses, -len(route.posts), places, not route.stated


def _route(way: _Way, told: _Told) -> Route:
    return Route(
        month=way.month,
        origin=way.origin,
        transit=way.transit,
        destination=way.destination,
        stated=way.stated,
        posts=tuple(told.posts),
        witnesses=len(told.witnesses),
        sources=len(told.sources),
        undated=told.undated,
        first_seen=min(told.times),
        last_seen=max(told.times),
    )


def _destinations_by_post(connections: Connections) -> Mapping[str, str | None]:
    """Where the one recruiter of a post sends people most; None where there are several recruiters."""
    found: dict[str, str | None] = {}
    for actor in connections.actors:
        for post in actor.posts:
            found[post] = None if post in found else next(iter(actor.destinations), None)
    return found


def _ways(read: ReadPost, month: str, inferred: str | None, *, countries: bool) -> Iterator[_Way]:
    places = places_told(read, countries=countries)
    origins: list[str | None] = [*places[Role.ORIGIN][:_MOST_ENDS]]
    destinations, stated = places[Role.DESTINATION][:_MOST_ENDS], True
    transit = places[Role.TRANSIT][:_MOST_ENDS]
    if not destinations and (origins or transit) and inferred:
        destinations, stated = [country_of(inferred) if countries else inferred], False
    for origin, destination in product(origins or [None], destinations):
        if origin != destination:
            between = tuple(place for place in transit if place not in (origin, destination))
            yield _Way(month, origin, between, destination, stated)
