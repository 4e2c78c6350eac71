"""Makes config/map/countries.geojson from Natural Earth outlines in TopoJSON; run once by a developer, never by a case.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m desk.report.make_outlines package/countries-50m.json > config/map/countries.geojson

Borders that two countries share are one arc in TopoJSON, so simplifying arc by arc leaves no gaps.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import pycountry

Point = tuple[float, float]
Ring = list[Point]

FINE, COARSE = 0.045, 0.22  # degrees; what lies near the cases that Jejak is made for is drawn finer
FINE_REGION = (65.0, -12.0, 142.0, 42.0)  # west, south, east, north
SMALLEST_ISLAND = 0.04  # square degrees; smaller ones are kept only where a country has nothing larger
SOUTHERN_EDGE = -56.0
# Where the widest land is not where people live.
LABELS = {"MY": (102.3, 4.0), "CN": (109.0, 32.5)}


def main() -> None:
    """Read the TopoJSON named on the command line, write GeoJSON to standard output."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [simplified(arc, tolerance_for(arc)) for arc in decoded_arcs(topology)]
    features = [
        feature for shape in topology["objects"]["countries"]["geometries"] if (feature := _feature(shape, arcs))
    ]
    features.sort(key=lambda feature: (feature["properties"]["code"], feature["properties"]["name"]))
    collection = {"type": "FeatureCollection", "source": "Natural Earth 1:50m, public domain", "features": features}
    json.dump(collection, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write("\n")


def decoded_arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees (TopoJSON stores them as rounded steps from point to point)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * kx + dx, y * ky + dy))
        arcs.append(arc)
    return arcs


def tolerance_for(arc: Ring) -> float:
    """How far a line may stray: less where most cases lie."""
    west, south, east, north = FINE_REGION
    x, y = arc[len(arc) // 2]
    return FINE if west <= x <= east and south <= y <= north else COARSE


def simplified(line: Ring, tolerance: float) -> Ring:
    """The line with every point left out that lies nearer than `tolerance` to it (Douglas and Peucker, 1973)."""
    keep = {0, len(line) - 1}
    if line[0] == line[-1]:  # a closed arc: hold the point farthest from its start, or it would fold up
        keep.add(max(range(len(line)), key=lambda i: abs(line[i][0] - line[0][0]) + abs(line[i][1] - line[0][1])))
    ends = sorted(keep)
    spans = list(itertools.pairwise(ends))
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda i: _distance(line[i], line[first], line[last]), default=None)
        if far is not None and _distance(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            spans += [(first, far), (far, last)]
    if line[0] == line[-1] and len(keep) < 4:  # a very small island or city state
        return line
    return [line[i] for i in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return float(((px - ax - along * (bx - ax)) ** 2 + (py - ay - along * (by - ay)) ** 2) ** 0.5)


def _feature(shape: dict[str, Any], arcs: list[Ring]) -> dict[str, Any] | None:
    if shape["type"] is None:
        return None
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    outlines = sorted((_ring(polygon[0], arcs) for polygon in polygons), key=_area, reverse=True)
    outlines = [ring for ring in outlines if len(ring) >= 4 and min(y for _, y in ring) > SOUTHERN_EDGE]
    if not outlines:
        return None
    shown = [ring for ring in outlines if _area(ring) >= SMALLEST_ISLAND] or outlines[:1]
    found = pycountry.countries.get(numeric=str(shape.get("id", "")).zfill(3))
    code = found.alpha_2 if found else ""
    x, y = LABELS.get(code) or _inside(shown[0])
    return {
        "type": "Feature",
        "properties": {
            "code": code,
            "name": getattr(found, "common_name", found.name) if found else shape["properties"]["name"],
            "label": [round(x, 1), round(y, 1)],
        },
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [[[[round(x, 2), round(y, 2)] for x, y in ring]] for ring in shown],
        },
    }


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc if not ring else arc[1:]
    return ring


def _area(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))) / 2


def _inside(ring: Ring) -> Point:
    """The middle of the widest stretch of land on the parallel through the ring's middle."""
    ys = [y for _, y in ring]
    best: tuple[float, Point] = (-1.0, ring[0])
    for share in (0.5, 0.42, 0.58, 0.34, 0.66):
        y = min(ys) + (max(ys) - min(ys)) * share + 1e-7
        cuts = sorted(
            ax + (y - ay) * (bx - ax) / (by - ay)
            for (ax, ay), (bx, by) in itertools.pairwise(ring)
            if (ay > y) != (by > y)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            best = max(best, (right - left, ((left + right) / 2, y)))
    return best[1]


if __name__ == "__main__":
    main()
