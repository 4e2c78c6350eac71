"""One pass over all posts of a case: everything that the report counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casefile.identity import entity_id
from casefile.progress import Progress, no_progress
from casefile.records import Label, Mention, Network, PostKind, ReadPost
from desk.report.shield import entities_offered, is_sign, is_unclear, names_a_recruiter, told_kind

_TELL_EVERY = 500
_FLOW_ENDS = 6  # places of one role that count in one post: a list of the whole world is no route


@dataclass(slots=True)
class Seen:
    """How many, and from when to when."""

    posts: int = 0
    offers: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def add(self, read: ReadPost) -> None:
        """Count one post."""
        self.posts += 1
        self.offers += names_a_recruiter(read)
        at = when(read)
        self.first = min(self.first or at, at)
        self.last = max(self.last or at, at)


@dataclass(slots=True)
class Place:
    """A place in one role in one network."""

    id: str
    role: str
    name: str
    country: str
    kind: str
    lat: float | None
    lon: float | None
    confidence: float = 0.0
    posts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Pay:
    """What is promised in one currency for one period."""

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class NetworkTally:
    """What the posts of one network say, counted."""

    offers: list[str] = field(default_factory=list)
    context: list[tuple[PostKind, str]] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    moments: list[tuple[datetime, PostKind]] = field(default_factory=list)
    undated: int = 0
    signs: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    pay: dict[tuple[str, str], Pay] = field(default_factory=lambda: defaultdict(Pay))
    flows: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Tally:
    """What all posts say, counted."""

    posts: int = 0
    gone: int = 0
    undated: int = 0
    unclear: int = 0
    kinds: Counter[PostKind] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sources: dict[str, Seen] = field(default_factory=lambda: defaultdict(Seen))
    moments: list[tuple[datetime, PostKind]] = field(default_factory=list)
    offered: set[str] = field(default_factory=set)
    offers: dict[str, tuple[datetime, float]] = field(default_factory=dict)  # post id -> when, how suspect
    networks: dict[str, NetworkTally] = field(default_factory=dict)


def when(read: ReadPost) -> datetime:
    """When the post was published, or first seen where the page did not tell."""
    return read.post.published or read.first_seen


def tally_posts(
    posts: Iterable[ReadPost],
    networks: Sequence[Network],
    contacts: Mapping[str, str],
    campaigns: Mapping[str, str],
    progress: Progress = no_progress,
) -> Tally:
    """Count everything once; memory grows with the number of posts, not with their texts.

    `campaigns` names the campaign of each post that has one: its posts are one wording. `contacts` leads from a contact to the network whose recruiters use it: by that, warnings and pleas are found
    that belong beside a network.
    """
    tally = Tally(networks={network.id: NetworkTally() for network in networks})
    home = {post: network.id for network in networks for post in network.posts}
    for read in posts:
        _count(tally, read)
        if tally.posts % _TELL_EVERY == 0:
            progress(tally.posts, None)
        touched = {home[read.post.id]} if read.post.id in home else _touched(read, contacts)
        for network in touched:
            _count_in_network(tally.networks[network], read, campaigns)
    return tally


def _touched(read: ReadPost, contacts: Mapping[str, str]) -> set[str]:
    """The networks whose contacts a post names that offers no work."""
    if names_a_recruiter(read):
        return set()
    named = filter(None, map(entity_id, read.reading.mentions))
    return {contacts[entity] for entity in named if entity in contacts}


def _count(tally: Tally, read: ReadPost) -> None:
    kind = told_kind(read)
    tally.unclear += is_unclear(read)
    tally.posts += 1
    tally.kinds[kind] += 1
    tally.languages[read.reading.lang] += 1
    tally.gone += read.gone_at is not None
    tally.undated += read.post.published is None
    tally.sources[read.post.source].add(read)
    tally.moments.append((when(read), kind))
    if names_a_recruiter(read):
        tally.offered.update(entities_offered(read))
        tally.offers[read.post.id] = (when(read), read.reading.suspect)


def _count_in_network(network: NetworkTally, read: ReadPost, campaigns: Mapping[str, str]) -> None:
    network.moments.append((when(read), told_kind(read)))
    network.undated += read.post.published is None
    if not names_a_recruiter(read):
        network.context.append((told_kind(read), read.post.id))
        return
    network.offers.append(read.post.id)
    network.sources.add(read.post.source)
    network.texts.add(campaigns.get(read.post.id, read.post.id))
    goes_without_saying = _covered_countries(read)
    for mention in read.reading.mentions:
        if id(mention) not in goes_without_saying:
            _count_mention(network, mention, read.post.id)
    _count_flows(network, read, goes_without_saying)


def _covered_countries(read: ReadPost) -> set[int]:
    """The mentions of countries of which the post names a place in the same role: "Poipet, Cambodia" is Poipet."""
    places = [mention for mention in read.reading.mentions if mention.label is Label.LOC]
    finer = {(_end(place), place.value.partition("/")[0]) for place in places if "/" in place.value}
    return {id(place) for place in places if "/" not in place.value and (_end(place), place.value) in finer}


def _end(place: Mention) -> str:
    """The role of a place, a work site being a destination."""
    role = str(place.attributes.get("role") or "mention")
    return "destination" if role == "worksite" else role


def _count_mention(network: NetworkTally, mention: Mention, post: str) -> None:
    if is_sign(mention):
        title = str(mention.attributes.get("title") or mention.value.replace("-", " "))
        for ilo in str(mention.attributes.get("ilo") or "Not one of the ILO's indicators").split(";"):
            _once(network.signs[ilo.strip()][title], post)
    elif mention.label is Label.LOC:
        _once(_place(network, mention).posts, post)
    elif mention.label is Label.SALARY:
        _count_pay(network, mention, post)


def _place(network: NetworkTally, mention: Mention) -> Place:
    identity = entity_id(mention) or ""
    told = mention.attributes
    role = str(told.get("role") or "mention")
    place = network.places.get((identity, role))
    if place is None:
        place = network.places[identity, role] = Place(
            id=identity,
            role=role,
            name=str(told.get("name") or mention.surface),
            country=str(told.get("country") or mention.value.partition("/")[0]),
            kind=str(told.get("kind") or ""),
            lat=_number(told.get("lat")),
            lon=_number(told.get("lon")),
        )
    place.confidence = max(place.confidence, mention.confidence)
    return place


def _count_pay(network: NetworkTally, mention: Mention, post: str) -> None:
    told = mention.attributes
    pay = network.pay[str(told.get("currency") or "unknown currency"), str(told.get("period") or "")]
    amounts = [a for a in (_number(told.get("amount_min")), _number(told.get("amount_max"))) if a is not None]
    if amounts:
        pay.lows.append(min(amounts))
        pay.highs.append(max(amounts))
        _once(pay.posts, post)


def _count_flows(network: NetworkTally, read: ReadPost, left_out: set[int]) -> None:
    ends: dict[str, dict[str, None]] = {"origin": {}, "destination": {}}
    for mention in read.reading.mentions:
        if mention.label is Label.LOC and id(mention) not in left_out and _end(mention) in ends:
            ends[_end(mention)][entity_id(mention) or ""] = None
    for origin in list(ends["origin"])[:_FLOW_ENDS]:
        for destination in list(ends["destination"])[:_FLOW_ENDS]:
            if origin != destination:
                network.flows[origin, destination].append(read.post.id)


def _once(posts: list[str], post: str) -> None:
    """Posts come one after the other, so a post that was counted is the last one."""
    if not posts or posts[-1] != post:
        posts.append(post)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
