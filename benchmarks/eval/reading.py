"""Labelled posts, each beside what was read in it; the reader is shown the text alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from benchmarks.eval.scorer import Row, Rules
from pipeline.filter import run_filter


@dataclass(frozen=True, slots=True)
class Pair:
    """One post: as it was labelled, and as it was read."""

    marked: Row
    read: Row


@dataclass(frozen=True, slots=True)
class Match:
    """One mention, marked, found or both."""

    pair: Pair
    marked: Row | None
    found: Row | None

    @property
    def label(self) -> str:
        """The label of either side; both have the same."""
        return str((self.marked or self.found or {})["label"])


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """The lines of JSON files, in order."""
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_posts(posts: Sequence[Row]) -> list[Pair]:
    """Each post with its reading by `jejak extract`'s own filter; a post that broke it ends the run."""
    lines = (json.dumps({"id": post["id"], "text": post["text"]}, ensure_ascii=False) for post in posts)
    out = StringIO()
    run_filter(lines, out, on_problem=_stop)
    # By line feeds alone: a text may hold other line ends that `splitlines` knows.
    readings = [json.loads(line) for line in out.getvalue().split("\n") if line]
    return [Pair(post, reading) for post, reading in zip(posts, readings, strict=True)]


def _stop(number: int, reason: str) -> None:
    raise SystemExit(f"post {number} could not be read: {reason}")


def match_mentions(pairs: Iterable[Pair], rules: Rules) -> Iterator[Match]:
    """Every marked and every found mention of the scored labels once: exact pairs first, then touching ones."""
    for pair in pairs:
        marked = [mention for mention in pair.marked["mentions"] if mention["label"] in rules.labels]
        found = [mention for mention in pair.read["mentions"] if mention["label"] in rules.labels]
        for same in (rules.is_exact, rules.touches):
            for wanted in list(marked):
                hit = next((mention for mention in found if same(wanted, mention)), None)
                if hit is not None:
                    yield Match(pair, wanted, hit)
                    marked.remove(wanted)
                    found.remove(hit)
        yield from (Match(pair, wanted, None) for wanted in marked)
        yield from (Match(pair, None, mention) for mention in found)
