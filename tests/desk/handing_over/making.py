"""A case of invented posts, each with what was read in it, connected; and every byte of what leaves it, unpacked."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from pyarrow import parquet

from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.records import CrawlOutcome, Post, ReadPost
from graph.connect import connect
from graph.export.formats import ExportFormat
from tests.casefile.making import save_connections
from tests.graph.making import START

ALL_BUT_PAGES = tuple(one for one in ExportFormat if one is not ExportFormat.WACZ)


def fill(case: Case, posts: Sequence[ReadPost]) -> None:
    """Keep the posts in the case as crawls would, read and connect them."""
    with case.keeper() as keeper:
        for source in dict.fromkeys(read.post.source for read in posts):
            crawl = keeper.begin_crawl(source)
            for read in posts:
                if read.post.source == source:
                    keeper.keep_page(source, crawl, page_of(read.post), [read.post])
            keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
    case.store.save_readings([read.reading for read in posts], "test")
    save_connections(case.store, connect(list(case.store.read_posts())))


def page_of(post: Post) -> Exchange:
    """The page on which a post stood."""
    return Exchange(url=post.url or f"https://{post.source}.example/", at=START, status=200, body=post.text.encode())


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All that leaves, by name: the files, what is packed in them, and the cells of what is compressed."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if path.is_file():
            yield path.name, path.name.encode() + b"\n" + path.read_bytes()
            yield from unpacked(path)


def unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    """What is inside a container."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield f"{path.name}/{name}", name.encode() + b"\n" + packed.read(name)
    if path.suffix == ".wacz":
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.endswith(".gz"):
                    yield f"{path.name}/{name} records", gzip.decompress(packed.read(name))
    if path.suffix == ".parquet":
        yield (
            f"{path.name} cells",
            json.dumps(parquet.read_table(path).to_pylist(), default=str, ensure_ascii=False).encode(),
        )
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as database:
            yield f"{path.name} cells", "\n".join(database.iterdump()).encode()
