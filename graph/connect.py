"""From read posts to recruiters, links and networks: always the whole case, always the same result."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from casefile.case import Case
from casefile.errors import SettingsError
from casefile.progress import Progress, no_progress
from casefile.records import Connections, ReadPost
from graph.actors import find_actors
from graph.centrality import centralities
from graph.entities import find_entities
from graph.guards import everybodys_contacts
from graph.links import find_links
from graph.networks import find_networks
from graph.observation import Observation, observe
from graph.settings import GraphSettings, load_settings
from graph.texts import Texts, witnesses

_NO_TITLES: Mapping[str, str] = MappingProxyType({})
_TELL_EVERY = 500


def connect_case(case: Case, progress: Progress = no_progress) -> Connections:
    """Connect all read posts of a case and save the result in its store."""
    try:
        titles = {source.name: source.title for source in case.sources()}
    except SettingsError:
        # The crawl reports these mistakes; here the sources only lend their titles.
        titles = {}
    connections = connect(case.store.read_posts(), titles, progress=progress)
    case.store.save_connections(connections)
    return connections


def connect(
    posts: Iterable[ReadPost],
    titles: Mapping[str, str] = _NO_TITLES,
    settings: GraphSettings | None = None,
    progress: Progress = no_progress,
) -> Connections:
    """Entities, recruiters, links and networks, each ordered by id; the order of the posts does not matter.

    `titles` names the sources. The posts are read once and not kept: what is kept of each is an Observation.
    """
    with _no_collection():
        return _connect(posts, titles, settings or load_settings(), progress)


def _connect(
    posts: Iterable[ReadPost], titles: Mapping[str, str], settings: GraphSettings, progress: Progress
) -> Connections:
    texts = Texts(settings.texts)
    observations = _observe(posts, texts, settings.guards.sure_offer, progress)
    in_time = sorted(observations, key=lambda post: (post.captured, post.post_id))
    witness_of = witnesses({post.post_id: post.text for post in in_time}, texts)
    everybodys = everybodys_contacts(observations, witness_of, settings.guards)
    actors = find_actors(observations, everybodys, witness_of, settings)
    links = find_links(observations, actors, witness_of, settings.links)
    entities = find_entities(observations, links, witness_of, texts, titles)
    networks = find_networks(observations, entities, actors, links, witness_of, settings.networks)
    network_of = {member: network.id for network in networks for member in network.members}
    nodes = [*(entity.id for entity in entities), *(actor.id for actor in actors)]
    central = centralities(nodes, links, settings.centrality, settings.networks.seed)
    return Connections(
        entities=tuple(
            replace(
                entity,
                network=network_of.get(entity.id),
                degree=central[entity.id][0],
                betweenness=central[entity.id][1],
            )
            for entity in entities
        ),
        actors=tuple(replace(actor, network=network_of.get(actor.id)) for actor in actors),
        links=tuple(links),
        networks=tuple(networks),
    )


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


def _observe(posts: Iterable[ReadPost], texts: Texts, sure_offer: float, progress: Progress) -> list[Observation]:
    """The observations of all posts, ordered by post id."""
    observations = {}
    for done, read in enumerate(posts, 1):
        observations[read.post.id] = observe(read, texts, sure_offer)
        if done % _TELL_EVERY == 0:
            progress(done, None)
    progress(len(observations), len(observations))
    return [observations[post_id] for post_id in sorted(observations)]
