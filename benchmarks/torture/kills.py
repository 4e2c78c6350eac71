"""Kills a case while it grows, and shows that what comes out in the end is what an undisturbed run gives.

It is crawled, given file after file, read, connected, indexed and exported, and each of it is killed (SIGKILL, the
command and all that it started) again and again. Then every stage runs once to its end.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.torture.stages import STAGES, kill_after, make, run_whole, start, write_given
from benchmarks.torture.told import Told
from casefile.case import Case
from desk.demo.web import DemoWeb
from desk.indexing import index
from tests.elastic.server import Server


@dataclass
class Torture:
    """One tortured case: what it was given, and what was killed."""

    case: Path
    given: Sequence[Path]
    stages: Sequence[str]
    lasted: dict[str, float]  # seconds of a stage's last run, so that kills fall into what a run takes now
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)

    def run(self, kills: int) -> None:
        """Kill so many times, then let every stage run to its end."""
        while (done := self.killed.total()) < kills:
            # Every stage at every age of the case; at first more often the first, so that it meets a case without posts.
            stage = self.stages[0] if self.chance.random() < 0.4 - done / kills else self.chance.choice(self.stages)
            process = start(self.case, stage, self.given[done * len(self.given) // kills])
            begun, moment = time.monotonic(), self.chance.uniform(0.05, 1.1 * self.lasted[stage])
            if kill_after(process, moment):
                self.killed[stage] += 1
                self.lasted[stage] = max(self.lasted[stage], 1.2 * moment)
            else:
                self.lasted[stage] = time.monotonic() - begun
        run_whole(self.case, self.given, self.stages)


def torture(
    web: DemoWeb,
    folder: Path,
    server: Server | None,
    kills: int,
    cases: int,
    side_by_side: int,
    seed: int,
    *,
    small: bool,
) -> list[str]:
    """Kill, recover, compare; returns in words what is not as in an undisturbed run."""
    stages = [stage for stage in STAGES if stage != "index" or server]
    given = write_given(folder / "given")[: 2 if small else None]
    url = server.url if server else ""
    right = make(web, folder / "undisturbed", url, small=small)
    lasted = run_whole(right, given, stages)
    print("undisturbed: " + ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in lasted.items()), flush=True)
    should = Told.of(right)

    def torture_one(number: int) -> tuple[Counter[str], list[str]]:
        case = make(web, folder / f"killed{number}", url, small=small)
        victim = Torture(case, given, stages, dict(lasted), random.Random(seed + number))
        victim.run(kills * (number + 1) // cases - kills * number // cases)
        found = [*should.unlike(case), *(_index_unlike(case, server) if server else ())]
        told = f"{case.name}: {victim.killed.total()} kills, {len(found)} losses"
        print(told, *found[:20], sep="\n  ", flush=True)
        return victim.killed, found

    with ThreadPoolExecutor(side_by_side) as pool:
        results = list(pool.map(torture_one, range(cases)))
    killed = sum((killed for killed, _ in results), Counter[str]())
    wrong = [line for _, found in results for line in found]
    which = ", ".join(f"{killed[stage]} {stage}" for stage in stages)
    sizes = ", ".join(
        f"{len(things)} {what.split()[0]}s" for what, things in should.derived.items() if what != "mentions of"
    )
    print(f"{killed.total()} kills ({which}); {len(should.posts)} posts, {sizes}; {len(wrong)} losses", flush=True)
    return wrong


def _index_unlike(folder: Path, server: Server) -> Iterator[str]:
    """Where the index that lived through the kills is not what is written anew from the same case."""
    with Case.open(folder) as case, server.client() as client:
        there = _documents(client, case.settings.elastic.prefix)
        index(case, rebuild=True)
        should = _documents(client, case.settings.elastic.prefix)
    for key in sorted({*there, *should}):
        if there.get(key) != should.get(key):
            yield f"{folder.name}: index {key}: should be {should.get(key)}, is {there.get(key)}"[:300]


def _documents(client: Any, prefix: str) -> dict[str, Any]:
    """Everything that the aliases of a case show: kind and id → the document."""
    found: dict[str, Any] = {}
    for alias in {name for told in client.indices.get_alias(name=f"{prefix}-*").values() for name in told["aliases"]}:
        client.indices.refresh(index=alias)
        hits = client.search(index=alias, size=_MOST, track_total_hits=True)["hits"]
        assert hits["total"]["value"] <= _MOST, "what is not compared is not proven"
        found |= {f"{alias.removeprefix(prefix)} {hit['_id']}": hit["_source"] for hit in hits["hits"]}
    return found


_MOST = 10_000
