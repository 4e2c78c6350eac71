"""Node-link JSON, as networkx.node_link_graph and D3 read it."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

from casefile.atomic import write_text


def write_node_link(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write the graph; `links` holds the edges, each with its `source`, `target` and `key`."""
    data = nx.node_link_data(graph, edges="links")
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
