"""The map: outlines of countries, and the ways from origins to destinations as the posts state them.

A place is never drawn finer than a town: points are rounded to a tenth of a degree (some 11 km), and a compound
stands at its country, because owners and workers of a building are not suspects by being there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casefile.settings import CONFIG_FOLDER
from desk.report.model import Flow, MapPoint, MapView, Refs, Shape
from desk.report.tally import NetworkTally, Place
from desk.report.wording import capital, count, listed

Point = tuple[float, float]  # longitude, latitude, in degrees

_OUTLINES = CONFIG_FOLDER / "map" / "countries.geojson"
_WIDTH = 960.0
_MARGIN = 3.5  # degrees of land to show around the outermost point
_SMALLEST = (34.0, 22.0)  # degrees: a map of one town would not say where it is
_MOST_FLOWS = 40
_MOST_LABELS = 30
_MOST_POINTS = 300
ENDS = {"origin": "origin", "transit": "transit", "destination": "destination", "worksite": "destination"}


@dataclass(frozen=True, slots=True)
class Country:
    """One country of the outlines."""

    code: str
    name: str
    label: Point
    rings: tuple[tuple[Point, ...], ...]


@dataclass(slots=True)
class Spot:
    """What stands at one point of the map."""

    name: str
    at: Point
    country: str
    roles: dict[str, int]
    """How often it is told in each role."""

    @property
    def role(self) -> str:
        """The role that is told most often."""
        order = ("destination", "origin", "transit")
        return max(self.roles, key=lambda role: (self.roles[role], -order.index(role)))


@cache
def countries(path: Path = _OUTLINES) -> tuple[Country, ...]:
    """The outlines in config/map."""
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return tuple(
        Country(
            code=feature["properties"]["code"],
            name=feature["properties"]["name"],
            label=tuple(feature["properties"]["label"]),
            rings=tuple(tuple((x, y) for x, y in polygon[0]) for polygon in feature["geometry"]["coordinates"]),
        )
        for feature in features
    )


def draw_map(networks: Sequence[tuple[int, NetworkTally]], refs: Callable[[Sequence[str]], Refs]) -> MapView | None:
    """The map of the networks given by number; None where no post tells a place with a role."""
    spots: dict[str, Spot] = {}
    spot_of: dict[str, str] = {}
    lost: set[str] = set()
    proofs: dict[tuple[str, str], set[str]] = {}
    for _, tally in networks:
        for place in tally.places.values():
            found = spot_at(place)
            if found is None:
                lost.update([place.name] if place.role in ENDS else [])
                continue
            spot_id, spot = found
            spot_of[place.id] = spot_id
            proofs.setdefault((spot_id, ENDS[place.role]), set()).update(place.posts)
            spots.setdefault(spot_id, spot)
    for (spot_id, role), posts in proofs.items():
        spots[spot_id].roles[role] = len(posts)
    if not spots:
        return None
    frame = Frame.around([spot.at for spot in spots.values()])
    flows = tuple(_flow(frame, spots, ends, way, refs) for ends, way in _ways(networks, spot_of))
    return _drawn(frame, spots, flows, lost)


def draw_spots(spots: Mapping[str, Spot], lost: Iterable[str]) -> MapView | None:
    """A map of points alone, which are told so and so often; `lost` are the names of places that nobody can draw."""
    return _drawn(Frame.around([spot.at for spot in spots.values()]), spots, (), lost, "time") if spots else None


def _drawn(
    frame: Frame, spots: Mapping[str, Spot], flows: tuple[Flow, ...], lost: Iterable[str], unit: str = "post"
) -> MapView:
    return MapView(
        width=_WIDTH,
        height=frame.height,
        shapes=tuple(_shapes(frame, {spot.country for spot in spots.values()})),
        flows=flows,
        points=tuple(_points(frame, spots, unit)),
        not_drawn=tuple(sorted(lost)),
    )


def spot_at(place: Place) -> tuple[str, Spot] | None:
    """Where a place stands on a map, with the id of that point; None where nobody knows, or it is merely named."""
    if place.role not in ENDS:
        return None
    country = _by_code().get(place.country.upper())
    is_town = place.kind not in ("", "compound", "country") and "/" in place.id
    if is_town and place.lat is not None and place.lon is not None and abs(place.lat) <= 90 and abs(place.lon) <= 180:
        spot_id, name, at = place.id, place.name, (round(place.lon, 1), round(place.lat, 1))
    elif country is not None:
        spot_id, name, at = f"country:{country.code}", country.name, country.label
    elif place.kind == "country" and place.lat is not None and place.lon is not None:
        spot_id, name, at = f"country:{place.country}", place.name, (round(place.lon, 1), round(place.lat, 1))
    else:
        return None
    return spot_id, Spot(name=name, at=at, country=place.country.upper(), roles={})


@cache
def _by_code() -> Mapping[str, Country]:
    return {country.code: country for country in countries() if country.code}


def _ways(
    networks: Sequence[tuple[int, NetworkTally]], spot_of: Mapping[str, str]
) -> list[tuple[tuple[str, str], dict[int, list[str]]]]:
    ways: dict[tuple[str, str], dict[int, list[str]]] = {}
    for number, tally in networks:
        for (origin, destination), posts in tally.flows.items():
            ends = spot_of.get(origin, ""), spot_of.get(destination, "")
            if all(ends) and ends[0] != ends[1]:
                ways.setdefault(ends, {}).setdefault(number, []).extend(posts)
    most = sorted(ways.items(), key=lambda way: (-sum(map(len, way[1].values())), way[0]))
    return most[:_MOST_FLOWS]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn; flat, true to scale at its middle parallel."""

    west: float
    east: float
    south: float
    north: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> Frame:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        wide = max(max(xs) - min(xs) + 2 * _MARGIN, _SMALLEST[0])
        tall = max(max(ys) - min(ys) + 2 * _MARGIN, _SMALLEST[1], wide * 0.42)
        wide = max(wide, tall * 1.6)
        x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        return cls(x - wide / 2, x + wide / 2, y - tall / 2, y + tall / 2)

    @property
    def _squeeze(self) -> float:
        return max(0.3, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def _scale(self) -> float:
        return _WIDTH / (self.east - self.west)

    @property
    def height(self) -> float:
        return round((self.north - self.south) / self._squeeze * self._scale, 1)

    def place(self, point: Point) -> Point:
        """Where a point stands in the drawing."""
        x = (point[0] - self.west) * self._scale
        y = (self.north - point[1]) / self._squeeze * self._scale
        return round(x, 1), round(y, 1)

    def touches(self, ring: Sequence[Point]) -> bool:
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        return max(xs) >= self.west and min(xs) <= self.east and max(ys) >= self.south and min(ys) <= self.north


def _shapes(frame: Frame, touched: set[str]) -> list[Shape]:
    shapes = []
    for country in countries():
        rings = [ring for ring in country.rings if frame.touches(ring)]
        if rings:
            path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in map(frame.place, ring)) + "Z" for ring in rings)
            shapes.append(Shape(path=path, touched=country.code in touched))
    return sorted(shapes, key=lambda shape: shape.touched)


