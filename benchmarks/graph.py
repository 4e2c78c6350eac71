"""Seconds and peak memory of connecting synthetic posts into a database, then of 1,000 new ones; each in its own process.

python -m benchmarks.graph [POSTS ...]
"""

from __future__ import annotations

import json
import pickle
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from benchmarks.synthetic import synthetic_posts
from casefile.judgements import NOTHING_JUDGED
from casefile.records import ReadPost
from casefile.store.connected import Kept
from casefile.store.database import open_database, transaction
from casefile.store.texts import TextMemory
from graph.campaigns import CampaignIndex
from graph.connect import connect_into
from graph.settings import load_settings
from graph.update import Update

_SIZES = (10_000, 100_000)
_NEW = 1_000


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(_measure(int(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or list(_SIZES)
    results = [_in_own_process(size) for size in sizes]
    for result in results:
        print(
            f"{result['posts']:>9,.0f} posts: {result['seconds']:6.1f} s of one core "
            f"({1e6 * result['seconds'] / result['posts']:4.0f} µs a post), peak {result['peak_mb']:5.0f} MB, "
            f"{result['file_mb']:,.0f} MB kept; {result['actors']:,.0f} recruiters, {result['links']:,.0f} links; "
            f"{_NEW:,} new posts: {result['update']:.1f} s, {100 * result['update'] / result['seconds']:.1f} %"
        )
    first, last = results[0], results[-1]
    ratio = (last["seconds"] / last["posts"]) / (first["seconds"] / first["posts"])
    print(f"cost of a post at {last['posts']:,.0f} against {first['posts']:,.0f}: {ratio:.2f} times")


def _in_own_process(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.graph", "--one", str(size)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


class _Posts:
    """Synthetic posts in a file, as a case has them: they take no memory, and reading them again takes its time."""

    def __init__(self, folder: Path, count: int) -> None:
        self._database = sqlite3.connect(folder / "posts.db")
        self._database.execute("CREATE TABLE posts (number INTEGER PRIMARY KEY, id TEXT UNIQUE, post BLOB)")
        rows = ((read.post.id, pickle.dumps(read)) for read in synthetic_posts(count))
        self._database.executemany("INSERT INTO posts (id, post) VALUES (?, ?)", rows)

    def first(self, count: int) -> Iterator[ReadPost]:
        """The first posts in capture order."""
        for row in self._database.execute("SELECT post FROM posts WHERE number <= ? ORDER BY number", (count,)):
            yield pickle.loads(row[0])

    def after(self, count: int) -> list[str]:
        """The ids of the posts after these."""
        query = "SELECT id FROM posts WHERE number > ? ORDER BY number"
        return [row[0] for row in self._database.execute(query, (count,))]

    def read(self, post_ids: Collection[str]) -> Iterator[ReadPost]:
        """These posts."""
        for post_id in post_ids:
            yield pickle.loads(self._database.execute("SELECT post FROM posts WHERE id = ?", (post_id,)).fetchone()[0])


def _measure(size: int) -> dict[str, float]:
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        posts, path = _Posts(Path(folder), size + _NEW), Path(folder) / "case.db"
        database = open_database(path)
        kept, memory = Kept(database), TextMemory(database)
        begun = time.process_time()
        with transaction(database, path):
            connections = connect_into(kept, memory, posts.first(size), posts.read, settings=settings)
        connected = time.process_time()
        with transaction(database, path):
            Update(kept, CampaignIndex(settings.texts, memory), posts.read, settings, {}, NOTHING_JUDGED).run(
                posts.after(size)
            )
        updated = time.process_time()
        return {
            "posts": size,
            "seconds": connected - begun,
            "update": updated - connected,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "file_mb": path.stat().st_size / 1e6,
            "actors": len(connections.actors),
            "links": len(connections.links),
        }


if __name__ == "__main__":
    main()
