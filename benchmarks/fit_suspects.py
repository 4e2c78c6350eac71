"""Fit the points of config/suspect.yml to labelled posts: python -m benchmarks.fit_suspects FILE.jsonl … [--write].

Beside the files, the posts of our own writing in training/ are learnt from. Two logistic regressions, held to zero and to
their signs: of job offers (suspect or not), and of the other posts (worth a look or not). Told are the figures of ten-fold
cross-validation, each post scored by models that never saw it, and those of the points as they stand in the config.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from benchmarks.eval.calibration import expected_error
from benchmarks.labelled import HELD_OUT_POSTS, Labelled, read_labelled
from benchmarks.regression import Matrix, Rows, fit_suspects, folds, share
from casefile.records import PostKind
from casefile.settings import CONFIG_FOLDER
from pipeline.suspect_features import offer_findings, report_findings
from pipeline.suspect_model import Scale, read_model

_HOLD = 0.5
_FOLDS = 10
_REAL = 12  # how often the first file, which is real, is learnt from, so that it weighs about what our own posts weigh


class Side:
    """Offers or reports: how many times over each post teaches it, and what each shows of its findings."""

    def __init__(self, scale: Scale, shown: Sequence[object], teaches: Rows) -> None:
        self.names = list(scale.findings)
        self.signs = np.array([0.0, *(1.0 if weight.speaks_for else -1.0 for weight in scale.findings.values())])
        self.shown = np.array([[1.0, *(float(name in found) for name in self.names)] for found in shown])  # type: ignore[operator]  # findings are mappings
        self.teaches = teaches
        self.points = np.array([scale.start, *(weight.points for weight in scale.findings.values())])

    def fit(self, told: Matrix, rows: Rows) -> Matrix:
        """The points learnt from those of the rows that teach this side."""
        rows = np.repeat(rows, self.teaches[rows])
        return fit_suspects(self.shown[rows], told[rows], self.signs, _HOLD)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    posts, model = read_labelled(asked.files), read_model()
    told = np.array([float(post.suspect) for post in posts])
    offers = np.array([post.kind is PostKind.RECRUITMENT for post in posts])
    often = {asked.files[0].name: _REAL} if asked.files else {}
    times = np.array([(often | {HELD_OUT_POSTS: 0}).get(post.source, 1) for post in posts])
    chance = np.array([post.draft.offer_chance for post in posts])
    sides = (
        Side(model.offers, [offer_findings(post.draft, model) for post in posts], times * offers),
        Side(model.reports, [report_findings(post.draft, model) for post in posts], times * ~offers),
    )

    def score(points: Sequence[Matrix], rows: Rows) -> Matrix:
        of_offer, of_report = (share(side.shown[rows] @ learnt) for side, learnt in zip(sides, points, strict=True))
        scored: Matrix = chance[rows] * of_offer + (1.0 - chance[rows]) * of_report * model.most_of_reports
        return scored

    everything = np.arange(len(posts))
    tell("as config/suspect.yml stands", posts, score([side.points for side in sides], everything))
    tell(f"{_FOLDS}-fold cross-validation", posts, _cross_validate(sides, told, score))
    fitted = [side.fit(told, everything) for side in sides]
    tell("fitted to all", posts, score(fitted, everything))
    if asked.write:
        write(sides, fitted)


def _cross_validate(sides: Sequence[Side], told: Matrix, score: Callable[[Sequence[Matrix], Rows], Matrix]) -> Matrix:
    scored = np.zeros(len(told))
    for learn, measure in folds(len(told), _FOLDS):
        scored[measure] = score([side.fit(told, learn) for side in sides], measure)
    return scored


def tell(how: str, posts: Sequence[Labelled], scored: Matrix) -> None:
    """Print the area under the curve by source, of all posts and of offers, and the calibration."""
    print(f"{how}:")
    for source in sorted({post.source for post in posts}):
        held = [(float(s), p) for s, p in zip(scored, posts, strict=True) if p.source == source]
        offers = [(s, p.suspect) for s, p in held if p.kind is PostKind.RECRUITMENT]
        everything = [(s, p.suspect) for s, p in held]
        print(
            f"  {source:18}{len(held):5} posts  AUC {_area(everything)}  of offers {_area(offers)}"
            f"  ECE {expected_error(everything):.3f}"
        )


def _area(scored: Sequence[tuple[float, bool]]) -> str:
    high, low = ([score for score, suspect in scored if suspect is side] for side in (True, False))
    if not high or not low:
        return "  -  "
    return f"{sum((a > b) + 0.5 * (a == b) for a in high for b in low) / (len(high) * len(low)):.3f}"


def write(sides: Sequence[Side], fitted: Sequence[Matrix]) -> None:
    """Put the fitted points into config/suspect.yml; its words, comments and order stay."""
    path = CONFIG_FOLDER / "suspect.yml"
    yaml = YAML()
    yaml.width = 200
    content = yaml.load(path.read_text(encoding="utf-8"))
    for key, side, points in zip(("offers", "reports"), sides, fitted, strict=True):
        content[key]["start"] = round(float(points[0]), 2)
        for name, value in zip(side.names, points[1:], strict=True):
            part = content[key]["for"] if name in content[key]["for"] else content[key]["against"]
            part[name]["points"] = round(abs(float(value)), 2)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)


if __name__ == "__main__":
    main()
