"""What kind of post it is: points for what the post shows, as config/kinds.yml gives them; recruitment, warning, news…"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casefile.errors import Mistake, SettingsError
from casefile.records import Mention, PostKind
from pipeline.kind_cues import Cue
from pipeline.kind_features import Features, kind_features
from pipeline.lexicon import Sense
from pipeline.tables import read_lists

Points = Mapping[PostKind, float]


def tell_kind(
    text: str, cues: Sequence[Cue], senses: Sequence[Sense], mentions: Sequence[Mention]
) -> tuple[PostKind, float, float]:
    """The kind of a post, its probability, and that of recruitment."""
    chances = kind_chances(kind_features(text, cues, senses, mentions))
    return *decide(chances), chances[PostKind.RECRUITMENT]


def decide(chances: Mapping[PostKind, float]) -> tuple[PostKind, float]:
    """The likeliest kind and its probability; where recruitment hardly leads, the next kind is told instead."""
    first, second = sorted(PostKind, key=lambda kind: -chances[kind])[:2]
    if first is PostKind.RECRUITMENT and chances[first] - chances[second] < read_model().lead:
        first = second
    return first, chances[first]


def kind_chances(features: Features) -> dict[PostKind, float]:
    """The probability of every kind (softmax of its points)."""
    points = kind_points(features)
    highest = max(points.values())
    odds = {kind: math.exp(points[kind] - highest) for kind in PostKind}
    return {kind: odds[kind] / sum(odds.values()) for kind in PostKind}


def kind_points(features: Features) -> dict[PostKind, float]:
    """The points of every kind: the start, and for each feature its points times its strength."""
    model = read_model()
    points = dict(model.start)
    for name, strength in features.items():
        if name in model.features:
            for kind, value in model.features[name].items():
                points[kind] += value * strength
    return points


@dataclass(frozen=True, slots=True)
class KindModel:
    """config/kinds.yml: the points that features give to kinds, and by how much recruitment must lead."""

    start: Points
    lead: float
    features: Mapping[str, Points]


@cache
def read_model() -> KindModel:
    """The model of config/kinds.yml; SettingsError where a kind is unknown or points are no numbers."""
    content = read_lists("kinds")
    try:
        features = {str(name): _points(added) for name, added in content["features"].items()}
        return KindModel(dict.fromkeys(PostKind, 0.0) | _points(content["start"]), float(content["lead"]), features)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        mistake = Mistake("config/kinds.yml", "points", str(error), "points by kind", "pay: {recruitment: 0.9}")
        raise SettingsError([mistake]) from error


def _points(added: Mapping[str, float]) -> dict[PostKind, float]:
    return {PostKind(kind): float(points) for kind, points in added.items()}
