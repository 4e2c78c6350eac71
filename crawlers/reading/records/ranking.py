"""How much a region's records read like posts: what a person sees at a glance, weighed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import fmean, pstdev

from crawlers.reading.records.outline import Outline
from crawlers.reading.records.regions import Region


def traits(region: Region, outline: Outline) -> dict[str, float]:
    """What is seen of a region, each between 0 and about 1."""
    records = region.records
    nodes = [node for record in records for node in record]
    chars = [sum(node.chars for node in record) for record in records]
    mean = fmean(chars)
    linked = sum(node.linked for node in nodes)
    first = records[0][0]
    whole = max(1, outline.chars)
    return {
        "many": min(1.0, math.log10(len(records)) / 2),
        "long": min(1.0, math.log10(1 + mean) / 3),
        "short": float(mean < 20),
        "uneven": min(1.0, pstdev(chars) / (mean or 1)),
        "share": region.chars / whole,
        "sqrt_share": math.sqrt(region.chars / whole),
        "linked": linked / max(1, region.chars),
        "only_links": float(linked > 0.95 * region.chars),
        "unlinked_words": min(1.0, math.log10(1 + (region.chars - linked) / len(records)) / 3),
        "chrome": float(first.chrome),
        "side": float(first.side and not first.chrome),
        "main": float(first.main and not first.chrome),
        "start": first.start / whole,
        "link": fmean(any(node.links for node in record) for record in records),
        "picture": fmean(any(node.pictures for node in record) for record in records),
        "heading": fmean(any(node.headings for node in record) for record in records),
        "time": fmean(any(node.times for node in record) for record in records),
        "alike": region.alike,
        "list": float(first.tag == "li"),
        "row": float(first.tag == "tr"),
        "card": float(first.tag == "article"),
        "many_links": min(1.0, sum(node.links for node in nodes) / len(records) / 10),
    }


def how_likely(region: Region, outline: Outline) -> float:
    """How likely (0 to 1) a region's records are what the page is there for."""
    seen = traits(region, outline)
    sum_ = _BIAS + sum(weight * seen[name] for name, weight in _WEIGHTS.items())
    return 1 / (1 + math.exp(-sum_))


# Fitted (logistic, L2) to the share of a region's words that people counted as content in 205 saved lists and threads.
_BIAS = -1.57
_WEIGHTS: Mapping[str, float] = {
    "chrome": -1.57,
    "start": -0.98,
    "many_links": -0.93,
    "sqrt_share": 0.91,
    "main": 0.85,
    "share": 0.78,
    "short": -0.75,
    "long": 0.62,
    "side": -0.56,
    "picture": 0.52,
    "heading": 0.33,
    "card": 0.28,
    "many": 0.28,
    "only_links": 0.25,
    "linked": -0.24,
    "link": 0.19,
    "uneven": -0.11,
    "alike": -0.10,
    "time": -0.08,
    "row": 0.06,
    "list": -0.06,
    "unlinked_words": -0.05,
}
