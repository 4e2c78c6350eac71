"""GEXF 1.2 (https://gexf.net), for Gephi."""

from __future__ import annotations

from pathlib import Path

from networkx.readwrite.gexf import GEXFWriter

from graph.export.graph import to_graph
from graph.export.view import View


def write_gexf(view: View, folder: Path) -> list[Path]:
    """Write `network.gexf`, signed with our name and time.

    No attribute may be called start or end: Gephi would take the graph for one that changes in time. Gephi merges two
    links between the same nodes unless the element of each tells another `kind` (GEXF 1.3); older readers pass it over.
    """
    graph = to_graph(view)
    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(graph)
    for element, (_, _, key, values) in zip(writer.xml.iter("edge"), graph.edges(keys=True, data=True), strict=True):
        element.set("id", key)
        element.set("kind", values["kind"])
    meta = writer.xml.find("meta")
    if meta is not None:
        meta.set("lastmodifieddate", view.context.made_at.date().isoformat())
        meta[0].text = view.context.program
    path = folder / "network.gexf"
    with path.open("wb") as file:
        writer.write(file)
    return [path]
