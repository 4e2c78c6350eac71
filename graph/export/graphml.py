"""GraphML (http://graphml.graphdrawing.org), for Gephi, Cytoscape, yEd and igraph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from casefile.atomic import replacing


def write_graphml(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write a graph whose attributes are plain and clean (see `graph.build`)."""
    with replacing(path) as file:
        nx.write_graphml(graph, file, named_key_ids=True)
