"""From read posts to recruiters, links and networks: always the same result, whatever was connected before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from casefile.case import Case
from casefile.errors import SettingsError
from casefile.identity import short_hash
from casefile.judgements import NOTHING_JUDGED, InForce, Pair, in_force
from casefile.progress import Progress, no_progress
from casefile.records import Connections, Link, Network, ReadPost
from casefile.store.connected import Kept
from casefile.store.texts import TextMemory
from graph.actors import Recruiter, find_actors, find_joins
from graph.ascribing import Ascriber, judged_links
from graph.campaign_records import Read, find_campaigns, tell_campaigns, with_hints
from graph.campaigns import CampaignIndex
from graph.centrality import betweenness, degrees
from graph.entities import find_entities
from graph.evidence import Join
from graph.garbage import no_collection
from graph.ground import MemoryGround
from graph.joins import Joiner
from graph.keeping import keep, keep_joins, keep_namesakes, keep_nodes, keep_standings
from graph.ledger import Ledger
from graph.links import said_by_itself
from graph.networks import actors_by_contact, find_networks, find_sharers
from graph.observation import Observation, draft_of
from graph.rejudging import read_judged, rejudged, write_judged
from graph.settings import GraphSettings, load_settings
from graph.texts import TextShape
from graph.translating import keep_wordings
from graph.update import NeedsRebuild, Update

_NO_TITLES: Mapping[str, str] = MappingProxyType({})
_TELL_EVERY = 500
_WORTH_AN_UPDATE = 0.2  # of all posts; when more changed, connecting everything anew costs less


class Connected(NamedTuple):
    """How much a case holds now, and whether all of it had to be connected anew."""

    actors: int
    links: int
    networks: int
    anew: bool


def connect_case(case: Case, progress: Progress = no_progress) -> Connected:
    """Connect what was read since the last time and save the result: the same as if all were connected anew.

    All of it is connected anew the first time, after a change of settings, program, titles or of what is hidden, when
    more than a fifth changed, and where `Update` asks for it: when old posts came late, have another text now, or are gone, or a
    place is called otherwise.
    """
    try:
        titles = {source.name: source.title for source in case.sources()}
    except SettingsError:
        # The crawl reports these mistakes; here the sources only lend their titles.
        titles = {}
    judged, settings = in_force(case.judgements()), load_settings()
    state = _state(settings, titles, judged.hidden)
    anew = not _update(case, state, settings, titles, judged)
    if anew:
        _connect_anew(case, state, settings, titles, judged, progress)
    counts = case.store.counts()
    return Connected(counts["actors"], counts["links"], counts["networks"], anew)


def _update(case: Case, state: str, settings: GraphSettings, titles: Mapping[str, str], judged: InForce) -> bool:
    """Connect only what is new, if that is possible and worth it."""
    try:
        with case.store.writing():
            kept = Kept(case.store.database)
            changed, was_judged = kept.unconnected(), kept.judged()
            if kept.state() != state or not was_judged or len(changed) > _WORTH_AN_UPDATE * kept.count():
                return False
            index = CampaignIndex(settings.texts, TextMemory(case.store.database))
            update = Update(kept, index, case.store.read_posts, settings, titles, judged)
            update.run(changed, rejudged(read_judged(was_judged), judged))
            kept.set_state(state, write_judged(judged))
            return True
    except NeedsRebuild:
        return False


def _connect_anew(
    case: Case, state: str, settings: GraphSettings, titles: Mapping[str, str], judged: InForce, progress: Progress
) -> None:
    store = case.store
    with store.writing():
        kept, memory = Kept(store.database), TextMemory(store.database)
        connect_into(kept, memory, store.read_posts(), store.read_posts, titles, settings, progress, judged)
        kept.set_state(state, write_judged(judged))


def connect_into(
    kept: Kept,
    memory: TextMemory,
    posts: Iterable[ReadPost],
    read: Read,
    titles: Mapping[str, str] = _NO_TITLES,
    settings: GraphSettings | None = None,
    progress: Progress = no_progress,
    judged: InForce = NOTHING_JUDGED,
) -> Connections:
    """Connect all these posts, and keep the result and all that an `Update` needs; to be called inside a transaction."""
    settings = settings or load_settings()
    with no_collection():
        kept.begin()
        memory.forget()
        observed = _observe(posts, settings, progress, judged, CampaignIndex(settings.texts, memory))
        for number, (post, shape) in enumerate(observed):
            keep(kept, post, shape, settings, number)
        seen = [post for post, _ in observed]
        whole = _connect(seen, titles, settings, judged)
        told = list(tell_campaigns(seen, read))
        keep_wordings(kept, told)
        connections = replace(whole.connections, campaigns=tuple(with_hints(told)))
        _keep(kept, whole._replace(connections=connections), seen)
        kept.finish()
    return connections


def _state(settings: GraphSettings, titles: Mapping[str, str], hidden: Collection[str]) -> str:
    """What the result depends on besides posts and judgements: settings, the program, titles, and what is hidden."""
    program = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
    told = json.dumps([sorted(titles.items()), sorted(hidden)])
    return short_hash(settings.model_dump_json(), *program, told)


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
    with no_collection():
        settings = settings or load_settings()
        index = CampaignIndex(settings.texts)
        observed = [post for post, _ in _observe(posts, settings, progress, judged, index)]
        connections = _connect(observed, titles, settings, judged).connections
        return replace(connections, campaigns=tuple(find_campaigns(observed, read))) if read else connections


class _Whole(NamedTuple):
    """Everything that connecting all posts found."""

    connections: Connections
    recruiters: Sequence[Recruiter]
    joins: Mapping[Pair, Join]
    joiner: Joiner
    verdicts: Mapping[str, bool]


def _connect(
    posts: Sequence[Observation], titles: Mapping[str, str], settings: GraphSettings, judged: InForce
) -> _Whole:
    ground = MemoryGround(posts)
    joiner = Joiner(ground, settings, judged)
    nodes = [profile.node for contact in ground.contacts() for profile in joiner.profiles(contact)]
    joins = find_joins(nodes, joiner, judged)
    found = find_actors(nodes, joins, joiner, settings, judged)
    actors = [recruiter.actor for recruiter in found]
    actor_of = {node: recruiter.actor.id for recruiter in found for node in recruiter.nodes}

    def owner_of(contact: str, post: Observation) -> str | None:
        node = joiner.node(contact, post)
        return None if node is None else actor_of[node]

    ascriber = Ascriber(ground, owner_of, settings, judged)
    links = [link for actor in actors for link in ascriber.links_of(actor)]
    links += judged_links(_links_of_posts(posts, settings), judged)
    entities = find_entities(posts, titles, {link.to_id for link in links if link.to_id.startswith("text:")})
    sharers = find_sharers(links, actors_by_contact(actors))
    by_id = {post.post_id: post for post in posts}
    networks = find_networks(by_id, lambda identity: entities[identity].name, actors, sharers, settings.networks)
    network_of = {member: network.id for network in networks for member in network.members}
    neighbours, between = degrees(links), _betweenness_in(networks, network_of, links, settings)
    connections = Connections(
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
    return _Whole(
        connections, found, joins, joiner, {contact: joiner.is_nobodys(contact) for contact in ground.contacts()}
    )


def _keep(kept: Kept, whole: _Whole, posts: Sequence[Observation]) -> None:
    """Keep the result, and all that an `Update` needs besides the observations."""
    kept.replace_all(whole.connections)
    keep_nodes(kept, whole.recruiters, whole.joiner)
    keep_joins(kept, whole.joins.values())
    keep_standings(kept, whole.joiner)
    kept.joins.set_verdicts(sorted(whole.verdicts.items()))
    keep_namesakes(kept, posts)


def _links_of_posts(posts: Iterable[Observation], settings: GraphSettings) -> Iterator[Link]:
    ledger = Ledger()
    for post in posts:
        for said in said_by_itself(post, settings):
            ledger.enter(post, said)
    return ledger.links()


def _betweenness_in(
    networks: Iterable[Network], network_of: Mapping[str, str], links: Iterable[Link], settings: GraphSettings
) -> dict[str, float]:
    inside: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in links:
        if link.from_id in network_of:
            inside[network_of[link.from_id]].append((link.from_id, link.to_id))
    between: dict[str, float] = {}
    for network in networks:
        between |= betweenness(network.members, inside[network.id], settings.centrality, settings.networks.seed)
    return between


def _observe(
    posts: Iterable[ReadPost], settings: GraphSettings, progress: Progress, judged: InForce, index: CampaignIndex
) -> list[tuple[Observation, str | None]]:
    """The observations of all posts that are not hidden, in capture order, each with the key of its text's shape."""
    drafts: dict[str, tuple[Observation, TextShape]] = {}
    for done, read in enumerate(posts, 1):
        drafts[read.post.id] = draft_of(read, settings, judged.hidden)
        if done % _TELL_EVERY == 0:
            progress(done, None)
    progress(len(drafts), len(drafts))
    observed = []
    for draft, shape in sorted(drafts.values(), key=lambda pair: (pair[0].captured, pair[0].post_id)):
        witness = index.place(draft.post_id, shape)
        if draft.post_id not in judged.hidden:
            observed.append((draft.of_campaign(witness), shape.key))
    return observed
