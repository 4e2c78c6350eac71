"""The view as a NetworkX graph: one type to each attribute, so that any program opens it."""

from __future__ import annotations

import networkx as nx

from graph.export.clean import iso
from graph.export.view import Edge, Node, View

Value = str | int | float
_PROOF_SEPARATOR = ";"


def to_graph(view: View) -> nx.MultiDiGraph[str]:
    """Entities and recruiters as nodes, links as edges under their own ids.

    A missing value is a missing attribute. Times are ISO 8601 in UTC; `proof` lists the post ids, joined by `;`.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in view.nodes:
        graph.add_node(node.id, **_present(values_of_node(node)))
    for edge in view.edges:
        graph.add_edge(edge.from_id, edge.to_id, key=edge.id, **_present(values_of_edge(edge)))
    return graph


def values_of_node(node: Node) -> dict[str, Value | None]:
    """What is told of a node, but its id."""
    return {
        "kind": node.kind,
        "label": node.label,
        "posts": node.posts,
        "first_seen": iso(node.first_seen),
        "last_seen": iso(node.last_seen),
        "country": node.country,
        "lat": node.lat,
        "lon": node.lon,
        "network": node.network,
        "degree": node.degree,
        "betweenness": node.betweenness,
        "confidence": node.confidence,
    }


def values_of_edge(edge: Edge) -> dict[str, Value | None]:
    """What is told of an edge, but its id and its ends."""
    return {
        "kind": edge.kind,
        "role": edge.role,
        "confidence": edge.confidence,
        "weight": edge.confidence,  # the name under which Gephi and others look for it
        "posts": len(edge.posts),
        "proof": _PROOF_SEPARATOR.join(edge.posts),
        "first_seen": iso(edge.first_seen),
        "last_seen": iso(edge.last_seen),
    }


def _present(values: dict[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
