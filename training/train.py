"""Trains the models of all scripts: `python -m training.train CORPORA [--out FOLDER] [--research]`."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from multiprocessing import Pool
from pathlib import Path
from random import Random

import numpy as np
import pycrfsuite

from pipeline.folding import fold
from pipeline.tagger.chain import LABELS
from pipeline.tagger.features import REACH, context_keys, word_keys
from pipeline.tagger.lexicon import MODEL
from pipeline.tagger.model import FURTHEST
from pipeline.tagger.sequences import SCRIPTS, sequences
from pipeline.tagger.tokens import Token
from training.corpora import OPEN, RESEARCH, own_posts, own_sentences, read_corpus, with_copies
from training.template import Filled, Span

_SEED = 13
_SETTINGS = ("lbfgs", {"c1": 0.05, "c2": 0.02, "max_iterations": 90})
_SETTINGS_OF_FEW_POSTS = ("l2sgd", {"c2": 0.3, "max_iterations": 10, "feature.minfreq": 2})
_FEW = 3000  # sequences; with so few, keys seen once teach nothing and weights are held small
_LONGEST_FIRST = ("latin", "zh", "th", "hi", "my", "km")  # none for Lao: our few posts teach less than the rules know
_LEAST = 0.01  # weights smaller than this are left out


def main() -> None:
    """Train one model for each script, on two cores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--research", action="store_true", help="with the corpora that are for research only")
    parser.add_argument("--only", choices=SCRIPTS.values(), action="append")
    given = parser.parse_args()
    names = (*OPEN, *RESEARCH) if given.research else OPEN
    if given.research and given.out == MODEL:
        parser.error("a model for research is not given away; name another folder with --out")
    given.out.mkdir(parents=True, exist_ok=True)
    jobs = [(given.corpora, names, script, given.out) for script in given.only or _LONGEST_FIRST]
    with Pool(2) as pool:
        for line in pool.imap_unordered(_train, jobs):
            print(line, flush=True)


def _train(job: tuple[Path, tuple[str, ...], str, Path]) -> str:
    folder, names, script, out = job
    start = time.monotonic()
    trainer = pycrfsuite.Trainer(verbose=False)
    count = 0
    for keys, labels in _examples(folder, names, script):
        trainer.append(keys, labels)
        count += 1
    if not count:
        return f"{script}: nothing to learn from"
    algorithm, settings = _SETTINGS if count > _FEW else _SETTINGS_OF_FEW_POSTS
    trainer.select(algorithm)
    trainer.set_params(settings)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "model"
        trainer.train(str(path))
        kept = _compile(path, out / f"{script}.npz")
    size = (out / f"{script}.npz").stat().st_size / 1e6
    return f"{script}: {count} sequences, {kept} keys, {size:.1f} MB, {time.monotonic() - start:.0f} s"


def _examples(folder: Path, names: Sequence[str], script: str) -> Iterator[tuple[list[list[str]], list[str]]]:
    random = Random(_SEED)
    posts = (post for name in names for post in read_corpus(folder, f"{name}_train"))
    own = chain(own_posts(held_out=False), own_sentences())
    for source in (posts, (post for _, post in own)):
        for post in with_copies(source, random):
            yield from _sequences_of(post, script)


def _sequences_of(post: Filled, script: str) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The sequences of a post that one model reads, with their keys and labels."""
    folded = fold(post.text)
    if len(folded.text) != len(post.text) or folded.starts:
        return  # offsets would move; few sentences of the corpora do that
    for name, tokens in sequences(folded.text):
        if name == script:
            yield attributes(folded.text, tokens), labels_of(tokens, post.spans)


def attributes(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    """The keys that count at each token, with the distance to the token that they are anchored at."""
    found: list[list[str]] = [[] for _ in tokens]
    for i, (token, keys) in enumerate(zip(tokens, context_keys(text, tokens), strict=True)):
        for key in (*word_keys(token.text, token.script), *keys):
            for far in REACH[key[0]]:
                if 0 <= i + far < len(tokens):
                    found[i + far].append(f"{far}{key}")
    return found


def labels_of(tokens: Sequence[Token], spans: Sequence[Span]) -> list[str]:
    """The label of each token: outside, or first or later in a name."""
    labels = ["O"] * len(tokens)
    for span in spans:
        inside = [i for i, token in enumerate(tokens) if token.start < span.end and token.end > span.start]
        for i in inside:
            labels[i] = f"{'B' if i == inside[0] else 'I'}-{span.label}"
    return labels


def _compile(path: Path, out: Path) -> int:
    """Write the weights as plain arrays; returns the number of keys."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    info = tagger.info()
    cells: dict[str, dict[int, float]] = {}
    for (attribute, label), weight in info.state_features.items():
        if abs(weight) >= _LEAST:
            cut = 2 if attribute[0] == "-" else 1
            cell = (int(attribute[:cut]) + FURTHEST) * len(LABELS) + LABELS.index(label)
            cells.setdefault(attribute[cut:], {})[cell] = weight
    keys = sorted(cells)
    rows = [sorted(cells[key].items()) for key in keys]
    chain = np.array([[_may_follow(before, after) for after in LABELS] for before in LABELS], dtype=np.float32)
    for (before, after), weight in info.transitions.items():
        chain[LABELS.index(before), LABELS.index(after)] *= np.exp(weight)
    np.savez_compressed(
        out,
        keys=np.frombuffer("\n".join(keys).encode(), dtype=np.uint8),
        counts=np.array([len(row) for row in rows], dtype=np.uint8),
        cells=np.array([cell for row in rows for cell, _ in row], dtype=np.uint8),
        values=np.array([weight for row in rows for _, weight in row], dtype=np.float16),
        chain=chain,
    )
    return len(keys)


def _may_follow(before: str, after: str) -> bool:
    """A later token of a name follows a token of the same kind of name."""
    return after[0] != "I" or before[1:] == after[1:]


if __name__ == "__main__":
    main()