def _flow(
    frame: Frame,
    spots: Mapping[str, Spot],
    ends: tuple[str, str],
    way: Mapping[int, list[str]],
    refs: Callable[[Sequence[str]], Refs],
) -> Flow:
    (x1, y1), (x2, y2) = frame.place(spots[ends[0]].at), frame.place(spots[ends[1]].at)
    posts = list(dict.fromkeys(post for found in way.values() for post in found))
    # The arrow bends to its left and stops short of the point that it leads to.
    bend_x, bend_y = (x1 + x2) / 2 + (y2 - y1) * 0.18, (y1 + y2) / 2 - (x2 - x1) * 0.18
    away = math.hypot(x2 - bend_x, y2 - bend_y) or 1.0
    stop_x, stop_y = x2 - (x2 - bend_x) / away * 9, y2 - (y2 - bend_y) / away * 9
    return Flow(
        path=f"M{x1:g} {y1:g}Q{bend_x:.1f} {bend_y:.1f} {stop_x:.1f} {stop_y:.1f}",
        width=round(min(6.0, 1.2 + math.log2(len(posts))), 1),
        from_name=spots[ends[0]].name,
        to_name=spots[ends[1]].name,
        networks=tuple(sorted(way)),
        refs=refs(posts),
    )


def _points(frame: Frame, spots: Mapping[str, Spot], unit: str) -> list[MapPoint]:
    """The points, those of most posts first; a label moves down until it covers no other, or stays away."""
    taken: list[tuple[float, float, float, float]] = []
    points = []
    ordered = sorted(spots.items(), key=lambda item: (-sum(item[1].roles.values()), item[0]))[:_MOST_POINTS]
    marks = [(x - 5, y - 5, x + 5, y + 5) for x, y in (frame.place(spot.at) for _, spot in ordered)]
    for number, (spot_id, spot) in enumerate(ordered):
        x, y = frame.place(spot.at)
        others = [*taken, *marks[:number], *marks[number + 1 : _MOST_LABELS]]
        label = _label_place(x, y, spot.name, frame, others) if number < _MOST_LABELS else None
        if label is not None:
            taken.append(label[1])
        told = [
            f"{role} {'in ' if unit == 'post' else ''}{count(number, unit)}"
            for role, number in sorted(spot.roles.items())
        ]
        points.append(
            MapPoint(
                id=spot_id,
                x=x,
                y=y,
                radius=round(min(9.0, 3.2 + math.log2(sum(spot.roles.values()))), 1),
                name=spot.name if label else "",
                role=spot.role,
                is_country=spot_id.startswith("country:"),
                words=capital(f"{spot.name}: {listed(told)}"),
                label_x=label[0][0] if label else x,
                label_y=label[0][1] if label else y,
                anchor=label[2] if label else "start",
            )
        )
    return points


def _label_place(
    x: float, y: float, name: str, frame: Frame, taken: Sequence[tuple[float, float, float, float]]
) -> tuple[Point, tuple[float, float, float, float], str] | None:
    wide = 7.4 * len(name) + 4
    for dy in (4.0, -8.0, 16.0, -20.0, 28.0):
        for anchor in ("start", "end"):
            left = x + 10 if anchor == "start" else x - 10 - wide
            box = (left, y + dy - 12, left + wide, y + dy + 3)
            free = all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in taken)
            if free and box[0] > 0 and box[2] < _WIDTH and box[1] > 0 and box[3] < frame.height:
                return (round(x + (10 if anchor == "start" else -10), 1), round(y + dy, 1)), box, anchor
    return None
