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
from pipeline.plain import Plain
from pipeline.tables import read_lists

Points = tuple[float, float, float, float, float]
"""Points of the kinds, in the order of `PostKind`."""


def tell_kind(
    plain: Plain, cues: Sequence[Cue], senses: Sequence[Sense], mentions: Sequence[Mention]
) -> tuple[PostKind, float, float]:
    """The kind of a post, its probability, and that of recruitment."""
    chances = kind_chances(kind_features(plain, cues, senses, mentions))
    return *decide(chances), chances[PostKind.RECRUITMENT]


def decide(chances: Mapping[PostKind, float]) -> tuple[PostKind, float]:
    """The likeliest kind and its probability; where recruitment hardly leads, the next kind is told instead."""
    first, second = sorted(chances, key=chances.__getitem__, reverse=True)[:2]
    if first is PostKind.RECRUITMENT and chances[first] - chances[second] < read_model().lead:
        first = second
    return first, chances[first]


def kind_chances(features: Features) -> dict[PostKind, float]:
    """The probability of every kind (softmax of its points)."""
    points = kind_points(features)
    highest = max(points)
    odds = [math.exp(one - highest) for one in points]
    total = sum(odds)
    return {kind: one / total for kind, one in zip(PostKind, odds, strict=True)}


def kind_points(features: Features) -> tuple[float, ...]:
    """The points of every kind in order: the start, and for each feature its points times its strength."""
    model = read_model()
    a, b, c, d, e = model.start  # written out: this is asked of every post
    for name, strength in features.items():
        row = model.features.get(name)
        if row:
            a += row[0] * strength
            b += row[1] * strength
            c += row[2] * strength
            d += row[3] * strength
            e += row[4] * strength
    return a, b, c, d, e


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
        return KindModel(_points(content["start"]), float(content["lead"]), features)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        mistake = Mistake("config/kinds.yml", "points", str(error), "points by kind", "pay: {recruitment: 0.9}")
        raise SettingsError([mistake]) from error


def _points(added: Mapping[str, float]) -> Points:
    told = {PostKind(kind): float(points) for kind, points in added.items()}
    recruitment, warning, news, plea, other = (told.get(kind, 0.0) for kind in PostKind)
    return recruitment, warning, news, plea, other
