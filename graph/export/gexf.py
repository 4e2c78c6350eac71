"""GEXF 1.2 (https://gexf.net), for Gephi."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from casefile.atomic import replacing


def write_gexf(graph: nx.MultiDiGraph[str], path: Path, made_at: datetime, program: str) -> None:
    """Write a graph whose attributes are plain and clean (see `graph.build`), signed with our name and time.

    No attribute may be called start or end: Gephi would take the graph for one that changes in time.
    """
    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(graph)
    meta = writer.xml.find("meta")
    if meta is not None:
        meta.set("lastmodifieddate", made_at.date().isoformat())
        meta[0].text = program
    with replacing(path) as file:
        writer.write(file)
