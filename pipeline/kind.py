"""What kind of post it is: points for cues and mentions, as config/kinds.yml gives them; recruitment, warning, news…"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from casefile.records import Mention, PostKind
from pipeline.extract.indicators import known_indicators
from pipeline.lexicon import Sense
from pipeline.tables import read_lists

Points = Mapping[str, float]


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
    points = {kind: float(model["start"].get(kind, 0.0)) for kind in PostKind}
    for name, strength in _strengths(senses, float(model["unsure"])).items():
        _add(points, model["senses"].get(name) or _for_any_sign(name, model["senses"]), strength)
    for label in {mention.label for mention in mentions}:
        _add(points, model["labels"].get(label, {}), 1.0)
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


def _add(points: dict[PostKind, float], added: Points, strength: float) -> None:
    for kind, value in added.items():
        points[PostKind(kind)] += value * strength


def _for_any_sign(name: str, senses: Mapping[str, Points]) -> Points:
    return senses["*"] if name in known_indicators() else {}


@cache
def read_model() -> Mapping[str, Any]:
    """config/kinds.yml."""
    return read_lists("kinds")
