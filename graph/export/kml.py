"""KML 2.2 of places and routes, for Google Earth."""

from __future__ import annotations

from pathlib import Path

import simplekml

from graph.export.clean import iso
from graph.export.places import Way, located, ways
from graph.export.view import View

_PROOFS_SHOWN = 20


def write_kml(view: View, folder: Path) -> list[Path]:
    """Write `routes.kml`: a folder of places, and a folder of routes, the lines as wide as there are witnesses."""
    path = folder / "routes.kml"
    simplekml.Kml.resetidcounter()  # else the ids go on from the last file, and differ each time
    document = simplekml.Kml(name=view.context.title, open=1)
    places, lines = document.newfolder(name="Places"), document.newfolder(name="Routes")
    for node, point in located(view):
        told = f"{node.posts} posts, {iso(node.first_seen) or '?'} to {iso(node.last_seen) or '?'}"
        places.newpoint(name=node.label, description=told, coords=[point])
    for way in ways(view):
        line = lines.newlinestring(name=way.name, description=_told(way), coords=way.points, tessellate=1)
        line.style.linestyle.width = min(2 + way.route.witnesses, 12)
        line.style.linestyle.color = simplekml.Color.red if way.route.stated else simplekml.Color.orange
    document.save(str(path))
    return [path]


def _told(way: Way) -> str:
    route = way.route
    how = "Stated by the offers" if route.stated else "Destination inferred from the recruiter's other offers"
    posts = ", ".join(route.posts[:_PROOFS_SHOWN]) + (" …" if len(route.posts) > _PROOFS_SHOWN else "")
    return f"{how}. {route.witnesses} different texts on {route.sources} sites. Posts: {posts}"
