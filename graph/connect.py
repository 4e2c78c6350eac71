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
from casefile.records import Connections, Link, Network, ReadPost
from graph.actors import find_actors, find_joins
from graph.ascribing import Ascriber, judged_links
from graph.campaign_records import Read, find_campaigns
from graph.campaigns import CampaignIndex
from graph.centrality import betweenness, degrees
from graph.entities import find_entities
from graph.ground import MemoryGround
from graph.joins import Joiner
from graph.ledger import Ledger
from graph.links import said_by_itself
from graph.networks import find_networks, find_sharers
from graph.observation import Observation, observe, opening_of
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
    found = find_actors(nodes, find_joins(nodes, joiner, judged), joiner, settings, judged)
    actors = [recruiter.actor for recruiter in found]
    actor_of = {node: recruiter.actor.id for recruiter in found for node in recruiter.nodes}
    ascriber = Ascriber(ground, joiner, actor_of.get, settings, judged)
    links = [link for actor in actors for link in ascriber.links_of(actor)]
    links += judged_links(_links_of_posts(posts, settings), judged)
    entities = find_entities(posts, titles, {link.to_id for link in links if link.to_id.startswith("text:")})
    sharers = find_sharers(links, ascriber.actors_by_contact(actors))
    by_id = {post.post_id: post for post in posts}
    networks = find_networks(by_id, lambda identity: entities[identity].name, actors, sharers, settings.networks)
    network_of = {member: network.id for network in networks for member in network.members}
    neighbours, between = degrees(links), _betweenness_in(networks, links, settings)
    return Connections(
        entities=tuple(
            replace(
                entity,
                network=network_of.get(entity.id),
                degree=neighbours.get(entity.id, 0),
                betweenness=between.get(entity.id, 0.0),
            )
            for entity in entities.values()
        ),
        actors=tuple(replace(actor, network=network_of.get(actor.id)) for actor in actors),
        links=tuple(sorted(links, key=lambda link: link.id)),
        networks=tuple(networks),
    )


def _links_of_posts(posts: Iterable[Observation], settings: GraphSettings) -> Iterator[Link]:
    ledger = Ledger()
    for post in posts:
        for said in said_by_itself(post, settings):
            ledger.enter(post, said)
    return ledger.links()


def _betweenness_in(networks: Iterable[Network], links: Iterable[Link], settings: GraphSettings) -> dict[str, float]:
    network_of = {member: network.id for network in networks for member in network.members}
    inside: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.from_id in network_of:
            inside[network_of[link.from_id]].append(link)
    between: dict[str, float] = {}
    for network in networks:
        between |= betweenness(network.members, inside[network.id], settings.centrality, settings.networks.seed)
    return between


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
