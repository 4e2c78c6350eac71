"""Documents a second into a real Elasticsearch: `jejak index`, and parallel_bulk fed the same documents ready-made.

Both on one server in one run, each in its own process, so that its peak memory is its own; then 1,000 changed posts.

python -m benchmarks.index [POSTS ...]
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from elasticsearch.helpers import parallel_bulk

from benchmarks.index_world import make_case
from casefile.case import Case
from casefile.search.elastic.batches import Batches
from casefile.search.elastic.connection import ask_server, connected
from casefile.search.elastic.generations import Generations
from casefile.search.elastic.indexing import compare_index, index_case
from casefile.search.elastic.projection import Projection
from casefile.search.elastic.settling import settle
from casefile.settings import ElasticSettings
from casefile.store.indexable import Indexable
from casefile.store.unindexed import KINDS, Unindexed
from tests.elastic.server import Server, running

_SIZES = (10_000, 100_000)
_CHANGED = 1_000
_WARM_UP = 2_000


def main() -> None:
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(_STEPS[sys.argv[2]](Path(sys.argv[3]))))
        return
    with running() as server:
        _measure(server, _WARM_UP)  # so that a cold server is nobody's disadvantage
        for size in [int(size) for size in sys.argv[1:]] or _SIZES:
            _show(size, *_measure(server, size))


def _measure(server: Server, size: int) -> list[dict[str, float]]:
    """What ready-made documents, `jejak index` and an update took."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        make_case(case, size, ElasticSettings(urls=(server.url,), prefix=f"bench{size}"))
        _in_own_process("prepare", case)
        return [_in_own_process(step, case) for step in ("rival", "index", "update")]


def _show(size: int, rival: dict[str, float], index: dict[str, float], update: dict[str, float]) -> None:
    ours, theirs = (one["documents"] / one["seconds"] for one in (index, rival))
    print(
        f"{size:>9,} posts, {index['documents']:,.0f} documents: {ours:,.0f} a second against {theirs:,.0f} "
        f"({ours / theirs:.2f}), peak {index['peak_mb']:.0f} MB; {_CHANGED:,} changed posts: {update['seconds']:.1f} s"
    )


def _in_own_process(step: str, case: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.index", "--step", step, str(case)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return result


# Steps, each in a process of its own ---------------------------------------------------------------------------------
def _prepare(folder: Path) -> dict[str, float]:
    """Write down, ready-made, what the index will hold."""
    with Case.open(folder) as case, connected(case.settings) as client, _ready(folder).open("wb") as file:
        unindexed, indexable = Unindexed(case.store.database), Indexable(case.store.database)
        with case.store.writing():
            unindexed.watch_all()
        settle(case.store, everything_waits=True)
        generations = Generations(client, "rival" + case.settings.elastic.prefix, ask_server(client))
        generations.create(1)
        batches = Batches(unindexed, indexable, Projection({"id": "bench"}), generations, 1)
        for kind in KINDS:
            for batch in batches.of(kind, {}):
                pickle.dump(batch.actions, file)
        with case.store.writing():
            unindexed.forget()
    return {}


def _rival(folder: Path) -> dict[str, float]:
    """What the client library does at its best."""
    with Case.open(folder) as case, connected(case.settings) as client:
        start = time.monotonic()
        sent = 0
        for good, _ in parallel_bulk(client, _ready_made(folder), thread_count=2, chunk_size=500, raise_on_error=True):
            sent += good
        return _result(sent, start)


def _index(folder: Path) -> dict[str, float]:
    with Case.open(folder) as case:
        start = time.monotonic()
        done = index_case(case)
        result = _result(0, start)
        assert done.shown and not done.refused
        return {**result, "documents": sum(one.index for one in compare_index(case))}


def _update(folder: Path) -> dict[str, float]:
    with Case.open(folder) as case:
        with case.store.writing():
            query = "UPDATE posts SET views = 1 WHERE number IN (SELECT number FROM posts ORDER BY id LIMIT ?)"
            case.store.database.execute(query, (_CHANGED,))
        start = time.monotonic()
        done = index_case(case)
        assert done.sent == _CHANGED
        return _result(done.sent, start)


def _ready(folder: Path) -> Path:
    return folder.parent / "ready"


def _ready_made(folder: Path) -> Iterator[dict[str, Any]]:
    with _ready(folder).open("rb") as file:
        while file.peek(1):
            yield from pickle.load(file)


def _result(documents: int, start: float) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"documents": documents, "seconds": time.monotonic() - start, "peak_mb": peak}


_STEPS = {"prepare": _prepare, "rival": _rival, "index": _index, "update": _update}


if __name__ == "__main__":
    main()
