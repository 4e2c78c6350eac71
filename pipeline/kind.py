"""What kind of post it is: points for cues and mentions, as config/kinds.yml gives them; recruitment, warning, news…"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casefile.errors import Mistake, SettingsError
from casefile.records import Mention, PostKind
from pipeline.extract.indicators import known_indicators
from pipeline.lexicon import Sense
from pipeline.tables import read_lists

Points = Mapping[PostKind, float]


def tell_kind(senses: Sequence[Sense], mentions: Iterable[Mention]) -> tuple[PostKind, float]:
    """The likeliest kind and its probability by the model's own points."""
    points = kind_points(senses, mentions)
    highest = max(points.values())
    odds = {kind: math.exp(points[kind] - highest) for kind in PostKind}
    kind = max(PostKind, key=lambda candidate: odds[candidate])
    return kind, odds[kind] / sum(odds.values())


def kind_points(senses: Sequence[Sense], mentions: Iterable[Mention]) -> dict[PostKind, float]:
    """The points of every kind; a cue that returns counts half of what it counted before."""
    model = read_model()
    points = dict(model.start)
    for name, strength in _strengths(senses, model.unsure).items():
        added = model.senses.get(name) or (model.any_sign if name in known_indicators() else {})
        for kind, value in added.items():
            points[kind] += value * strength
    for label in sorted({mention.label for mention in mentions}):  # in order, so that sums come out the same
        for kind, value in model.labels.get(label, {}).items():
            points[kind] += value
    return points


def _strengths(senses: Iterable[Sense], unsure: float) -> dict[str, float]:
    """How strongly each sense is there: the surest phrase in full, different ones after it by halves."""
    best: dict[tuple[str, int], float] = {}
    for sense in senses:
        best[sense.name, sense.start] = max(best.get((sense.name, sense.start), 0.0), 1.0 if sense.sure else unsure)
    strengths: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for (name, _), weight in sorted(best.items(), key=lambda item: -item[1]):
        strengths[name] += weight * 0.5 ** seen[name]  # type: ignore[assignment]  # Counter holds fractions as well
        seen[name] += 1
    return dict(strengths)


@dataclass(frozen=True, slots=True)
class KindModel:
    """config/kinds.yml: the points that senses and labels give to kinds."""

    start: Points
    unsure: float
    senses: Mapping[str, Points]
    any_sign: Points
    labels: Mapping[str, Points]


@cache
def read_model() -> KindModel:
    """The model of config/kinds.yml; SettingsError where a kind is unknown or points are no numbers."""
    content = read_lists("kinds")
    try:
        senses = {str(name): _points(added) for name, added in content["senses"].items()}
        labels = {str(name): _points(added) for name, added in content["labels"].items()}
        start = dict.fromkeys(PostKind, 0.0) | _points(content["start"])
        return KindModel(start, float(content["unsure"]), senses, senses.pop("*"), labels)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        mistake = Mistake("config/kinds.yml", "points", str(error), "points by kind", "SALARY: {recruitment: 0.9}")
        raise SettingsError([mistake]) from error


def _points(added: Mapping[str, float]) -> dict[PostKind, float]:
    return {PostKind(kind): float(points) for kind, points in added.items()}
