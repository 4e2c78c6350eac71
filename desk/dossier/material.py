"""What a dossier is made of: one network or recruiter, its posts and ties, without what the recipient may not have."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from casefile.case import Case
from casefile.errors import ExportRefused, NotFound
from casefile.judgements import in_force
from casefile.records import Actor, Connections, Network, ReadPost
from desk import names
from desk.handing_over.held_back import HeldBack
from desk.report.tally import NetworkTally, Tally, tally_posts
from desk.report.ties import Ties, by_network
from graph.analysis.hidden import without_hidden
from graph.analysis.witnesses import witnesses_of

_MORE = re.compile(r" and (\d+) more contacts?$")  # how connecting names a recruiter, in English
_NETWORK, _ACTOR = "network:", "actor:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the dossier is about; a recruiter stands here as a network of one."""

    network: Network
    is_network: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The subject with all that its posts say."""

    subject: Subject
    connections: Connections
    reads: tuple[ReadPost, ...]  # its job offers
    tally: Tally
    ties: Ties
    held: HeldBack

    @property
    def counted(self) -> NetworkTally:
        """What its posts say, counted."""
        return self.tally.networks[self.subject.network.id]

    def may_be_told(self, identity: str) -> bool:
        """Whether the recipient may know of an entity, be it under a pseudonym."""
        return _may_be_told(identity, self.held)


def find_subject(connections: Connections, typed: str) -> Subject:
    """The network or recruiter that was meant: an id, a network's place in the list, a name, a contact. Raises NotFound."""
    if not typed.startswith(_ACTOR):
        try:
            found = names.find_network(connections, typed)
        except NotFound:
            if typed.startswith(_NETWORK):
                raise
        else:
            network = next(one for one in connections.networks if one.id == found)
            return Subject(network=network, is_network=True)
    return Subject(network=_alone(names.find_actor(connections, typed)), is_network=False)


def _alone(actor: Actor) -> Network:
    return Network(
        id=actor.id,
        name=actor.name,
        members=(actor.id, *actor.identifiers),
        posts=actor.posts,
        destinations=actor.destinations,
        origins=(),
        suspect=actor.suspect,
        first_seen=actor.first_seen,
        last_seen=actor.last_seen,
    )


def gather(case: Case, connections: Connections, subject: Subject, held: HeldBack) -> Material:
    """Read the posts of the subject. Raises ExportRefused where none of them may prove anything to others."""
    hidden = in_force(case.judgements()).hidden
    wanted = [post for post in subject.network.posts if post in held.named.offers and post not in hidden]
    reads = tuple(without_hidden(case.store.read_posts(wanted), hidden)) if wanted else ()
    if not reads:
        raise ExportRefused(
            "Nothing would stand in it: no job offer that may leave proves anything of this subject.",
            "`jejak show CASE ID` shows what it rests on.",
        )
    tally = tally_posts(reads, [subject.network], {}, witnesses_of(connections))
    [ties] = by_network(connections, tally, [subject.network])
    return Material(
        subject=subject,
        connections=connections,
        reads=reads,
        tally=tally,
        ties=_told(ties, held),
        held=held,
    )


def _told(ties: Ties, held: HeldBack) -> Ties:
    """The ties with every name as the recipient may know it; what is left out for them is left out of the links."""
    links = [link for link in ties.links if all(_may_be_told(end, held) for end in (link.from_id, link.to_id))]
    actors = [
        replace(actor, identifiers=tuple(one for one in actor.identifiers if _may_be_told(one, held)))
        for actor in ties.actors
    ]
    told = {}
    for identity, name in ties.names.items():
        pseudonym = held.instead.get(identity)
        told[identity] = pseudonym.name if pseudonym else held.finder.redact(_MORE.sub(r" +\1", name))
    return replace(ties, links=links, actors=actors, names=told)


def _may_be_told(identity: str, held: HeldBack) -> bool:
    return held.instead.get(identity, identity) is not None


def work_named(reads: tuple[ReadPost, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """The jobs that offers name, in their own words, the most frequent first, each with the posts that name it."""
    spelt: dict[str, Counter[str]] = {}
    posts: dict[str, dict[str, None]] = {}
    for read in reads:
        for mention in read.reading.mentions:
            if mention.value == "job-title-named" and not mention.attributes.get("negated"):
                key = " ".join(mention.surface.casefold().split())
                spelt.setdefault(key, Counter())[mention.surface] += 1
                posts.setdefault(key, {})[read.post.id] = None
    ranked = sorted(posts, key=lambda key: (-len(posts[key]), key))
    return [(spelt[key].most_common(1)[0][0], tuple(posts[key])) for key in ranked]
