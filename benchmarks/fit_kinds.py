"""Fit the points of config/kinds.yml to labelled posts: python -m benchmarks.fit_kinds FILE.jsonl … [--write] [--mistakes].

Beside the files, the posts of our own writing in training/ are learnt from. The model is a multinomial logistic regression
over the features of `pipeline.kind_features`, held to zero. Told are the figures of ten-fold cross-validation, each post
read by a model that never saw it, those of a model that saw none of the first file's posts, and those of the points as
they stand in the config.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from benchmarks.eval.calibration import expected_error
from benchmarks.labelled import HELD_OUT_POSTS, Labelled, read_labelled
from benchmarks.regression import Matrix, Rows, chances, fit_kinds, folds
from casefile.records import PostKind
from casefile.settings import CONFIG_FOLDER
from pipeline.kind import decide, read_model
from pipeline.kind_features import kind_features

KINDS = list(PostKind)
_HOLD = 1.0
_FOLDS = 10
_REAL = 12  # how often the first file, which is real, is learnt from, so that it weighs about what our own posts weigh
_LEAST = 0.03  # points that come out smaller are left out
_SURE = 0.7  # what config/graph.yml asks of an offer before it makes anybody a recruiter
# Cues of config/suspect.yml: they weigh offers, and say nothing of the kind.
_WEIGH_OFFERS = frozenset({"chosen", "little-work", "brand", "public-body", "degree", "insured", "licensed", "greets"})


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--mistakes", action="store_true", help="print what cross-validation read wrongly")
    asked = parser.parse_args()
    posts = read_labelled(asked.files)
    features = [
        kind_features(post.draft.plain, post.draft.cues, post.draft.senses, post.draft.mentions) for post in posts
    ]
    names = sorted({name for found in features for name in found} - _WEIGH_OFFERS)
    shown = np.array([[1.0, *(found.get(name, 0.0) for name in names)] for found in features])
    told = np.array([[float(post.kind is kind) for kind in KINDS] for post in posts])
    tell("as config/kinds.yml stands", posts, chances(shown @ _standing(names)))
    real = np.array([bool(asked.files) and post.source == asked.files[0].name for post in posts])

    held_out = np.array([post.source == HELD_OUT_POSTS for post in posts])

    def learn_from(rows: Rows) -> Matrix:
        rows = rows[~held_out[rows]]
        taught = np.concatenate([rows, *[rows[real[rows]]] * (_REAL - 1)])
        return fit_kinds(shown[taught], told[taught], _HOLD)

    everything = np.arange(len(posts))
    tell("learnt without the first file", posts, chances(shown @ learn_from(everything[~real])))
    read = np.zeros_like(told)
    for learn, measure in folds(len(posts), _FOLDS):
        read[measure] = chances(shown[measure] @ learn_from(learn))
    tell(f"{_FOLDS}-fold cross-validation", posts, read)
    fitted = learn_from(everything)
    tell("fitted to all", posts, chances(shown @ fitted))
    if asked.mistakes:
        _tell_mistakes(posts, features, read)
    if asked.write:
        write(fitted, names)


def _standing(names: Sequence[str]) -> Matrix:
    model = read_model()
    return np.array([model.start, *(model.features.get(name, (0.0,) * len(KINDS)) for name in names)])


def tell(how: str, posts: Sequence[Labelled], read: Matrix) -> None:
    """Print by source: the share read rightly, the calibration, and how many other posts are told as sure offers."""
    print(f"{how}:")
    decided = [decide(dict(zip(KINDS, map(float, row), strict=True))) for row in read]
    for source in sorted({post.source for post in posts}):
        held = [(post, *told) for post, told in zip(posts, decided, strict=True) if post.source == source]
        right = sum(post.kind is kind for post, kind, _ in held) / len(held)
        error = expected_error([(chance, post.kind is kind) for post, kind, chance in held])
        others = [post for post, _, _ in held if post.kind is not PostKind.RECRUITMENT]
        harm = sum(
            kind is PostKind.RECRUITMENT and chance >= _SURE and post.kind is not kind for post, kind, chance in held
        )
        print(
            f"  {source:18}{len(held):5} posts  {right:.3f}  ECE {error:.3f}  {harm} of {len(others)} others are sure offers"
        )


def _tell_mistakes(posts: Sequence[Labelled], features: Sequence[dict[str, float]], read: Matrix) -> None:
    wrong: Counter[tuple[str, str]] = Counter()
    for post, found, row in zip(posts, features, read, strict=True):
        kind, chance = decide(dict(zip(KINDS, map(float, row), strict=True)))
        if kind is not post.kind:
            wrong[post.kind.value, kind.value] += 1
            print(
                f"{post.source} {post.lang} {post.kind} read as {kind} ({chance:.2f}): {' '.join(post.draft.text.split())[:200]}"
            )
            print("   ", ", ".join(sorted(found)))
    print(wrong)


def write(points: Matrix, names: Sequence[str]) -> None:
    """Put the fitted points into config/kinds.yml; its comments stay."""
    path = CONFIG_FOLDER / "kinds.yml"
    yaml = YAML()
    yaml.width = 120
    content = yaml.load(path.read_text(encoding="utf-8"))
    content["start"].update({str(kind): round(float(value), 2) for kind, value in zip(KINDS, points[0], strict=True)})
    for name in [name for name in content["features"] if name not in names]:
        del content["features"][name]
    for name, learnt in zip(names, points[1:], strict=True):
        told = {str(kind): round(float(value), 2) for kind, value in zip(KINDS, learnt, strict=True)}
        row = CommentedMap({kind: value for kind, value in told.items() if abs(value) >= _LEAST})
        row.fa.set_flow_style()
        content["features"][name] = row
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)


if __name__ == "__main__":
    main()
