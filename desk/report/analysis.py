"""What the offers of one network tell together: routes, key recruiters, changes, and texts sent many times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casefile.records import Connections, ReadPost
from desk.report.book import Book
from desk.report.model import Claim
from desk.report.networks import place_name
from desk.report.tally import Tally
from desk.report.ties import Ties
from desk.report.wording import count, day, listed
from graph.analysis.activity import Event, EventKind, activity_of
from graph.analysis.key_actors import KeyActor, find_key_actors
from graph.analysis.routes import Route, find_routes
from graph.analysis.witnesses import witnesses_of

_MOST_ROUTES, _MOST_KEYS, _MOST_CHANGES, _MOST_TEXTS = 12, 6, 20, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The claims of one network's analysis; empty where the posts tell nothing."""

    routes: tuple[Claim, ...]
    keys: tuple[Claim, ...]
    changes: tuple[Claim, ...]
    texts: tuple[Claim, ...]


def analyse_network(
    connections: Connections, ties: Ties, tally: Tally, book: Book, number: int, posts: Sequence[ReadPost]
) -> Analysis:
    """The analysis of one network by its job offers; what no offer names is not shown."""
    offers = [read for read in posts if read.post.id in tally.offers]
    teller = _Teller(connections, ties, tally, book, number)
    return Analysis(
        routes=tuple(teller.routes(offers)),
        keys=tuple(teller.keys()),
        changes=tuple(teller.changes(offers)),
        texts=tuple(teller.texts()),
    )


class _Teller:
    def __init__(self, connections: Connections, ties: Ties, tally: Tally, book: Book, number: int) -> None:
        self._connections, self._ties, self._tally = connections, ties, tally
        self._book, self._number = book, number
        self._places: Mapping[str, str] = {
            place.id: place_name(place) for place in tally.networks[ties.network.id].places.values()
        }

    def _claim(self, subject: str, statement: str, posts: Sequence[str]) -> Claim:
        moments = [self._tally.offers[post][0] for post in posts if post in self._tally.offers]
        return Claim(
            subject=subject,
            statement=statement,
            certainty="",
            first_seen=min(moments, default=None),
            last_seen=max(moments, default=None),
            refs=self._book.cite(self._number, posts),
        )

    def _place(self, identity: str) -> str:
        return self._places.get(identity) or self._ties.name(identity)

    def routes(self, offers: Sequence[ReadPost]) -> Iterator[Claim]:
        """From where, through where, and to where, as one offer each tells it."""
        for route in find_routes(offers, self._connections)[:_MOST_ROUTES]:
            ends = [route.origin, *route.transit, route.destination]
            way = " → ".join(self._place(place) if place else "origin not told" for place in ends)
            yield self._claim(way, _told(route), route.posts)

    def keys(self) -> Iterator[Claim]:
        """The recruiters on whom most depends, where there are several."""
        shown = {actor.id for actor in self._ties.actors}
        if len(shown) > 1:
            for key in find_key_actors(self._connections, self._ties.network)[:_MOST_KEYS]:
                if key.actor.id in shown:
                    yield self._claim(self._ties.name(key.actor.id), self._what_falls(key, len(shown)), key.actor.posts)

    def _what_falls(self, key: KeyActor, recruiters: int) -> str:
        others = "the other recruiter" if recruiters == 2 else f"the other {recruiters - 1} recruiters"
        told = [f"{others} fall into {len(key.parts)} parts" if len(key.parts) > 1 else f"{others} still hang together"]
        if lost := [post for post in key.posts_lost if post in self._tally.offers]:
            told.append(f"{count(len(lost), 'job offer')} would be gone")
        if places := [self._place(place) for place in key.destinations_lost if place in self._tally.offered]:
            told.append(f"nobody else sends to {listed(places)}")
        return "; ".join(told)

    def changes(self, offers: Sequence[ReadPost]) -> Iterator[Claim]:
        """New contacts and destinations, in the order of time; those at the beginning are not new."""
        activity = activity_of(self._ties.actors, offers, witnesses_of(self._connections))
        new = [event for event in activity.events if event.kind is not EventKind.BEGAN]
        for event in [event for event in new if event.now in self._tally.offered][:_MOST_CHANGES]:
            place = event.kind is EventKind.MOVED
            yield self._claim(
                self._place(event.now) if place else self._ties.name(event.now), self._change(event), [event.post]
            )

    def _change(self, event: Event) -> str:
        if event.kind is EventKind.MOVED:
            return "a new destination"
        if event.before and event.before in self._tally.offered:
            return f"took the place of {self._ties.name(event.before)}, last given on {day(event.last_before)}"
        return "a contact that was not given before"

    def texts(self) -> Iterator[Claim]:
        """Texts sent many times; only those of which every copy is a job offer: a quotation may come from a warner."""
        own = set(self._ties.network.posts)
        sent = [
            campaign
            for campaign in self._connections.campaigns
            if campaign.template
            and not own.isdisjoint(campaign.posts)
            and self._tally.offers.keys() >= set(campaign.posts)
        ]
        for campaign in sorted(sent, key=lambda one: (-len(one.posts), one.id))[:_MOST_TEXTS]:
            times = f"{count(len(campaign.posts), 'time')} on {count(campaign.sources, 'source')}"
            yield self._claim(campaign.template, times, campaign.posts)


def _told(route: Route) -> str:
    proof = f"{count(len(route.posts), 'job offer')} in {count(route.witnesses, 'wording')}"
    proof += f" from {count(route.sources, 'source')}"
    return proof if route.stated else f"inferred from the recruiter's other offers; {proof}"
