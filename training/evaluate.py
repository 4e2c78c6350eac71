"""How well the names are found: strict F1 in the corpora's development files and in held-out posts of our own."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.reader import load_reader
from pipeline.tagger import model
from training.corpora import own_posts, read_corpus
from training.template import LABELS, Filled

_UNMARKED = "nerp-noorg"  # marks no organisations
Tally = Counter[tuple[str, str]]
"""Counts by label and by `right`, `found` and `marked`."""


def main() -> None:
    """Print a table by language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--model", type=Path, help="a folder with models other than those of the package")
    given = parser.parse_args()
    if given.model:
        model.read_from(given.model)
    print(f"{'':12}{'ORG':>7}{'LOC':>7}{'PERSON':>8}{'all':>7}{'precision':>11}{'recall':>8}")
    for name, tally in (*corpora_tallies(given.corpora).items(), *own_tallies().items()):
        print(_row(name, tally))


def corpora_tallies(folder: Path) -> dict[str, Tally]:
    """The counts of each language over all its development files."""
    tallies: dict[str, Tally] = defaultdict(Counter)
    for path in sorted(folder.glob("*_dev.jsonl.gz")):
        name = path.name.removesuffix("_dev.jsonl.gz")
        if _UNMARKED not in name:
            tallies[name.partition("_")[0]] += count(read_corpus(folder, f"{name}_dev"))
    return tallies


def own_tallies() -> dict[str, Tally]:
    """The counts of each language over our own posts that no model has learnt from."""
    tallies: dict[str, Tally] = defaultdict(Counter)
    for lang, post in own_posts(held_out=True, fillings=2):
        tallies[f"own {lang}"] += count([post])
    return tallies


def count(posts: Iterable[Filled], *, with_model: bool = True) -> Tally:
    """What was found, what is marked and what is right, span and label, as the whole reader finds it."""
    reader = load_reader(model=with_model)
    tally: Tally = Counter()
    for post in posts:
        mentions = reader.read(post.text, post_id="").mentions
        found = {(m.start, m.end, m.label.value) for m in mentions if m.label.value in LABELS.values()}
        marked = {(span.start, span.end, span.label) for span in post.spans}
        for what, spans in (("right", found & marked), ("found", found), ("marked", marked)):
            tally.update((label, what) for _, _, label in spans)
    return tally


def f1(tally: Tally, labels: Iterable[str] = tuple(LABELS.values())) -> float:
    """F1 in per cent over these labels."""
    right, found, marked = _sums(tally, labels)
    return 200 * right / max(1, found + marked)


def _sums(tally: Tally, labels: Iterable[str]) -> Iterator[int]:
    wanted = tuple(labels)
    return (sum(tally[label, what] for label in wanted) for what in ("right", "found", "marked"))


def _row(name: str, tally: Tally) -> str:
    right, found, marked = _sums(tally, LABELS.values())
    each = [f1(tally, [label]) for label in LABELS.values()]
    return (
        f"{name:12}{each[0]:7.1f}{each[2]:7.1f}{each[1]:8.1f}{f1(tally):7.1f}"
        f"{100 * right / max(1, found):11.1f}{100 * right / max(1, marked):8.1f}"
    )


if __name__ == "__main__":
    main()
