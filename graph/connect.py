"""From read posts to recruiters, links and networks: always the whole case, always the same result."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from casefile.case import Case
from casefile.errors import SettingsError
from casefile.judgements import NOTHING_JUDGED, InForce, in_force
from casefile.progress import Progress, no_progress
from casefile.records import Actor, Connections, Decision, Link, ReadPost
from graph.actors import find_actors, find_joins
from graph.campaign_records import Read, find_campaigns
from graph.campaigns import CampaignIndex
from graph.centrality import centralities
from graph.entities import find_entities
from graph.ground import MemoryGround
from graph.joins import Joiner
from graph.ledger import Ledger
from graph.links import links_of_actor, said_by_itself
from graph.networks import find_networks
from graph.observation import Named, Observation, observe, opening_of
from graph.settings import GraphSettings, load_settings
from graph.texts import TextShape, campaign_id, shape_of

_NO_TITLES: Mapping[str, str] = MappingProxyType({})
_TELL_EVERY = 500


def connect_case(case: Case, progress: Progress = no_progress) -> Connections:
    """Connect all read posts of a case and save the result in its store."""
    try:
        titles = {source.name: source.title for source in case.sources()}
    except SettingsError:
        # The crawl reports these mistakes; here the sources only lend their titles.
        titles = {}
    judged = in_force(case.judgements())
    connections = connect(case.store.read_posts(), titles, progress=progress, judged=judged, read=case.store.read_posts)
    case.store.save_connections(connections)
    return connections


def connect(
    posts: Iterable[ReadPost],
    titles: Mapping[str, str] = _NO_TITLES,
    settings: GraphSettings | None = None,
    progress: Progress = no_progress,
    judged: InForce = NOTHING_JUDGED,
    read: Read | None = None,
) -> Connections:
    """Entities, recruiters, links and networks, each ordered by id; the order of the posts does not matter.

    `titles` names the sources. The posts are read once and not kept: what is kept of each is an Observation. Campaigns
    are told where `read` can fetch some of their posts again.
    """
    with _no_collection():
        settings = settings or load_settings()
        observed = _observe(posts, settings, progress, judged)
        connections = _connect(observed, titles, settings, judged)
        return replace(connections, campaigns=tuple(find_campaigns(observed, read))) if read else connections


def _connect(
    posts: Sequence[Observation], titles: Mapping[str, str], settings: GraphSettings, judged: InForce
) -> Connections:
    ground = MemoryGround(posts)
    joiner = Joiner(ground, settings, judged)
    nodes = [profile.node for contact in ground.contacts() for profile in joiner.profiles(contact)]
    actors = find_actors(nodes, find_joins(nodes, joiner, judged), joiner, settings, judged)
    links = sorted(
        [*_links_of_actors(actors, joiner, ground, settings), *_links_of_posts(posts, settings)],
        key=lambda link: link.id,
    )
    links = list(_judged_links(links, {actor.id: actor for actor in actors}, judged))
    entities = find_entities(posts, titles, {link.to_id for link in links if link.to_id.startswith("text:")})
    networks = find_networks(posts, entities.values(), actors, links, settings.networks)
    network_of = {member: network.id for network in networks for member in network.members}
    nodes = [*entities, *(actor.id for actor in actors)]
    central = centralities(nodes, links, settings.centrality, settings.networks.seed)
    return Connections(
        entities=tuple(
            replace(
                entity,
                network=network_of.get(entity.id),
                degree=central[entity.id][0],
                betweenness=central[entity.id][1],
            )
            for entity in entities.values()
        ),
        actors=tuple(replace(actor, network=network_of.get(actor.id)) for actor in actors),
        links=tuple(links),
        networks=tuple(networks),
    )


def _links_of_actors(
    actors: Iterable[Actor], joiner: Joiner, ground: MemoryGround, settings: GraphSettings
) -> Iterator[Link]:
    actor_of: dict[str, str] = {}
    for actor in actors:
        for contact in actor.identifiers:
            for profile in joiner.profiles(contact):
                actor_of[profile.node] = actor.id

    crowds: dict[str, Mapping[str, Sequence[Named]]] = {}

    def actors_of(post: Observation) -> Mapping[str, Sequence[Named]]:
        if len(post.contacts) <= settings.guards.most_contacts:
            return _actors_of(post)
        if post.post_id not in crowds:
            crowds[post.post_id] = _actors_of(post)
        return crowds[post.post_id]

    def _actors_of(post: Observation) -> Mapping[str, Sequence[Named]]:
        found: dict[str, list[Named]] = defaultdict(list)
        for contact in post.contacts:
            node = joiner.node(contact.id, post)
            if node is not None and node in actor_of:
                found[actor_of[node]].append(contact)
        return found

    def repeated(witness: str) -> bool:
        return sum(post.offers_work for post in ground.posts(witness)) > 1

    for actor in actors:
        posts = {post.post_id: post for contact in actor.identifiers for post in ground.posts(contact)}
        in_time = sorted(posts.values(), key=lambda post: (post.captured, post.post_id))
        yield from links_of_actor(actor.id, in_time, actors_of, repeated, settings)


def _links_of_posts(posts: Iterable[Observation], settings: GraphSettings) -> Iterator[Link]:
    ledger = Ledger()
    for post in posts:
        for said in said_by_itself(post, settings):
            ledger.enter(post, said)
    return ledger.links()


def _judged_links(links: Iterable[Link], actors: Mapping[str, Actor], judged: InForce) -> Iterator[Link]:
    """Links without the rejected ones; confirmed ones are certain."""
    if not judged.rejected and not judged.confirmed:
        yield from links
        return
    for link in links:
        from_ids = actors[link.from_id].identifiers if link.from_id in actors else (link.from_id,)
        decision = judged.on_link(from_ids, link.kind, (link.to_id,))
        if decision is not Decision.REJECT:
            yield replace(link, confidence=1.0) if decision is Decision.CONFIRM else link


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of small records live here until the end and none is garbage: looking for it took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _observe(
    posts: Iterable[ReadPost], settings: GraphSettings, progress: Progress, judged: InForce
) -> list[Observation]:
    """The observations of all posts that are not hidden, in capture order."""
    drafts: dict[str, tuple[Observation, TextShape]] = {}
    for done, read in enumerate(posts, 1):
        mentions = read.reading.mentions
        drafts[read.post.id] = (
            observe(read, "", settings.guards, opening_of(read.post.text, mentions), judged.hidden),
            shape_of(read.post.text, mentions, settings.texts),
        )
        if done % _TELL_EVERY == 0:
            progress(done, None)
    progress(len(drafts), len(drafts))
    index = CampaignIndex(settings.texts)
    observations = []
    for draft, shape in sorted(drafts.values(), key=lambda pair: (pair[0].captured, pair[0].post_id)):
        witness = index.place(draft.post_id, shape)
        if draft.post_id not in judged.hidden:
            begins = witness == campaign_id(draft.post_id, telling=True)
            observations.append(replace(draft, witness=witness, opening=draft.opening if begins else ""))
    return observations
