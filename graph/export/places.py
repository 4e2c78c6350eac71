"""Where nodes and routes lie on the earth; a place outside its range has no point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.analysis.routes import Route
from graph.export.view import Node, View

Point = tuple[float, float]
"""Longitude, latitude (WGS 84), the order of GeoJSON and KML."""


@dataclass(frozen=True, slots=True)
class Way:
    """A route whose places have points: where it begins, passes and ends."""

    route: Route
    places: tuple[Node, ...]

    @property
    def points(self) -> list[Point]:
        """The places' points, in the order of travel."""
        return [point for place in self.places if (point := point_of(place))]

    @property
    def name(self) -> str:
        """The places' names, in the order of travel."""
        return " → ".join(place.label for place in self.places)


def point_of(node: Node) -> Point | None:
    """Where a node lies, if that is known and possible."""
    if node.lat is None or node.lon is None or abs(node.lat) > 90 or abs(node.lon) > 180:
        return None
    return node.lon, node.lat


def located(view: View) -> Iterator[tuple[Node, Point]]:
    """The nodes that lie somewhere."""
    for node in view.nodes:
        if point := point_of(node):
            yield node, point


def ways(view: View) -> Iterator[Way]:
    """The routes that can be drawn: two places or more have points."""
    for route in view.routes:
        way = Way(route, tuple(_places(view, [route.origin, *route.transit, route.destination])))
        if len(way.points) >= 2:
            yield way


def _places(view: View, ids: Sequence[str | None]) -> Iterator[Node]:
    for identity in ids:
        if identity is not None and identity in view.by_id and point_of(view.by_id[identity]):
            yield view.by_id[identity]
