"""Kills the server and `jejak index` in the middle of their work, fills the disk, breaks an index by hand: nothing may be
lost or doubled.

python -m benchmarks.index_faults [--posts 100000] [--kills 3] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from elasticsearch import Elasticsearch

from benchmarks.index_world import SOURCE, digests, make_case
from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.identity import post_id
from casefile.records import CrawlOutcome, Post
from casefile.search.elastic.indexing import index_case
from casefile.settings import ElasticSettings
from tests.elastic.server import Server, running

_PREFIX, _UNDISTURBED = "disturbed", "undisturbed"
_CHANGED = 1_000


def main() -> None:
    """Try and print; exit code 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=3, help="how often each of the two is killed")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with running() as server, tempfile.TemporaryDirectory() as temporary, server.client() as client:
        folder = make_case(Path(temporary) / "case", chosen.posts, ElasticSettings(urls=(server.url,), prefix=_PREFIX))
        _say(f"a case of {chosen.posts:,} posts")
        trial = _Trial(folder, server, client, random.Random(chosen.seed))
        for number in range(chosen.kills):  # the server's kill goes on where the command's left off, to the end
            trial.kill_the_index_command(*["--rebuild"] * bool(number))
            trial.kill_the_server()
        trial.finish("after all kills")
        trial.fill_the_disk()
        trial.add_a_long_post()
        trial.break_an_index()
        same = trial.compare()
    sys.exit(not same)


class _Trial:
    """What happens to one case and one server."""

    def __init__(self, folder: Path, server: Server, client: Elasticsearch, chance: random.Random) -> None:
        self._folder, self._server, self._client, self._chance = folder, server, client, chance

    def kill_the_index_command(self, *options: str) -> None:
        process, sent = self._begun(*options)
        process.kill()
        _say(f"SIGKILL of `jejak index` after {sent:,} documents: exit {process.wait()}")

    def kill_the_server(self) -> None:
        process, sent = self._begun()
        self._server.kill()
        self._server.start()
        _say(f"SIGKILL of the server after {sent:,} documents, started again: `jejak index` exits {process.wait()}")

    def fill_the_disk(self) -> None:
        """The block that Elasticsearch sets by itself when a disk is nearly full."""
        self._change()
        index = f"{_PREFIX}-mentions"
        self._client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
        self.finish("on a full disk")
        self._client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
        self.finish("with space again")

    def add_a_long_post(self) -> None:
        url = "https://bench.example/long"
        post = Post(id=post_id(SOURCE, url), source=SOURCE, url=url, text="lowongan kerja " * 133_333)
        with Case.open(self._folder) as case, case.keeper() as keeper:
            crawl = keeper.begin_crawl(SOURCE)
            keeper.keep_page(
                SOURCE, crawl, Exchange(url=url, at=datetime.now(UTC), status=200, body=b"<p>long</p>"), [post]
            )
            keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
        self.finish("with a post of 2 MB")

    def break_an_index(self) -> None:
        """Somebody makes the index of posts anew by hand, with another type for a field."""
        [(name, told)] = self._client.indices.get_mapping(index=f"{_PREFIX}-posts").body.items()
        self._client.indices.delete(index=name)
        wrong = {"post": {"properties": {"author": {"type": "boolean"}}}}
        mappings = {"_meta": told["mappings"]["_meta"], "properties": wrong}
        self._client.indices.create(index=name, mappings=mappings, aliases={f"{_PREFIX}-posts": {}})
        self._change()
        self.finish("into a broken index")
        self.finish("anew", "--rebuild")

    def compare(self) -> bool:
        """Whether the index holds the same documents as one that nothing disturbed."""
        found = digests(self._client, _PREFIX)
        with Case.open(self._folder) as case:
            elastic = case.settings.elastic.model_copy(update={"prefix": _UNDISTURBED})
            case.settings = case.settings.model_copy(update={"elastic": elastic})
            assert index_case(case).shown
        right = digests(self._client, _UNDISTURBED)
        for kind in right:
            equal = "the same" if found[kind] == right[kind] else f"DIFFERENT from {right[kind][0]:,}"
            _say(f"{kind:16} {found[kind][0]:>10,} documents, {equal}")
        return found == right

    def finish(self, when: str, *options: str) -> None:
        """Run `jejak index` to its end and tell what it says last."""
        start = time.monotonic()
        done = subprocess.run(self._command(*options), capture_output=True, text=True, check=False)
        said = (done.stdout + done.stderr).strip().splitlines()
        _say(f"`jejak index` {when}: exit {done.returncode} after {time.monotonic() - start:.0f} s: {said[-2:]}")

    def _change(self) -> None:
        with Case.open(self._folder) as case, case.store.writing():
            change = "UPDATE posts SET views = coalesce(views, 0) + 1 WHERE number <= ?"
            case.store.database.execute(change, (_CHANGED,))

    def _begun(self, *options: str) -> tuple[subprocess.Popen[bytes], int]:
        """`jejak index` in the middle of its work, and how many documents it has sent."""
        before = self._received()
        enough = before + self._chance.randint(1_000, 20_000)
        process = subprocess.Popen(self._command(*options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and (now := self._received()) < enough:
            before = min(before, now)
            time.sleep(0.05)
        return process, self._received() - before

    def _received(self) -> int:
        told = self._client.indices.stats(index=f"{_PREFIX}-*", metric="indexing", expand_wildcards="all")
        return int(told["_all"].get("primaries", {}).get("indexing", {}).get("index_total", 0))

    def _command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "desk", "index", str(self._folder), *options]


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
