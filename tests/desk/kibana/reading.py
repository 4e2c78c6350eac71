"""Reading a bundle as Kibana does: what is packed in strings, taken out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from desk.kibana.bundle import bundle
from desk.kibana.names import Names

Json = dict[str, Any]


def objects(prefix: str) -> list[Json]:
    return [one.as_json() for one in bundle(Names(prefix))]


def panels(prefix: str) -> Iterator[tuple[Json, Json]]:
    """Every panel, with its dashboard."""
    for one in objects(prefix):
        if one["type"] == "dashboard":
            for panel in json.loads(one["attributes"]["panelsJSON"]):
                yield one, panel


def charts(prefix: str) -> Iterator[tuple[str, Json]]:
    """Every Lens chart, with a name for it."""
    for dashboard, panel in panels(prefix):
        if panel["type"] == "lens":
            yield f"{dashboard['attributes']['title']}: {panel['title']}", panel["embeddableConfig"]["attributes"]


def drawings(prefix: str) -> Iterator[tuple[str, Json]]:
    """Every Vega drawing, with a name for it."""
    for dashboard, panel in panels(prefix):
        saved = panel["embeddableConfig"].get("savedVis", {})
        if saved.get("type") == "vega":
            yield f"{dashboard['attributes']['title']}: {panel['title']}", json.loads(saved["params"]["spec"])


def layer_of(chart: Json) -> Json:
    [layer] = chart["state"]["datasourceStates"]["formBased"]["layers"].values()
    return dict(layer)


def indices(prefix: str) -> dict[str, str]:
    """What each data view (by id) reads."""
    return {one["id"]: one["attributes"]["title"] for one in objects(prefix) if one["type"] == "index-pattern"}
