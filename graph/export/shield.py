"""What may leave: only what job offers name. Who asks for help, warns, or is named by others stays in the case.

| does not leave                                              | because                                    |
|-------------------------------------------------------------|--------------------------------------------|
| entities that no job offer names                            | named only in warnings, news, pleas, talk  |
| persons that a plea names too                               | may be the one who is harmed               |
| accounts that wrote a plea                                  | a victim may have been made to recruit     |
| pleas as proof of a link; links that rest on nothing else   | their text tells who asks for help         |
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casefile.identity import entity_id
from casefile.records import Connections, Label, Link, PostKind, ReadPost
from graph.entities import ACCOUNT, SOURCE, TEXT
from graph.observation import account_of, offers_work
from graph.settings import GraphSettings, load_settings


def shield(connections: Connections, posts: Iterable[ReadPost], settings: GraphSettings | None = None) -> Connections:
    """The connections that may be exported; `posts` are all read posts of the case."""
    sure_offer = (settings or load_settings()).guards.sure_offer
    offered: set[str] = set()
    pleading: set[str] = set()
    pleas: set[str] = set()
    for read in posts:
        named = {found for mention in read.reading.mentions if (found := entity_id(mention))}
        if offers_work(read.reading, sure_offer):
            offered |= named
        elif read.reading.kind is PostKind.PLEA:
            pleas.add(read.post.id)
            pleading |= named | {account_of(read.post) or ""}
    entities = tuple(
        entity
        for entity in connections.entities
        if (entity.id in offered or entity.label in (SOURCE, ACCOUNT, TEXT))
        and not (entity.label in (ACCOUNT, Label.PERSON) and entity.id in pleading)
    )
    left = {entity.id for entity in entities} | {actor.id for actor in connections.actors}
    links = (_without(link, pleas) for link in connections.links if link.from_id in left and link.to_id in left)
    networks = tuple(
        replace(
            network,
            members=tuple(filter(left.__contains__, network.members)),
            destinations=tuple(filter(left.__contains__, network.destinations)),
            origins=tuple(filter(left.__contains__, network.origins)),
        )
        for network in connections.networks
    )
    return Connections(
        entities=entities,
        actors=connections.actors,
        links=tuple(link for link in links if link.posts),
        networks=networks,
    )


def _without(link: Link, pleas: set[str]) -> Link:
    kept = tuple(post for post in link.posts if post not in pleas)
    return link if len(kept) == len(link.posts) else replace(link, posts=kept)
