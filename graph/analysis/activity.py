"""What recruiters did over time: how much they posted, and when their numbers and destinations changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from casefile.identity import entity_id
from casefile.records import Actor, ReadPost, Role
from graph.analysis.places import places_told
from graph.analysis.witnesses import told_time
from graph.observation import offers_work
from graph.settings import GraphSettings, load_settings
from graph.telling import finest

_MOST_STEPS = 40  # lines of a table that a person still reads
_LAST_COPIES = timedelta(days=2)  # an old number is still copied a little while after a new one came


class Unit(StrEnum):
    """The step in which posts are counted."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class EventKind(StrEnum):
    """What is told of a recruiter's contacts and destinations."""

    BEGAN = "began"
    CHANGED = "changed number"
    ADDED = "added a contact"
    MOVED = "new destination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One day, week or month (by its first day): the posts in it, how many texts and sources."""

    start: date
    posts: tuple[str, ...]
    texts: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something new: `now` (a contact, a place) came up in `post`; `before` is the contact that it took the place of.

    `posts` counts the posts that give it, then and later: what one post says may be a slip.
    """

    at: datetime
    kind: EventKind
    actor: str
    now: str
    post: str
    posts: int
    before: str | None = None
    last_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What recruiters did over time. `undated` posts tell no date: they count when they were first seen."""

    unit: Unit
    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    undated: int


@dataclass(slots=True)
class _Use:
    """When something was first and last given, and the post that gave it first."""

    first: datetime
    last: datetime
    post: str
    count: int = 1


@dataclass(slots=True)
class _Recruiter:
    contacts: dict[str, _Use] = field(default_factory=dict)
    places: dict[str, _Use] = field(default_factory=dict)


def activity_of(
    actors: Sequence[Actor],
    posts: Iterable[ReadPost],
    witness_of: Mapping[str, str],
    settings: GraphSettings | None = None,
) -> Activity:
    """The activity of these recruiters by their own job offers among `posts`."""
    sure = (settings or load_settings()).guards.sure_offer
    owners: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for post in actor.posts:
            owners[post].append(actor)
    kept: list[tuple[datetime, str, str, str]] = []
    seen: dict[str, _Recruiter] = defaultdict(_Recruiter)
    undated = 0
    dated = [(told_time(read), read) for read in posts if read.post.id in owners and offers_work(read.reading, sure)]
    for (at, told), read in sorted(dated, key=lambda one: (one[0][0], one[1].post.id)):
        undated += not told
        kept.append((at, read.post.id, witness_of.get(read.post.id, read.post.id), read.post.source))
        for actor in owners[read.post.id]:
            _note(seen[actor.id], actor, read, at)
    events = (event for actor in actors for event in _events(actor.id, seen[actor.id]))
    unit = _unit([at for at, *_ in kept])
    return Activity(
        unit=unit,
        steps=tuple(_steps(kept, unit)),
        events=tuple(sorted(events, key=lambda event: (event.at, event.actor, event.kind, event.now))),
        undated=undated,
    )


def _note(recruiter: _Recruiter, actor: Actor, read: ReadPost, at: datetime) -> None:
    given = {entity_id(mention) for mention in read.reading.mentions if not mention.attributes.get("negated")}
    for contact in given.intersection(actor.identifiers):
        _use(recruiter.contacts, str(contact), at, read.post.id)
    for place in places_told(read)[Role.DESTINATION]:
        _use(recruiter.places, place, at, read.post.id)


def _use(uses: dict[str, _Use], identity: str, at: datetime, post: str) -> None:
    use = uses.get(identity)
    if use is None:
        uses[identity] = _Use(at, at, post)
    else:
        use.last, use.count = at, use.count + 1


def _events(actor: str, seen: _Recruiter) -> Iterator[Event]:
    contacts = sorted(seen.contacts, key=lambda contact: (seen.contacts[contact].first, contact))
    replaced: set[str] = set()
    for contact in contacts:
        use = seen.contacts[contact]
        earlier = [one for one in contacts if seen.contacts[one].first < use.first]
        before = _predecessor(contact, [one for one in earlier if one not in replaced], seen.contacts)
        if before:
            replaced.add(before)
        kind = EventKind.CHANGED if before else EventKind.ADDED if earlier else EventKind.BEGAN
        last = seen.contacts[before].last if before else None
        yield Event(
            at=use.first,
            kind=kind,
            actor=actor,
            now=contact,
            post=use.post,
            posts=use.count,
            before=before,
            last_before=last,
        )
    yield from _moves(actor, seen.places)


def _predecessor(contact: str, earlier: Sequence[str], uses: Mapping[str, _Use]) -> str | None:
    """The contact of the same sort that was given no more when this one came; of several the one given last."""
    sort = contact.partition(":")[0]
    gone = [
        one
        for one in earlier
        if one.partition(":")[0] == sort
        and uses[one].last <= uses[contact].first + _LAST_COPIES
        # What went on longer than what came is no change for good.
        and uses[one].last < uses[contact].last
    ]
    return max(gone, key=lambda one: (uses[one].last, one), default=None)


def _moves(actor: str, places: Mapping[str, _Use]) -> Iterator[Event]:
    """Destinations that came later than the first; a country goes without saying where a place in it is told."""
    named = finest(places)
    began = min((places[place].first for place in named), default=None)
    for place in named:
        use = places[place]
        if use.first != began:
            yield Event(at=use.first, kind=EventKind.MOVED, actor=actor, now=place, post=use.post, posts=use.count)


def _unit(times: Sequence[datetime]) -> Unit:
    """The finest step that leaves no more steps than a person reads, most of them with posts in them."""
    days = (max(times) - min(times)).days if times else 0
    if days <= _MOST_STEPS // 2:
        return Unit.DAY
    return Unit.WEEK if days <= _MOST_STEPS * 7 and 7 * len(times) >= 2 * days else Unit.MONTH


def _steps(kept: Sequence[tuple[datetime, str, str, str]], unit: Unit) -> Iterator[Step]:
    """Every step from the first to the last, those without posts too."""
    inside: dict[date, list[tuple[datetime, str, str, str]]] = defaultdict(list)
    for one in kept:
        inside[_start(one[0].date(), unit)].append(one)
    at = min(inside, default=None)
    while at is not None and at <= max(inside):
        found = inside.get(at, [])
        yield Step(
            start=at,
            posts=tuple(post for _, post, _, _ in found),
            texts=len({witness for _, _, witness, _ in found}),
            sources=len({source for *_, source in found}),
        )
        at = _start(at + {Unit.DAY: timedelta(1), Unit.WEEK: timedelta(7), Unit.MONTH: timedelta(31)}[unit], unit)


def _start(day: date, unit: Unit) -> date:
    if unit is Unit.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit is Unit.WEEK else day
