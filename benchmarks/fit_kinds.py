"""Fit the points of config/kinds.yml to labelled posts: python -m benchmarks.fit_kinds FILE.jsonl … [--write] [--folds 10].

Each line of a file holds `text` and `kind`. The model is a multinomial logistic regression over the features of
`pipeline.kind_features`; the points that stand in config/kinds.yml are its prior, from which it moves only as far as
the posts ask for. Told are the figures of cross-validation for each file: what a post is read as by a model that never
saw it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from ruamel.yaml import YAML

from casefile.records import PostKind
from casefile.settings import CONFIG_FOLDER
from pipeline.components import make_doc
from pipeline.draft import Draft
from pipeline.kind import read_model
from pipeline.kind_features import Features, kind_features
from pipeline.plain import make_plain
from pipeline.reader import load_reader

KINDS = list(PostKind)
_HOLD = 1.0  # how firmly the points are held at those of the config (inverse variance)
_LEAST = 0.05  # points that come out smaller are left out
# Cues of config/suspect.yml: they weigh offers, and say nothing of the kind.
_WEIGH_OFFERS = frozenset({"chosen", "little-work", "brand", "public-body", "degree", "insured", "licensed"})
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One post with its kind and what it shows."""

    file: str
    kind: PostKind
    features: Features


def read_labelled(path: Path) -> list[Labelled]:
    """The posts of one file."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return [Labelled(path.name, PostKind(row["kind"]), features_of(row["text"])) for row in rows]


def features_of(text: str) -> Features:
    """What a text shows, after the whole pipeline has read it."""
    language = load_reader().language
    draft = Draft(post_id="", plain=make_plain(text))
    language(make_doc(language.vocab, draft))
    return kind_features(draft.text, draft.cues, draft.senses, draft.mentions)


def fit(posts: Sequence[Labelled], names: Sequence[str], prior: Matrix) -> Matrix:
    """Points by feature and kind: the likeliest ones under the prior, by gradient descent with momentum."""
    shown, told = _matrix(posts, names), _told(posts)
    points, speed = prior.copy(), np.zeros_like(prior)
    for _ in range(1500):
        slope = shown.T @ (_chances(shown @ points) - told) + _HOLD * (points - prior)
        speed = 0.9 * speed - 0.004 * slope
        points = points + speed
    return points


def cross_validate(posts: Sequence[Labelled], names: Sequence[str], prior: Matrix, folds: int) -> list[PostKind]:
    """The kind of each post by a model that was fitted without its fold."""
    read: list[PostKind] = [PostKind.OTHER] * len(posts)
    for fold in range(folds):
        points = fit([post for i, post in enumerate(posts) if i % folds != fold], names, prior)
        held = [i for i in range(len(posts)) if i % folds == fold]
        chances = _chances(_matrix([posts[i] for i in held], names) @ points)
        for i, row in zip(held, chances, strict=True):
            read[i] = _decide(row)
    return read


def _decide(row: npt.NDArray[np.float64]) -> PostKind:
    first, second = (int(i) for i in np.argsort(-row)[:2])
    hardly = KINDS[first] is PostKind.RECRUITMENT and row[first] - row[second] < read_model().lead
    return KINDS[second if hardly else first]


def _matrix(posts: Sequence[Labelled], names: Sequence[str]) -> Matrix:
    rows = [[1.0, *(post.features.get(name, 0.0) for name in names)] for post in posts]
    return np.array(rows, dtype=np.float64)


def _told(posts: Sequence[Labelled]) -> Matrix:
    return np.array([[float(post.kind is kind) for kind in KINDS] for post in posts])


def _chances(points: Matrix) -> Matrix:
    odds = np.exp(points - points.max(axis=1, keepdims=True))
    chances: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return chances


def _prior(names: Sequence[str]) -> Matrix:
    model = read_model()
    rows = [model.start, *(model.features.get(name, {}) for name in names)]
    return np.array([[row.get(kind, 0.0) for kind in KINDS] for row in rows])


def tell(posts: Sequence[Labelled], read: Sequence[PostKind]) -> None:
    """Print the accuracy of each file, and what was taken for what."""
    for file in sorted({post.file for post in posts}):
        pairs = Counter((p.kind, kind) for p, kind in zip(posts, read, strict=True) if p.file == file)
        right = sum(count for (kind, told), count in pairs.items() if kind is told)
        print(f"{file}: {right / pairs.total():.3f} of {pairs.total()} posts")
        for (kind, told), count in pairs.most_common():
            if kind is not told:
                print(f"  {kind} read as {told}: {count}")


def write(points: Matrix, names: Sequence[str]) -> None:
    """Put the fitted points into config/kinds.yml; its comments and order stay."""
    path = CONFIG_FOLDER / "kinds.yml"
    yaml = YAML()
    yaml.width = 120
    content = yaml.load(path.read_text(encoding="utf-8"))
    for name, row in zip(["", *names], points, strict=True):
        told = {str(kind): round(float(value), 2) for kind, value in zip(KINDS, row, strict=True)}
        kept = {kind: value for kind, value in told.items() if abs(value) >= _LEAST or not name}
        place, key = (content["features"], name) if name else (content, "start")
        place.setdefault(key, {}).clear()
        place[key].update(kept)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)


def main() -> None:
    """Read, cross-validate, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    posts = [post for path in asked.files for post in read_labelled(path)]
    names = sorted({name for post in posts for name in post.features} - _WEIGH_OFFERS | read_model().features.keys())
    prior = _prior(names)
    print("as config/kinds.yml stands:")
    tell(posts, [_decide(row) for row in _chances(_matrix(posts, names) @ prior)])
    print(f"fitted, {asked.folds}-fold cross-validation:")
    tell(posts, cross_validate(posts, names, prior, asked.folds))
    if asked.write:
        write(fit(posts, names, prior), names)


if __name__ == "__main__":
    main()
