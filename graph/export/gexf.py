"""GEXF 1.2 (https://gexf.net), for Gephi."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from casefile.atomic import replacing


def write_gexf(graph: nx.MultiDiGraph[str], path: Path, made_at: datetime, program: str) -> None:
    """Write a graph whose attributes are plain and clean (see `graph.build`), signed with our name and time.

    No attribute may be called start or end: Gephi would take the graph for one that changes in time. Gephi merges two
    links between the same nodes unless the element of each tells another `kind` (GEXF 1.3); older readers pass it over.
    """
    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(graph)
    for element, (_, _, key, values) in zip(writer.xml.iter("edge"), graph.edges(keys=True, data=True), strict=True):
        element.set("id", key)
        element.set("kind", values["kind"])
    meta = writer.xml.find("meta")
    if meta is not None:
        meta.set("lastmodifieddate", made_at.date().isoformat())
        meta[0].text = program
    with replacing(path) as file:
        writer.write(file)
