"""What a digest says. It may leave the case, so it holds no text of a post, and of contacts only those of recruiters.

Whoever asks for help, warns or is named by others is counted, never named (`desk.report.shield`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casefile.alerts import Alert
from casefile.case import Case
from casefile.judgements import in_force
from casefile.records import Connections, PostKind, ReadPost
from casefile.settings import Handling
from desk.names import called_names
from desk.report.shield import entities_offered, is_sign, names_a_recruiter, told_kind
from desk.schedule.showing import SourceState, source_states
from desk.telling import shielded

_MOST_OFFERS, _MOST_NETWORKS = 10, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A new job offer: where it was found, whose contacts it gives, where it sends people."""

    id: str
    source: str
    first_seen: datetime
    suspect: float
    contacts: tuple[str, ...]
    places: tuple[str, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkNews:
    """A network with new posts; `is_new` when all of its posts are."""

    id: str
    name: str
    is_new: bool
    new_posts: int
    posts: int
    destinations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What happened in a case from `since` until `until`. `kinds` counts the new posts, `unread` those not read yet."""

    title: str
    handling: Handling
    since: datetime
    until: datetime
    kinds: Mapping[PostKind, int]
    unread: int
    gone: int
    offers: tuple[Offer, ...]
    networks: tuple[NetworkNews, ...]
    alerts: tuple[dict[str, Any], ...]
    sources: tuple[SourceState, ...]
    problems: int

    @property
    def new_posts(self) -> int:
        """How many posts were seen for the first time."""
        return sum(self.kinds.values()) + self.unread

    @property
    def unwell(self) -> tuple[SourceState, ...]:
        """The sources that somebody should look at."""
        return tuple(source for source in self.sources if source.trouble)


def gather(case: Case, since: datetime, until: datetime) -> Digest:
    """What happened in this time."""
    from graph.analysis.hidden import without_hidden

    ids = case.store.posts_first_seen(since, until)
    hidden = in_force(case.judgements()).hidden
    reads = list(without_hidden(case.store.read_posts(ids), hidden)) if ids else []
    connections = case.store.connections()
    book = case.alert_book()
    alerts = [alert for alert in book.alerts() if since <= alert.at < until]
    return Digest(
        title=case.settings.title,
        handling=case.settings.handling,
        since=since,
        until=until,
        kinds=Counter(told_kind(read) for read in reads),
        unread=len(set(ids) - hidden) - len(reads),
        gone=len(case.store.posts_gone(since, until)),
        offers=tuple(_offers(reads, connections)),
        networks=tuple(_networks(set(ids), connections)),
        alerts=_told(case, alerts),
        sources=source_states(case),
        problems=sum(since <= problem.at < until for problem in case.store.problems()),
    )


def _told(case: Case, alerts: Sequence[Alert]) -> tuple[dict[str, Any], ...]:
    return shielded(case, alerts) if alerts else ()


def _offers(reads: Iterable[ReadPost], connections: Connections) -> list[Offer]:
    """The most suspect of the new job offers."""
    called = called_names(connections)
    recruiting = {contact for actor in connections.actors for contact in actor.identifiers}
    offers = sorted(
        (read for read in reads if names_a_recruiter(read)), key=lambda read: (-read.reading.suspect, read.post.id)
    )
    return [_offer(read, called, recruiting) for read in offers[:_MOST_OFFERS]]


def _offer(read: ReadPost, called: Mapping[str, str], recruiting: set[str]) -> Offer:
    offered = dict.fromkeys(entities_offered(read))
    signs = dict.fromkeys(mention.value for mention in read.reading.mentions if is_sign(mention))
    return Offer(
        id=read.post.id,
        source=read.post.source,
        first_seen=read.first_seen,
        suspect=read.reading.suspect,
        contacts=tuple(called.get(one, one) for one in offered if one in recruiting),
        places=tuple(called.get(one, one) for one in offered if one.startswith("place:")),
        signs=tuple(str(sign) for sign in signs),
    )


def _networks(new: set[str], connections: Connections) -> list[NetworkNews]:
    """The networks with new posts, the new ones and those with most first."""
    called = called_names(connections)
    counted = [(network, len(new.intersection(network.posts))) for network in connections.networks]
    news = [
        NetworkNews(
            id=network.id,
            name=network.name,
            is_new=count == len(network.posts),
            new_posts=count,
            posts=len(network.posts),
            destinations=tuple(called.get(place, place) for place in network.destinations),
        )
        for network, count in counted
        if count
    ]
    return sorted(news, key=lambda one: (not one.is_new, -one.new_posts, one.id))[:_MOST_NETWORKS]
