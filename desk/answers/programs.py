"""`jejak actors`, `campaigns` and `links`: what connecting found, one object a line for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casefile.case import Case
from casefile.records import Actor, Campaign, Connections, Link, LinkKind
from desk import terminal
from desk.answers.shown import cut, day
from desk.names import called_names

_TOLD_ENOUGH = 0.3  # of the posts that tell the most told destination; what fewer tell may be a slip or a lure
_SUSPECT = 0.5  # whose offers score less is called an advertiser: most job offers are honest
_SHOWN = 6
_TEMPLATE_SHOWN = 100
_PLACE = "place:"
_NOTHING = "Nothing is connected yet. Collect posts (`jejak crawl`, `jejak import`), then run `jejak process`."


def actors(case: Case, as_json: bool) -> None:
    """Write every recruiter, the one on most posts first."""
    connections, named = case.store.connections(), PostNames(case)
    sent = _sends_to(connections.links)
    suspects = case.store.suspects()
    suspect = {actor.id: _suspect([suspects.get(post, 0.0) for post in actor.posts]) for actor in connections.actors}
    ranked = sorted(connections.actors, key=lambda actor: (-len(actor.posts), actor.id))
    if as_json:
        for actor in ranked:
            terminal.say_json(_actor(actor, suspect[actor.id], destinations(sent[actor.id]), named))
        return
    called = called_names(connections)
    rows = [
        (
            actor.name,
            _role(suspect[actor.id]),
            _shortened(called.get(i, i) for i in actor.identifiers),
            len(actor.posts),
            _shortened(called.get(place, place) for place in _told(sent[actor.id])),
            f"{actor.confidence:.2f}",
            day(actor.first_seen),
            day(actor.last_seen),
            actor.id,
        )
        for actor in ranked
    ]
    columns = ("who", "role", "contacts", "posts", "destinations", "confidence", "first", "last", "id")
    _table(columns, rows, ("posts", "confidence"))


def campaigns(case: Case, as_json: bool) -> None:
    """Write every text that was sent more than once, the one sent most often first."""
    connections, named = case.store.connections(), PostNames(case)
    found = connections.campaigns or _campaigns_of_texts(connections)
    ranked = sorted(found, key=lambda campaign: (-len(campaign.posts), campaign.id))
    if as_json:
        for campaign in ranked:
            terminal.say_json(
                {
                    "id": campaign.id,
                    "posts": named.of(campaign.posts),
                    "template": campaign.template,
                    "first_seen": _iso(campaign.first_seen),
                    "last_seen": _iso(campaign.last_seen),
                    "sources": campaign.sources,
                    "translation_of": campaign.translation_of,  # a hint, not a finding
                }
            )
        return
    rows = [
        (cut(c.template, _TEMPLATE_SHOWN), len(c.posts), day(c.first_seen), day(c.last_seen), c.id)
        for c in ranked
    ]  # fmt: skip
    _table(("text", "posts", "first", "last", "id"), rows, ("posts",))


def links(case: Case, kind: LinkKind | None, as_json: bool) -> None:
    """Write every link (of one kind), the surest first."""
    connections, named = case.store.connections(), PostNames(case)
    found = [link for link in connections.links if kind is None or link.kind is kind]
    ranked = sorted(found, key=lambda link: (-link.confidence, -len(link.posts), link.id))
    if as_json:
        for link in ranked:
            terminal.say_json(
                {
                    "from": link.from_id,
                    "to": link.to_id,
                    "kind": link.kind.value,
                    "confidence": link.confidence,
                    "posts": named.of(link.posts),
                    "role": link.role.value if link.role else None,
                    "first_seen": _iso(link.first_seen),
                    "last_seen": _iso(link.last_seen),
                }
            )
        return
    called = called_names(connections)
    rows = [
        (
            called.get(link.from_id, link.from_id),
            link.kind.value,
            called.get(link.to_id, link.to_id),
            f"{link.confidence:.2f}",
            len(link.posts),
            day(link.first_seen),
            day(link.last_seen),
        )
        for link in ranked
    ]
    _table(("from", "kind", "to", "confidence", "posts", "first", "last"), rows, ("confidence", "posts"))


class PostNames:
    """What programs call a post: the id that its file or site gave it, or ours where that is missing or not its own."""

    def __init__(self, case: Case) -> None:
        self._native = case.store.native_ids()

    def of(self, post_ids: Iterable[str]) -> list[str]:
        """The names of these posts, in their order."""
        return [self._native.get(post_id, post_id) for post_id in post_ids]


def destinations(links: Sequence[Link]) -> list[dict[str, str | None]]:
    """Where these `sends_to` links lead, the most told first, without what hardly a post says.

    A country counts every post that names it or a place in it; `place` is None where only the country is told.
    """
    places = _told(links)
    towns = {place.partition("/")[0] for place in places if "/" in place}
    kept = [place for place in places if "/" in place or place not in towns]
    return [_destination(place) for place in kept]


def _told(links: Iterable[Link]) -> list[str]:
    """The ids of the places that are told often enough, the most told first."""
    tellers: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.to_id.startswith(_PLACE):
            tellers[link.to_id].update(link.posts)
    by_country: dict[str, set[str]] = defaultdict(set)
    for place, posts in tellers.items():
        by_country[place.partition("/")[0]] |= posts
    countries = _often(by_country)
    return [place for place in _often(tellers) if place.partition("/")[0] in countries]


def _often(tellers: Mapping[str, set[str]]) -> list[str]:
    most = max(map(len, tellers.values()), default=0)
    often = [name for name, posts in tellers.items() if len(posts) >= _TOLD_ENOUGH * most]
    return sorted(often, key=lambda name: (-len(tellers[name]), name))


def _destination(place: str) -> dict[str, str | None]:
    country, _, town = place.removeprefix(_PLACE).partition("/")
    return {"country": country, "place": town or None}


def _sends_to(links: Iterable[Link]) -> dict[str, list[Link]]:
    sent: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.kind is LinkKind.SENDS_TO:
            sent[link.from_id].append(link)
    return sent


def _suspect(scores: Sequence[float]) -> float:
    """How suspect posts are together: the mean of the more suspect half (one harmless advert clears nobody)."""
    upper = sorted(scores, reverse=True)[: (len(scores) + 1) // 2]
    return round(sum(upper) / len(upper), 6) if upper else 0.0


def _role(suspect: float) -> str:
    return "recruiter" if suspect >= _SUSPECT else "advertiser"


def _actor(actor: Actor, suspect: float, sent: list[dict[str, str | None]], named: PostNames) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "role": _role(suspect),
        "suspect": suspect,
        "identifiers": list(actor.identifiers),
        "posts": named.of(actor.posts),
        "destinations": sent,
        "confidence": actor.confidence,
        "first_seen": _iso(actor.first_seen),
        "last_seen": _iso(actor.last_seen),
        "network": actor.network,
    }


def _campaigns_of_texts(connections: Connections) -> list[Campaign]:
    """Texts repeated word by word, for a case that was connected before campaigns were looked for."""
    posts: dict[str, dict[str, None]] = defaultdict(dict)
    for link in connections.links:
        if link.kind is LinkKind.SAME_TEXT:
            posts[link.to_id].update(dict.fromkeys(link.posts))
    texts = {entity.id: entity for entity in connections.entities}
    return [
        Campaign(
            id=text,
            posts=tuple(proof),
            template=texts[text].name if text in texts else "",
            first_seen=texts[text].first_seen if text in texts else None,
            last_seen=texts[text].last_seen if text in texts else None,
        )
        for text, proof in posts.items()
    ]


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]], numbers: Sequence[str]) -> None:
    if rows:
        terminal.table(columns, rows, numbers=numbers)
    else:
        terminal.say(_NOTHING)


def _shortened(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:_SHOWN]) + (f" +{len(shown) - _SHOWN}" if len(shown) > _SHOWN else "")


def _iso(at: Any) -> str | None:
    return at.isoformat() if at else None
