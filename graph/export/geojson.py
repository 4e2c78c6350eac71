"""GeoJSON (RFC 7946) of places and routes, for QGIS, uMap, Kepler and web maps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.export.clean import iso
from graph.export.places import Way, located, ways
from graph.export.view import Node, View


def write_geojson(view: View, folder: Path) -> list[Path]:
    """Write `routes.geojson`: a point for each place, a line for each route whose places are known."""
    path = folder / "routes.geojson"
    collection = {"type": "FeatureCollection", "features": list(_features(view))}
    path.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    return [path]


def _features(view: View) -> Iterator[dict[str, Any]]:
    for node, point in located(view):
        yield _feature(node.id, {"type": "Point", "coordinates": point}, _of_place(node))
    for way in ways(view):
        yield _feature(None, {"type": "LineString", "coordinates": way.points}, _of_way(way))


def _feature(identity: str | None, geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    named = {"id": identity} if identity else {}
    return {"type": "Feature", **named, "geometry": geometry, "properties": properties}


def _of_place(node: Node) -> dict[str, Any]:
    return {
        "what": "place",
        "name": node.label,
        "country": node.country,
        "posts": node.posts,
        "first_seen": iso(node.first_seen),
        "last_seen": iso(node.last_seen),
    }


def _of_way(way: Way) -> dict[str, Any]:
    route = way.route
    return {
        "what": "route",
        "name": way.name,
        "origin": route.origin,
        "transit": list(route.transit),
        "destination": route.destination,
        "stated": route.stated,
        "witnesses": route.witnesses,
        "sources": route.sources,
        "first_seen": iso(route.first_seen),
        "last_seen": iso(route.last_seen),
        "proof": list(route.posts),
    }
