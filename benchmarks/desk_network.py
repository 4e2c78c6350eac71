"""A case with one large invented network, to see how quick its drawing is: nodes, links and communities as asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from benchmarks.synthetic import synthetic_posts
from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.identity import link_id
from casefile.records import Actor, Connections, CrawlOutcome, Entity, Label, Link, LinkKind, Network, ReadPost
from casefile.settings import CaseSettings
from casefile.store import connected
from pipeline.version import reading_version

NETWORK = "network:large"
_POSTS, _GROUP, _ACROSS = 500, 120, 0.05


def make_network_case(folder: Path, nodes: int, links: int) -> None:
    """A case with a network of so many members in communities of about 120; every link is proven by posts of the case."""
    settings = CaseSettings(title="One large network", purpose="Benchmark", legal_basis="None", contact="none")
    reads = list(synthetic_posts(_POSTS))
    with Case.create(folder, settings) as case:
        with case.keeper() as keeper:
            crawl = keeper.begin_crawl("xx_large")
            page = Exchange(url="https://large.example/", at=reads[0].first_seen, status=200, body=b"invented")
            keeper.keep_page("xx_large", crawl, page, [read.post for read in reads])
            keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
        case.store.save_readings([read.reading for read in reads], reading_version())
        with case.store.writing():
            connected.save(case.store.database, _connections(reads, nodes, links))


def _connections(reads: list[ReadPost], nodes: int, links: int) -> Connections:
    chance = random.Random(1)
    posts = [read.post.id for read in reads]
    actors = [f"actor:{number:05}" for number in range(nodes // 5)]
    contacts = [f"phone:+6281{number:09}" for number in range(nodes - len(actors))]
    by_group = [
        [actors[i::groups], contacts[i::groups]] for groups in (max(1, nodes // _GROUP),) for i in range(groups)
    ]
    found: dict[str, Link] = {}
    for link in _links(by_group, posts, reads, chance):
        found[link.id] = link
        if len(found) == links:
            break
    return Connections(
        entities=tuple(Entity(id=one, label=Label.PHONE, name=one.partition(":")[2], posts=1) for one in contacts),
        actors=tuple(
            Actor(id=one, name=f"recruiter {one[6:]}", identifiers=(contact,), posts=tuple(posts[:3]), confidence=0.8, network=NETWORK)
            for one, contact in zip(actors, contacts, strict=False)
        ),
        links=tuple(found.values()),
        networks=(
            Network(
                id=NETWORK, name="One large invented network", members=(*actors, *contacts), posts=tuple(posts),
                destinations=(), origins=(), suspect=0.9, first_seen=reads[0].first_seen, last_seen=reads[-1].last_seen,
            ),
        ),
    )  # fmt: skip


def _links(
    groups: list[list[list[str]]], posts: list[str], reads: list[ReadPost], chance: random.Random
) -> Iterator[Link]:
    """Links from recruiters to contacts without end, nearly all inside a community; a few recruiters have most."""
    for number in count():
        actors, contacts = groups[number % len(groups)]
        if chance.random() < _ACROSS:
            contacts = chance.choice(groups)[1]
        one = actors[int(len(actors) * chance.random() ** 2)]
        other, kind = chance.choice(contacts), chance.choice((LinkKind.USES_CONTACT, LinkKind.MENTIONS))
        seen = reads[0].first_seen + timedelta(days=chance.randrange(300))
        yield Link(
            id=link_id(one, kind, other), from_id=one, to_id=other, kind=kind, confidence=round(chance.uniform(0.3, 1), 2),
            posts=tuple(chance.sample(posts, chance.randint(1, 4))), first_seen=seen, last_seen=seen + timedelta(days=20),
        )  # fmt: skip
