"""CX2 (https://cytoscape.org/cx), for Cytoscape and NDEx."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.export.graph import values_of_edge, values_of_node
from graph.export.view import View

_WHOLE, _NUMBER = ("posts", "degree"), ("lat", "lon", "betweenness", "confidence", "weight")


def write_cx2(view: View, folder: Path) -> list[Path]:
    """Write `network.cx2`; nodes are numbered from 0, their ids stand in the attribute `id`."""
    number = {node.id: place for place, node in enumerate(view.nodes)}
    nodes = [
        {"id": number[node.id], "v": _present({"id": node.id, **_named(values_of_node(node))})} for node in view.nodes
    ]
    edges = [
        {
            "id": place,
            "s": number[edge.from_id],
            "t": number[edge.to_id],
            "v": _present({"link": edge.id, "interaction": edge.kind, **values_of_edge(edge)}),
        }
        for place, edge in enumerate(view.edges)
    ]
    about = {"name": view.context.title, "description": view.context.statement, "version": view.context.program}
    aspects: list[tuple[str, list[Any]]] = [
        ("attributeDeclarations", [_declared(about, nodes, edges)]),
        ("networkAttributes", [about]),
        ("nodes", nodes),
        ("edges", edges),
    ]
    counts = [{"name": name, "elementCount": len(values)} for name, values in aspects]
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": counts},
        *({name: values} for name, values in aspects),
        {"status": [{"success": True}]},
    ]
    path = folder / "network.cx2"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(document, file, ensure_ascii=False, allow_nan=False)
    return [path]


def _named(values: dict[str, Any]) -> dict[str, Any]:
    """Cytoscape calls a node by its attribute `name`."""
    return {"name": values.pop("label"), **values}


def _declared(about: dict[str, Any], nodes: list[Any], edges: list[Any]) -> dict[str, Any]:
    return {
        "networkAttributes": _types(about),
        "nodes": _types(name for node in nodes for name in node["v"]),
        "edges": _types(name for edge in edges for name in edge["v"]),
    }


def _types(names: Iterable[str]) -> dict[str, Any]:
    return {
        name: {"d": "integer" if name in _WHOLE else "double" if name in _NUMBER else "string"}
        for name in sorted(set(names))
    }


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
