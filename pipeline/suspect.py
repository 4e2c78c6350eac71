"""How much a post deserves a look, and why: an open sum of points of config/suspect.yml, each with its reason."""

from __future__ import annotations

import math

from pipeline.draft import Draft
from pipeline.suspect_features import Findings, offer_findings, report_findings
from pipeline.suspect_model import Scale, read_model

_SURELY = 0.02  # what is less probable than this is not looked into


def tell_suspect(draft: Draft) -> tuple[float, tuple[str, ...]]:
    """The score from 0 to 1, and the reasons for and against in plain words, weightiest first.

    The score is the chance that the post is a job offer times how suspect such an offer is, and for the rest how much
    the post is worth a look as a report; reports never score more than `most_of_reports`. Reasons are those of the
    likelier side.
    """
    model = read_model()
    chance = draft.offer_chance
    score = 0.0
    reasons: tuple[str, ...] = ()
    if chance > _SURELY:
        share, reasons = weigh(offer_findings(draft, model), model.offers)
        score += chance * share
    if chance < 1.0 - _SURELY:
        share, others = weigh(report_findings(draft, model), model.reports)
        score += (1.0 - chance) * share * model.most_of_reports
        reasons = reasons if chance >= 0.5 else others
    return round(score, 3), reasons


def weigh(findings: Findings, scale: Scale) -> tuple[float, tuple[str, ...]]:
    """The findings as a share from 0 to 1 (logistic function of their points), and as reasons."""
    weighed = [(scale.findings[name], about) for name, about in findings.items() if name in scale.findings]
    total = scale.start + sum(weight.points for weight, _ in weighed)
    weighed.sort(key=lambda pair: -abs(pair[0].points))
    reasons = tuple(reason for weight, about in weighed if weight.points for reason in _told(weight.why, about))
    return 1.0 / (1.0 + math.exp(-total)), reasons


def _told(why: str, about: tuple[str, ...]) -> tuple[str, ...]:
    if why == "{signs}":
        return tuple(title[:1].lower() + title[1:] for title in about)
    return (why.format(places=", ".join(about)),)
