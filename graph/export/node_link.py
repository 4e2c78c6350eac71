"""Node-link JSON, as networkx.node_link_graph and D3 read it."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

from graph.export.graph import to_graph
from graph.export.view import View


def write_node_link(view: View, folder: Path) -> list[Path]:
    """Write `network.json`; `links` holds the edges, each with its `source`, `target` and `key`."""
    path = folder / "network.json"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(nx.node_link_data(to_graph(view), edges="links"), file, ensure_ascii=False, indent=1, allow_nan=False)
        file.write("\n")
    return [path]
