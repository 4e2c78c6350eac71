"""Drawings in Vega (config/kibana/drawings/), made to ask the indices of one set of names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from casefile.config_folder import CONFIG_FOLDER
from desk.kibana.names import Names
from desk.kibana.objects import Json

_GRID = 0.3
"""Degrees that an outline is drawn to: a map of half a page needs no more, and each object carries them."""
_LEAST_CORNERS = 5


def drawing(name: str, names: Names) -> Json:
    """The drawing of that name. In the files, indices are called by their kind, and `outlines` stands for all countries."""
    spec: Json = json.loads((CONFIG_FOLDER / "kibana" / "drawings" / f"{name}.json").read_text(encoding="utf-8"))
    for signal in spec["signals"]:
        if signal["name"] == "data_view":
            signal["value"] = names.index(signal["value"])
    for data in spec["data"]:
        if data.get("values") == "outlines":
            data["values"] = list(_outlines())
        if "url" in data:
            data["url"]["index"] = names.index(data["url"]["index"])
    return spec


def _outlines() -> Iterator[Json]:
    """Every country as one feature, coarse: Kibana's own maps would ask a server on the Internet for their tiles."""
    world = json.loads((CONFIG_FOLDER / "map" / "countries.geojson").read_text(encoding="utf-8"))
    for country in world["features"]:
        shape = country["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        kept = [rings for polygon in polygons if (rings := list(_coarse(polygon)))]
        if kept:
            yield {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": kept}}


def _coarse(rings: Iterable[list[list[float]]]) -> Iterator[list[Any]]:
    for ring in rings:
        corners: list[list[float]] = []
        for lon, lat in ring:
            corner = [round(round(lon / _GRID) * _GRID, 1), round(round(lat / _GRID) * _GRID, 1)]
            if not corners or corners[-1] != corner:
                corners.append(corner)
        # A ring that turned round would colour the whole world but itself.
        if len(corners) >= _LEAST_CORNERS and _area(corners) * _area(ring) > 0:
            yield corners


def _area(ring: list[list[float]]) -> float:
    """Twice the area in square degrees; its sign says which way round the corners go."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
