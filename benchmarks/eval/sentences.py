"""Names in sentences of the corpora: strict F1 (span and label) by language, as the whole pipeline finds them."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from benchmarks.eval.scorer import Row
from pipeline.reader import Text, Unreadable, load_reader

_NAMES = ("ORG", "LOC", "PERSON")
_APART = "nerp-noorg"  # marks no organisations: counted by itself, as the corpora's own baseline does
Tally = Counter[tuple[str, str]]
"""Counts by label and by `tp`, `told`, `marked`."""


def tell_sentences(folder: Path, every: int, mistakes: Path) -> Iterator[str]:
    """F1 by language and by file, of every so many-th sentence (1: all); names missed and falsely told go to a file."""
    tallies: dict[str, Tally] = {}
    with mistakes.open("w", encoding="utf-8") as file:
        for path in sorted(folder.glob("*_dev.jsonl.gz")):
            name = path.name.removesuffix("_dev.jsonl.gz")
            tallies[name] = _count(name, _read(path)[::every], file)
    yield f"Names in the corpora's development files, strict F1 and how many are marked ({'all sentences' if every == 1 else f'one sentence in {every}'})"
    pooled: dict[str, Tally] = {}
    for name, tally in tallies.items():
        if _APART not in name:
            pooled.setdefault(name.partition("_")[0], Counter()).update(tally)
    yield f"{'':22}{'ORG':>12}{'LOC':>12}{'PERSON':>12}{'all':>7}{'P':>7}{'R':>7}"
    for name, tally in (*pooled.items(), *tallies.items()):
        yield _row(name, tally)


def _row(name: str, tally: Tally) -> str:
    by_label = "".join(f"{_f1(tally, label):6.1f} {tally[label, 'marked']:<5}" for label in _NAMES)
    true, told, marked = (sum(tally[label, what] for label in _NAMES) for what in ("tp", "told", "marked"))
    both = 200 * true / max(1, told + marked)
    return f"{name:24}{by_label}{both:7.1f}{100 * true / max(1, told):7.1f}{100 * true / max(1, marked):7.1f}"


def _f1(tally: Tally, label: str) -> float:
    return 200 * tally[label, "tp"] / max(1, tally[label, "told"] + tally[label, "marked"])


def _read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _count(name: str, sentences: Sequence[Row], mistakes: TextIO) -> Tally:
    tally: Tally = Counter()
    texts = (Text(post_id=str(i), text=row["text"]) for i, row in enumerate(sentences))
    for row, reading in zip(sentences, load_reader().read_many(texts), strict=True):
        if isinstance(reading, Unreadable):
            raise SystemExit(f"{name}: a sentence could not be read: {reading.reason}")
        found = {(m.start, m.end, m.label.value) for m in reading.mentions if m.label in _NAMES}
        marked = {(start, end, label) for start, end, label in row["ents"]}
        for what, spans in (("tp", found & marked), ("told", found), ("marked", marked)):
            tally.update((label, what) for _, _, label in spans)
        for what, spans in (("missed", marked - found), ("false", found - marked)):
            for start, end, label in sorted(spans):
                mistakes.write(f"{name} {label:7}{what:7}⟦{row['text'][start:end]}⟧ in: {row['text'][:300]}\n")
    return tally
