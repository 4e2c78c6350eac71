"""Cases of synthetic posts, and what an index holds of them: what measurements and tests of indexing share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from benchmarks.synthetic import synthetic_posts
from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.records import CrawlOutcome, ReadPost
from casefile.search.elastic.generations import kinds
from casefile.settings import CaseSettings, ElasticSettings
from graph.connect import connect_case

SOURCE = "xx_bench"
_ON_A_PAGE = 50
_A_CRAWL = 100  # pages

Digests = dict[str, tuple[int, int]]


def make_case(folder: Path, posts: int, elastic: ElasticSettings) -> Path:
    """A case with synthetic posts, read and connected; returns its folder."""
    settings = CaseSettings(
        title="Synthetic", purpose="Speed", legal_basis="None", contact="desk@jejak.example", elastic=elastic
    )
    with Case.create(folder, settings) as case:
        pages = _pages(posts)
        while crawl := list(islice(pages, _A_CRAWL)):
            _keep(case, crawl)
            case.store.save_readings([read.reading for page in crawl for read in page], "synthetic")
        connect_case(case)
    return folder


def digests(client: Elasticsearch, prefix: str) -> Digests:
    """What a search sees of each kind: how many documents, and a sum over all their ids and fields.

    Two indices with the same digests hold the same documents, none of them twice.
    """
    client.indices.refresh(index=f"{prefix}-*")
    return {kind: _digest(client, f"{prefix}-{kind}") for kind in kinds()}


def _digest(client: Elasticsearch, index: str) -> tuple[int, int]:
    count = total = 0
    for hit in scan(client, index=index, size=2_000):
        told = json.dumps([hit["_id"], hit["_source"]], sort_keys=True).encode("utf-8", "surrogatepass")
        count, total = count + 1, total + int.from_bytes(hashlib.sha256(told).digest()[:8])
    return count, total


def _pages(posts: int) -> Iterator[list[ReadPost]]:
    made = synthetic_posts(posts)
    while page := list(islice(made, _ON_A_PAGE)):
        yield page


def _keep(case: Case, pages: list[list[ReadPost]]) -> None:
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        for page in pages:
            url = f"https://bench.example/{page[0].post.id}"
            exchange = Exchange(url=url, at=datetime.now(UTC), status=200, body=b"<p>page</p>")
            keeper.keep_page(SOURCE, crawl, exchange, [read.post for read in page])
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
