"""GraphML (http://graphml.graphdrawing.org), for Gephi, Cytoscape, yEd and igraph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from graph.export.graph import to_graph
from graph.export.view import View


def write_graphml(view: View, folder: Path) -> list[Path]:
    """Write `network.graphml`."""
    path = folder / "network.graphml"
    nx.write_graphml(to_graph(view), path, named_key_ids=True)
    return [path]
